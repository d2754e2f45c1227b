import { createHash } from 'node:crypto';
import { contestsFor } from '@/lib/rounds/contests';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import type { Manifest } from '@/lib/rounds/manifest';
import { countRound } from './count';
import type { ResultDocument } from './document';
import type { CountedBallot } from './types';

export const LOT_SEED = 'semilla de prueba';
export const LOT_COMMITMENT = createHash('sha256').update(LOT_SEED).digest('hex');

/** Ballots that rank the first rows and mark the first proposals their group may mark. */
export function ballotsFixture(
  manifest: Manifest,
  perGroup: Readonly<Record<string, number>>,
): CountedBallot[] {
  return Object.entries(perGroup).flatMap(([group, many]) =>
    Array.from({ length: many }, (_, at) => ({
      leaf: createHash('sha256').update(`${group} ${at}`).digest('hex'),
      group,
      choices: Object.fromEntries(
        contestsFor(manifest, group).map((contest) => [
          contest.id,
          contest.kind === 'rank'
            ? contest.rows.slice(at % 3, (at % 3) + 3).map((row) => row.id)
            : contest.proposals.slice(at % 2, (at % 2) + 1).map((proposal) => proposal.id),
        ]),
      ),
    })),
  );
}

/** A counted round: the ballots of `ballotsFixture`, by the small manifest unless another is given. */
export function countedFixture({
  manifest: given,
  ballots,
}: {
  readonly manifest?: Manifest;
  readonly ballots: Readonly<Record<string, number>>;
}): ResultDocument {
  const manifest = { ...(given ?? manifestFixture()), lotSeedCommitment: LOT_COMMITMENT };
  return countRound({
    manifest,
    manifestHash: 'hash-of-the-manifest',
    ballots: ballotsFixture(manifest, ballots),
    recordRoot: 'root',
    lotSeed: LOT_SEED,
    issuedByGroup: ballots,
    voteEffect: 'criterio',
  });
}
