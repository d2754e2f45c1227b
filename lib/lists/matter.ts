import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { approval, district, resident, rollChallenge, rollInclusion } from '@/db/registry/schema';
import { openText } from '@/lib/roll/person-crypto';
import { openPhone } from '@/lib/roll/secrets';
import type { RollKeys } from '@/lib/roll/types';
import type { ChallengeKind, ListState, MatterKind } from './types';

/** What an officer decides on. Of a challenge nothing about the other person but two digits. */
export interface Matter {
  readonly what: MatterKind;
  readonly id: string;
  readonly number: string;
  readonly roundId: string;
  readonly kind: ChallengeKind | null;
  readonly districtName: string;
  readonly dniLastTwo: string | null;
  /** Whether the DNI that is meant stands on the list now. */
  readonly isListed: boolean;
  readonly evidence: string | null;
  readonly names: string | null;
  readonly phone: string | null;
  readonly receivedBy: string | null;
  readonly filedAt: Date;
  readonly state: ListState;
  readonly reason: string | null;
  readonly waitsForSecond: boolean;
}

export async function matterById(
  db: Registry,
  keys: RollKeys,
  what: MatterKind,
  id: string,
): Promise<Matter | null> {
  const read = what === 'challenge' ? challengeById : inclusionById;
  const found = await read(db, keys, id);
  if (found === null) return null;
  const [asked] = await db
    .select({ id: approval.id })
    .from(approval)
    .where(
      and(
        eq(approval.kind, `list.${what}`),
        eq(approval.subject, id),
        isNull(approval.decision),
        sql`${approval.expiresAt} > now()`,
      ),
    );
  return { ...found, waitsForSecond: asked !== undefined };
}

type Found = Omit<Matter, 'waitsForSecond'>;

async function challengeById(db: Registry, keys: RollKeys, id: string): Promise<Found | null> {
  const [row] = await db
    .select({
      id: rollChallenge.id,
      number: rollChallenge.number,
      roundId: rollChallenge.roundId,
      kind: rollChallenge.kind,
      districtName: district.name,
      dniLastTwo: rollChallenge.subjectLastTwo,
      isListed: sql<boolean>`${resident.id} is not null`,
      evidenceSealed: rollChallenge.evidenceSealed,
      receivedBy: rollChallenge.receivedBy,
      filedAt: rollChallenge.filedAt,
      state: rollChallenge.state,
      reason: rollChallenge.reason,
    })
    .from(rollChallenge)
    .innerJoin(district, eq(district.code, rollChallenge.districtCode))
    .leftJoin(resident, and(eq(resident.id, rollChallenge.residentId), isNull(resident.leftAt)))
    .where(eq(rollChallenge.id, id));
  if (row === undefined) return null;
  const { evidenceSealed, ...rest } = row;
  return {
    ...rest,
    what: 'challenge',
    evidence: evidenceSealed === null ? null : openText(keys.people, 'evidence', evidenceSealed),
    names: null,
    phone: null,
  };
}

async function inclusionById(db: Registry, keys: RollKeys, id: string): Promise<Found | null> {
  const [row] = await db
    .select({
      id: rollInclusion.id,
      number: rollInclusion.number,
      roundId: rollInclusion.roundId,
      districtName: district.name,
      dniLastTwo: rollInclusion.dniLastTwo,
      isListed: sql<boolean>`${resident.id} is not null`,
      groundsSealed: rollInclusion.groundsSealed,
      namesSealed: rollInclusion.namesSealed,
      phoneSealed: rollInclusion.phoneSealed,
      receivedBy: rollInclusion.receivedBy,
      filedAt: rollInclusion.filedAt,
      state: rollInclusion.state,
      reason: rollInclusion.reason,
    })
    .from(rollInclusion)
    .innerJoin(district, eq(district.code, rollInclusion.districtCode))
    .leftJoin(resident, and(eq(resident.dniHash, rollInclusion.dniHash), isNull(resident.leftAt)))
    .where(eq(rollInclusion.id, id));
  if (row === undefined) return null;
  const { groundsSealed, namesSealed, phoneSealed, ...rest } = row;
  return {
    ...rest,
    what: 'inclusion',
    kind: null,
    evidence: groundsSealed === null ? null : openText(keys.people, 'evidence', groundsSealed),
    names: namesSealed === null ? null : openText(keys.people, 'name', namesSealed),
    phone: phoneSealed === null ? null : openPhone(keys.people, phoneSealed),
  };
}
