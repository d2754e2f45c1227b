import { and, eq, gt, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { TODAY } from '@/db/registry/clock';
import { credential, rollEntry, round, type CHANNELS } from '@/db/registry/schema';
import { frozenManifest } from '@/lib/rounds/queries';
import { groupOfDistrict } from '@/lib/rounds/rules';
import type { ManifestGroup } from '@/lib/rounds/manifest';
import { ok, refuse, type Result } from '@/lib/shared/result';

export type Channel = (typeof CHANNELS)[number];

/** The group whose ballot this resident may cast now; the round must be open. */
export async function eligibleGroup(
  db: Registry,
  of: { readonly roundId: string; readonly residentId: string },
): Promise<Result<ManifestGroup, 'round-not-open' | 'not-on-roll'>> {
  const [eligible] = await db
    .select({ districtCode: rollEntry.districtCode, manifestHash: round.manifestHash })
    .from(round)
    .leftJoin(
      rollEntry,
      and(eq(rollEntry.roundId, round.id), eq(rollEntry.residentId, of.residentId)),
    )
    .where(and(eq(round.id, of.roundId), eq(round.state, 'open'), gt(round.closesAt, sql`now()`)));
  if (eligible?.manifestHash == null) return refuse('round-not-open');
  if (eligible.districtCode === null) return refuse('not-on-roll');
  const manifest = await frozenManifest(db, of.roundId, eligible.manifestHash);
  const group = groupOfDistrict(manifest.groups, eligible.districtCode);
  return group === undefined ? refuse('not-on-roll') : ok(group);
}

/** The same, at a desk: the round must let people show their DNI there. */
export async function groupAtDesk(
  db: Registry,
  of: { readonly roundId: string; readonly residentId: string },
): Promise<Result<ManifestGroup, 'round-not-open' | 'not-on-roll' | 'not-at-desk'>> {
  const [held] = await db
    .select({ channels: round.channels })
    .from(round)
    .where(eq(round.id, of.roundId));
  if (held !== undefined && !held.channels.includes('desk')) return refuse('not-at-desk');
  return eligibleGroup(db, of);
}

/**
 * Takes the resident's one right, or leaves it to whoever was first: the primary key decides, over
 * all channels. Says whether it was taken by this very call.
 */
export async function takeRight(
  db: Registry,
  right: {
    readonly roundId: string;
    readonly residentId: string;
    readonly groupId: string;
    readonly channel: Channel;
    readonly blindedHash: Buffer | null;
  },
): Promise<boolean> {
  const taken = await db
    .insert(credential)
    .values({
      ...right,
      // The day in Lima and no time: a time would help to link a ballot to its voter.
      issuedOn: TODAY,
    })
    .onConflictDoNothing()
    .returning({ residentId: credential.residentId });
  return taken.length === 1;
}

/** By which way this right has been taken; null while it is free. */
export async function channelTaken(
  db: Registry,
  of: { readonly roundId: string; readonly residentId: string },
): Promise<Channel | null> {
  const [row] = await db
    .select({ channel: credential.channel })
    .from(credential)
    .where(and(eq(credential.roundId, of.roundId), eq(credential.residentId, of.residentId)));
  return row?.channel ?? null;
}
