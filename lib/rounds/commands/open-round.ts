import { randomBytes } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { resident, rollEntry, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
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
  'municipality' | 'titles' | 'recordKey' | 'orderKey' | 'engine' | 'software'
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
  const rolled = await freezeRoll(db, roundId);
  if (!rolled.ok) return rolled;
  // Outside any transaction: making keys takes seconds.
  const groups: (DistrictGroup & { key: string })[] = [];
  for (const group of rolled.value) groups.push({ ...group, key: await parts.keyOf(group.id) });

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

/** Copies the roll of the round, once, and says who votes together. */
async function freezeRoll(
  db: RegistryDatabase,
  roundId: string,
): Promise<Result<DistrictGroup[], FreezeRefusal>> {
  return inTransaction(db, async (tx) => {
    const [held] = await tx
      .select({ state: round.state })
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
      await tx.insert(rollEntry).select(
        tx
          .select({
            roundId: sql<string>`${roundId}::text`.as('round_id'),
            residentId: resident.id,
            districtCode: resident.districtCode,
          })
          .from(resident),
      );
    }
    const contests = await contestsForManifest(tx, roundId);
    const withEnvelope = new Set(contests.flatMap((one) => one.districtCode ?? []));
    return ok(formGroups(await placesOnRoll(tx, roundId, withEnvelope)));
  });
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
