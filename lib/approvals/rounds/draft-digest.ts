import 'server-only';
import { createHash } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { rollExclusion, round } from '@/db/registry/schema';
import { currentRollVersion } from '@/lib/roll/versions';
import {
  contestsForManifest,
  proposalsForManifest,
  rowsForManifest,
} from '@/lib/rounds/manifest-source';

/**
 * SHA-256 (hex) over everything that opening this draft would freeze: its words, dates and channels,
 * its questions with their rules, money, proposals and rows of the plan, the roll as it stands and who
 * is left out of it. A yes is to this and to nothing else. Null when there is no such round.
 */
export async function draftDigest(db: Registry, roundId: string): Promise<string | null> {
  const [held] = await db
    .select({
      id: round.id,
      cycleId: round.cycleId,
      screenCode: round.screenCode,
      nameEs: round.nameEs,
      nameEn: round.nameEn,
      opensAt: round.opensAt,
      closesAt: round.closesAt,
      livePolicy: round.livePolicy,
      minGroup: round.minGroup,
      channels: round.channels,
      listsOpenAt: round.listsOpenAt,
      challengesCloseAt: round.challengesCloseAt,
      finalAt: round.finalAt,
    })
    .from(round)
    .where(eq(round.id, roundId));
  if (held === undefined) return null;
  const contests = await contestsForManifest(db, roundId);
  const proposals: unknown[] = [];
  for (const { envelopeId } of contests) {
    proposals.push(envelopeId === null ? [] : await proposalsForManifest(db, envelopeId));
  }
  const ranksPlan = contests.some(({ kind }) => kind === 'rank');
  const excluded = await db
    .select({ residentId: rollExclusion.residentId })
    .from(rollExclusion)
    .where(eq(rollExclusion.roundId, roundId))
    .orderBy(asc(rollExclusion.residentId));
  const said = {
    ...held,
    channels: held.channels.toSorted(),
    contests,
    proposals,
    rows: ranksPlan ? await rowsForManifest(db) : [],
    rollVersion: await currentRollVersion(db),
    excluded: excluded.map(({ residentId }) => residentId),
  };
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
