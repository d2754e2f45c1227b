import { DIMENSION_IDS } from '@/lib/plan/types';
import type { DimensionId } from '@/lib/plan/types';
import { createHash } from 'node:crypto';
import { countedProjects } from '@/lib/rounds/contests';
import type { AllocateContest, Contest, Manifest, RankContest } from '@/lib/rounds/manifest';
import { assert, present } from '@/lib/shared/assert';
import { buildElection } from '@/lib/tally/election';
import { ENGINE_VERSION, tally } from '@/lib/tally/tally';
import type { TieRule } from '@/lib/tally/types';
import type {
  AllocateOutcome,
  ContestOutcome,
  GroupVoices,
  RankOutcome,
  ResultDocument,
  VoteEffect,
} from './document';
import { tallyInputHash } from './input-hash';
import { byDimension } from './types';
import type { ByDimension, CountedBallot } from './types';

export interface CountInput {
  readonly manifest: Manifest;
  /** Base64url SHA-256 of the manifest's exact text. */
  readonly manifestHash: string;
  readonly ballots: readonly CountedBallot[];
  /** Root of the closing checkpoint of the public record. */
  readonly recordRoot: string;
  /** Its SHA-256 stands in the manifest as `lotSeedCommitment`. */
  readonly lotSeed: string;
  /** Credentials issued per group id; absent groups issued none. */
  readonly issuedByGroup: Readonly<Record<string, number>>;
  readonly voteEffect: VoteEffect;
}

/**
 * Counts every contest of a round and gathers what residents asked for by group and dimension.
 * Pure: same ballots in any order, same document. Ballots were verified against the record and the
 * manifest before; one of an unknown group, a choice outside its contest, or a lot seed that is
 * not the committed one is a bug and throws.
 */
export function countRound(input: CountInput): ResultDocument {
  const { manifest, ballots, lotSeed } = input;
  assert(
    createHash('sha256').update(lotSeed).digest('hex') === manifest.lotSeedCommitment,
    'the lot seed is the one committed to in the manifest',
  );
  const groupIds = new Set(manifest.groups.map((group) => group.id));
  assert(
    ballots.every((ballot) => groupIds.has(ballot.group)),
    'every ballot belongs to a group of the manifest',
  );
  const contests = manifest.contests.map((contest) =>
    contest.kind === 'rank'
      ? countRank(contest, ballots, lotSeed)
      : countAllocate(contest, ballots, lotSeed),
  );
  return {
    v: 1,
    round: manifest.round,
    cycle: manifest.cycle,
    fiscalYear: manifest.fiscalYear,
    municipality: manifest.municipality,
    title: manifest.title,
    demo: manifest.demo,
    voteEffect: input.voteEffect,
    opensAt: manifest.opensAt,
    closesAt: manifest.closesAt,
    minGroup: manifest.minGroup,
    engine: ENGINE_VERSION,
    lotSeed,
    manifestHash: input.manifestHash,
    recordRoot: input.recordRoot,
    inputHash: tallyInputHash(
      input.manifestHash,
      ballots.map((ballot) => ballot.leaf),
    ),
    ballots: ballots.length,
    groups: manifest.groups.map(({ id, name, districts, eligible }) => ({
      id,
      name,
      districts,
      eligible,
      issued: input.issuedByGroup[id] ?? 0,
      ballots: ballots.filter((ballot) => ballot.group === id).length,
    })),
    contests,
    voices: voicesOf(manifest, ballots),
    spent: moneyByDimension(contests, (outcome, id) => outcome.result.winners.includes(id)),
    asked: moneyByDimension(contests, () => true),
  };
}

/** The manifest declares "a lot"; which lot is known once the seed is revealed. */
function withLot(ties: TieRule, lotSeed: string): TieRule {
  const lot = `lot:${lotSeed}` as const;
  const declared = ties.map((criterion) => (criterion.startsWith('lot:') ? lot : criterion));
  return declared.includes(lot) ? declared : [...declared, lot];
}

function entitled(contest: Contest, ballots: readonly CountedBallot[]): CountedBallot[] {
  const { groups } = contest;
  return groups === 'all'
    ? [...ballots]
    : ballots.filter((ballot) => groups.includes(ballot.group));
}

const choiceOf = (ballot: CountedBallot, contest: Contest): readonly string[] =>
  ballot.choices[contest.id] ?? [];

