import { randomBytes } from 'node:crypto';
import { and, asc, eq, gt, isNull, notInArray, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { resident, rollEntry, rollExclusion, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { RollLeaves } from '@/lib/roll/commitment';
import { lockRoll, writeFreeze } from '@/lib/roll/versions';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { buildManifest, type ManifestParts } from '../build-manifest';
import { manifestHash } from '../manifest';
import {
  contestsForManifest,
  placesOnRoll,
  proposalsForManifest,
  roundForManifest,
  rowsForManifest,
} from '../manifest-source';
import { mayAdvanceRounds } from '../policy';
import { formGroups } from '../rules';
import type { DistrictGroup } from '../types';

export interface FrozenRound {
  readonly manifest: string;
  readonly manifestHash: string;
}

/** What the worker brings to a manifest. */
export type OpeningParts = Pick<
  ManifestParts,
  'municipality' | 'titles' | 'recordKey' | 'orderKey' | 'witnesses' | 'engine' | 'software'
> & {
  /** Makes, or finds, the RSA key of each group; base64url SPKI. */
  keyOf(groupId: string): Promise<string>;
};

type FreezeRefusal = 'not-allowed' | 'not-found' | 'wrong-state';

/**
 * Freezes the roll and everything the manifest says. Run again after a crash it finds what it had
 * frozen: the roll is copied once, the lot seed drawn once, the manifest written once.
 */
export async function freezeRound(
  db: RegistryDatabase,
  actor: Actor,
  roundId: string,
  parts: OpeningParts,
): Promise<Result<FrozenRound, FreezeRefusal>> {
  if (!mayAdvanceRounds(actor)) return refuse('not-allowed');
  const before = await roundForManifest(db, roundId);
  if (before?.state === 'opening' && before.manifest !== null && before.manifestHash !== null) {
    return ok({ manifest: before.manifest, manifestHash: before.manifestHash });
  }
  const rolled = await freezeRoll(db, roundId);
  if (!rolled.ok) return rolled;
  // Outside any transaction: hashing a roll and making keys take seconds, and neither can change.
  const { rollSalt } = rolled.value;
  const roots = await rollRoots(db, roundId, rollSalt, rolled.value.groups);
  const groups: ManifestParts['groups'][number][] = [];
  for (const group of rolled.value.groups) {
    const rollRoot = present(roots.get(group.id), `roll of ${group.id}`);
    groups.push({ ...group, key: await parts.keyOf(group.id), rollRoot });
  }

  return inTransaction(db, async (tx) => {
    await tx.select({ id: round.id }).from(round).where(eq(round.id, roundId)).for('update');
    const of = await roundForManifest(tx, roundId);
    if (of === null) return refuse('not-found');
    if (of.manifest !== null && of.manifestHash !== null) {
      return ok({ manifest: of.manifest, manifestHash: of.manifestHash });
    }
    if (of.state !== 'opening') return refuse('wrong-state');
    const rows = await rowsForManifest(tx);
    const contests: ManifestParts['contests'][number][] = [];
    for (const contest of await contestsForManifest(tx, roundId)) {
      const { envelopeId } = contest;
      const proposals = envelopeId === null ? [] : await proposalsForManifest(tx, envelopeId);
      contests.push({ contest, rows, proposals });
    }
    const lotSeed = randomBytes(32).toString('hex');
    const manifest = buildManifest({ ...parts, round: of, groups, contests, lotSeed });
    const hash = await manifestHash(manifest);
    await tx
      .update(round)
      .set({ manifest, manifestHash: hash, lotSeed })
      .where(and(eq(round.id, roundId), eq(round.state, 'opening'), isNull(round.manifest)));
    return ok({ manifest, manifestHash: hash });
  });
}

/** Copies the roll of the round and draws its salt, once, and says who votes together. */
async function freezeRoll(
  db: RegistryDatabase,
  roundId: string,
): Promise<Result<{ groups: DistrictGroup[]; rollSalt: Buffer }, FreezeRefusal>> {
  return inTransaction(db, async (tx) => {
    const [held] = await tx
      .select({ state: round.state, rollSalt: round.rollSalt })
      .from(round)
      .where(eq(round.id, roundId))
      .for('update');
    if (held === undefined) return refuse('not-found');
    if (held.state !== 'opening') return refuse('wrong-state');
    const [entry] = await tx
      .select({ id: rollEntry.residentId })
      .from(rollEntry)
      .where(eq(rollEntry.roundId, roundId))
      .limit(1);
    if (entry === undefined) {
      // No version of the roll comes in between: what is written down is what was copied.
      await lockRoll(tx);
      await tx.insert(rollEntry).select(
        tx
          .select({
            roundId: sql<string>`${roundId}::text`.as('round_id'),
            residentId: resident.id,
            districtCode: resident.districtCode,
          })
          .from(resident)
          // The current roll, without those whom a challenge left out of this round.
          .where(
            and(
              isNull(resident.leftAt),
              notInArray(
                resident.id,
                tx
                  .select({ id: rollExclusion.residentId })
                  .from(rollExclusion)
                  .where(eq(rollExclusion.roundId, roundId)),
              ),
            ),
          ),
      );
      await writeFreeze(tx, roundId);
    }
    const rollSalt = held.rollSalt ?? randomBytes(32);
    if (held.rollSalt === null) {
      await tx.update(round).set({ rollSalt }).where(eq(round.id, roundId));
    }
    const contests = await contestsForManifest(tx, roundId);
    const withEnvelope = new Set(contests.flatMap((one) => one.districtCode ?? []));
    const groups = formGroups(await placesOnRoll(tx, roundId, withEnvelope));
    return ok({ groups, rollSalt });
  });
}

const RESIDENTS_AT_ONCE = 5000;

/** The commitment to each group's roll, read in portions: memory holds 32 bytes per resident. */
async function rollRoots(
  db: RegistryDatabase,
  roundId: string,
  rollSalt: Buffer,
  groups: readonly DistrictGroup[],
): Promise<Map<string, string>> {
  const leaves = groups.map((group) => ({ ...group, leaves: new RollLeaves(group.eligible) }));
  const ofDistrict = new Map(
    leaves.flatMap((group) => group.districts.map((code) => [code, group.leaves] as const)),
  );
  let last: string | undefined;
  for (;;) {
    const portion = await db
      .select({
        id: rollEntry.residentId,
        districtCode: rollEntry.districtCode,
        dniHash: resident.dniHash,
      })
      .from(rollEntry)
      .innerJoin(resident, eq(resident.id, rollEntry.residentId))
      .where(
        and(
          eq(rollEntry.roundId, roundId),
          last === undefined ? undefined : gt(rollEntry.residentId, last),
        ),
      )
      .orderBy(asc(rollEntry.residentId))
      .limit(RESIDENTS_AT_ONCE);
    for (const one of portion) {
      present(ofDistrict.get(one.districtCode), `group of ${one.districtCode}`).add(rollSalt, one);
    }
    last = portion.at(-1)?.id;
    if (last === undefined) break;
  }
  const roots = new Map<string, string>();
  for (const group of leaves) roots.set(group.id, await group.leaves.root());
  return roots;
}

/** The box has the manifest: from now on votes can be activated. */
export async function recordOpened(
  db: RegistryDatabase,
  actor: Actor,
  roundId: string,
): Promise<Result<null, FreezeRefusal>> {
  if (!mayAdvanceRounds(actor)) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const [opened] = await tx
      .update(round)
      .set({ state: 'open', jobNote: null, jobProgress: 100 })
      .where(and(eq(round.id, roundId), eq(round.state, 'opening')))
      .returning({ manifestHash: round.manifestHash });
    if (opened === undefined) return refuse('wrong-state');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'round.opened',
      subject: `round:${roundId}`,
      details: { manifestHash: opened.manifestHash },
    });
    return ok(null);
  });
}
