import 'server-only';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { resident, rollEntry, rollExclusion, round, voterSession } from '@/db/registry/schema';
import { hashToken } from '@/lib/roll/secrets';
import { present } from '@/lib/shared/assert';

/** Somebody whose phone, or DNI at a desk, was verified; on the round's roll or not. */
export interface Person {
  readonly residentId: string;
  /** The round about which they asked. */
  readonly roundId: string;
  readonly dniHash: Buffer;
}

/** The person behind a voter cookie, or null when it is unknown or has ended. */
export async function personBySession(db: Registry, sessionToken: string): Promise<Person | null> {
  const [person] = await db
    .select({
      residentId: voterSession.residentId,
      roundId: voterSession.roundId,
      dniHash: resident.dniHash,
    })
    .from(voterSession)
    .innerJoin(resident, eq(resident.id, voterSession.residentId))
    .where(
      and(
        eq(voterSession.tokenHash, hashToken(sessionToken)),
        gt(voterSession.expiresAt, sql`now()`),
        isNull(resident.erasedAt),
      ),
    );
  return person ?? null;
}

/** Where somebody stands on the list of a round: their district, or null when they are not on it. */
export async function standing(
  db: Registry,
  of: { readonly residentId: string; readonly roundId: string },
): Promise<{ readonly districtCode: string } | null> {
  const [at] = await db
    .select({ state: round.state, anonymisedAt: round.anonymisedAt })
    .from(round)
    .where(eq(round.id, of.roundId));
  if (at === undefined) return null;
  // Of a round that is anonymous nobody knows any more: then the roll of today answers.
  if (at.state !== 'draft' && at.state !== 'opening' && at.anonymisedAt === null) {
    const [entry] = await db
      .select({ districtCode: rollEntry.districtCode })
      .from(rollEntry)
      .where(and(eq(rollEntry.roundId, of.roundId), eq(rollEntry.residentId, of.residentId)));
    return entry ?? null;
  }
  const [listed] = await db
    .select({ districtCode: resident.districtCode })
    .from(resident)
    .leftJoin(
      rollExclusion,
      and(eq(rollExclusion.residentId, resident.id), eq(rollExclusion.roundId, of.roundId)),
    )
    .where(
      and(
        eq(resident.id, of.residentId),
        isNull(resident.leftAt),
        isNull(rollExclusion.residentId),
      ),
    );
  return listed ?? null;
}

/** What the list itself says of a verified person. */
export async function heldEntry(
  db: Registry,
  residentId: string,
): Promise<{ readonly dniLastTwo: string }> {
  const [row] = await db
    .select({ dniLastTwo: resident.dniLastTwo })
    .from(resident)
    .where(eq(resident.id, residentId));
  return present(row, 'the entry of a verified person');
}