function countRank(
  contest: RankContest,
  ballots: readonly CountedBallot[],
  lotSeed: string,
): RankOutcome {
  const voters = entitled(contest, ballots);
  const election = buildElection({
    kind: 'ranking',
    projects: contest.rows.map(({ id }) => ({ id })),
    ballots: voters.map((ballot) => ({ choices: choiceOf(ballot, contest) })),
  });
  const { id, title, rows, rule } = contest;
  return {
    id,
    kind: 'rank',
    title,
    groups: 'all',
    voters: voters.length,
    blank: voters.filter((ballot) => choiceOf(ballot, contest).length === 0).length,
    rows,
    result: tally(election, { ...rule, ties: withLot(rule.ties, lotSeed) }),
  };
}

function countAllocate(
  contest: AllocateContest,
  ballots: readonly CountedBallot[],
  lotSeed: string,
): AllocateOutcome {
  const voters = entitled(contest, ballots);
  const election = buildElection({
    kind: 'approval',
    projects: countedProjects(contest),
    budget: contest.envelopeCents,
    ballots: voters.map((ballot) => ({ choices: choiceOf(ballot, contest) })),
  });
  const { id, title, groups, envelopeCents, rule } = contest;
  return {
    id,
    kind: 'allocate',
    title,
    groups,
    voters: voters.length,
    blank: voters.filter((ballot) => choiceOf(ballot, contest).length === 0).length,
    envelopeCents,
    proposals: contest.proposals.map((proposal) => ({
      id: proposal.id,
      title: proposal.title,
      label: proposal.label,
      costCents: proposal.costCents,
      dimension: dimensionOf(proposal.dimension),
    })),
    result: tally(election, { ...rule, ties: withLot(rule.ties, lotSeed) }),
  };
}

function dimensionOf(code: string): DimensionId {
  return present(
    DIMENSION_IDS.find((each) => each === code),
    `dimension ${code}`,
  );
}

/** What each group asked for: its ranking points and the soles it assigned, by dimension. */
function voicesOf(manifest: Manifest, ballots: readonly CountedBallot[]): GroupVoices[] {
  const options = new Map<string, Map<string, { dimension: DimensionId; cents: number }>>(
    manifest.contests.map((contest) => [
      contest.id,
      new Map(
        contest.kind === 'rank'
          ? contest.rows.map(({ id, dimension }) => [id, { dimension, cents: 0 }])
          : contest.proposals.map(({ id, dimension, costCents }) => [
              id,
              { dimension: dimensionOf(dimension), cents: costCents },
            ]),
      ),
    ]),
  );
  const voices = new Map(
    manifest.groups.map(({ id }) => [
      id,
      {
        ranked: { ballots: 0, votes: tallySheet() },
        assigned: { ballots: 0, votes: tallySheet() },
      },
    ]),
  );
  for (const ballot of ballots) {
    const voice = present(voices.get(ballot.group), `group ${ballot.group}`);
    let [ranked, assigned] = [false, false];
    for (const contest of manifest.contests) {
      const choice = choiceOf(ballot, contest);
      const known = options.get(contest.id);
      choice.forEach((id, at) => {
        const option = present(known?.get(id), `option ${id}`);
        if (contest.kind === 'rank') {
          ranked = true;
          voice.ranked.votes[option.dimension] += pointsAt(at, choice.length, contest);
        } else {
          assigned = true;
          voice.assigned.votes[option.dimension] += option.cents;
        }
      });
    }
    if (ranked) voice.ranked.ballots += 1;
    if (assigned) voice.assigned.ballots += 1;
  }
  return [...voices].map(([group, voice]) => ({ group, ...voice }));
}

/** Points of a place on one ballot, as `lib/tally/borda` gives them. */
function pointsAt(at: number, length: number, { rule }: RankContest): number {
  const { slots } = rule;
  if (slots === 'ballot-length') return length - at;
  return Array.isArray(slots) ? (slots[at] ?? 0) : Math.max(0, slots - at);
}

function tallySheet(): Record<DimensionId, number> {
  return { SOC: 0, ECO: 0, AMB: 0, INS: 0 };
}

function moneyByDimension(
  contests: readonly ContestOutcome[],
  counts: (outcome: AllocateOutcome, id: string) => boolean,
): ByDimension<number> {
  const proposals = contests.flatMap((outcome) =>
    outcome.kind === 'allocate' ? outcome.proposals.filter(({ id }) => counts(outcome, id)) : [],
  );
  return byDimension((code) =>
    proposals
      .filter((proposal) => proposal.dimension === code)
      .reduce((sum, proposal) => sum + proposal.costCents, 0),
  );
}
