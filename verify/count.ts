import type { EffectiveBallot } from '@/lib/record/ballots';
import type { AnnouncedTally } from '@/lib/record/format';
import { countedProjects } from '@/lib/rounds/contests';
import type { AllocateContest, Contest, Manifest, RankContest } from '@/lib/rounds/manifest';
import { present } from '@/lib/shared/assert';
import { buildElection } from '@/lib/tally/election';
import { tally } from '@/lib/tally/tally';
import type { Election, FundingResult, RankingResult, TieRule } from '@/lib/tally/types';
import type { BallotStore } from './ballot-store';
import type { CountedContest } from './report';

/** Counting again from the ballots alone, by the rules of the manifest (lib/tally). */

export type AnnouncedContest = AnnouncedTally['contests'][number];

/** Until the seed of the lot is revealed, ties fall by the official order. */
export function provisional(ties: TieRule): TieRule {
  return [...ties.filter((criterion) => !criterion.startsWith('lot:')), 'file-order'];
}

/** The manifest declares "a lot"; which one is known with the seed. */
function drawn(ties: TieRule, seed: string): TieRule {
  const lot = `lot:${seed}` as const;
  const declared = ties.map((criterion) => (criterion.startsWith('lot:') ? lot : criterion));
  return declared.includes(lot) ? declared : [...declared, lot];
}

interface Counted {
  readonly election: Election;
  readonly voters: number;
  readonly blank: number;
}

/** Ballots go into the count one by one; nothing of them is kept but the groups of equal ones. */
function gather(contest: Contest, choices: Iterable<readonly string[]>): Counted {
  let voters = 0;
  let blank = 0;
  function* ballots(): Generator<{ choices: readonly string[] }> {
    for (const chosen of choices) {
      voters += 1;
      if (chosen.length === 0) blank += 1;
      yield { choices: chosen };
    }
  }
  const election =
    contest.kind === 'rank'
      ? buildElection({
          kind: 'ranking',
          projects: contest.rows.map(({ id }) => ({ id })),
          ballots: ballots(),
        })
      : buildElection({
          kind: 'approval',
          projects: countedProjects(contest),
          budget: contest.envelopeCents,
          ballots: ballots(),
        });
  return { election, voters, blank };
}

export const rankingOf = (
  { rule }: RankContest,
  election: Election,
  ties: TieRule,
): RankingResult => tally(election, { ...rule, ties });
export const fundingOf = (
  { rule }: AllocateContest,
  election: Election,
  ties: TieRule,
): FundingResult => tally(election, { ...rule, ties });

export interface Recount {
  /** As `tally.json` would have them. */
  readonly announced: AnnouncedContest[];
  /** For people. */
  readonly shown: CountedContest[];
}

/** Counts everything: electronic ballots in the first `size` leaves and those on paper. */
export function recount(
  store: BallotStore,
  size: number,
  paper: readonly EffectiveBallot[],
  /** Null while the seed is secret: ties are then decided by the official order. */
  lotSeed: string | null,
): Recount {
  const announced: AnnouncedContest[] = [];
  const shown: CountedContest[] = [];
  store.manifest.contests.forEach((contest, index) => {
    function* all(): Generator<readonly string[]> {
      yield* store.choicesIn(size, index);
      for (const { group, choices } of paper) {
        const isEntitled = contest.groups === 'all' || contest.groups.includes(group);
        const chosen = choices[contest.id];
        if (isEntitled && chosen !== undefined) yield chosen;
      }
    }
    const { election, voters, blank } = gather(contest, all());
    const { id, title } = contest;
    const { ties: declared } = contest.rule;
    const ties = lotSeed === null ? provisional(declared) : drawn(declared, lotSeed);
    if (contest.kind === 'rank') {
      const result = rankingOf(contest, election, ties);
      const ranking = result.ranking.map((place) => ({ id: place.id, score: place.score }));
      announced.push({ id, kind: 'rank', voters, blank, ranking, ties: [...result.ties] });
      const options = ranking.map((place) => ({
        id: place.id,
        label: labelOf(contest, place.id),
        votes: place.score,
        funded: null,
      }));
      shown.push({ id, title, voters, blank, options });
      return;
    }
    const result = fundingOf(contest, election, ties);
    const winners = [...result.winners];
    const costCents = result.cost;
    const outcome = { id, voters, blank, winners, costCents, ties: [...result.ties] };
    announced.push({ ...outcome, kind: 'allocate' });
    const options = byVotes(contest, result).map((each) => ({
      ...each,
      label: labelOf(contest, each.id),
    }));
    shown.push({ id, title, voters, blank, options });
  });
  return { announced, shown };
}

function labelOf(contest: Contest, id: string): { es: string; en: string } {
  const options = contest.kind === 'rank' ? contest.rows : contest.proposals;
  return present(
    options.find((option) => option.id === id),
    `option ${id}`,
  ).label;
}

export function byVotes(contest: AllocateContest, result: FundingResult) {
  const order = new Map(contest.proposals.map(({ id }, index) => [id, index]));
  return result.projects
    .map(({ id, votes, outcome }) => ({ id, votes, funded: outcome.status === 'funded' }))
    .sort((a, b) => b.votes - a.votes || (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}

/** Choices that can be put into a count, even if they break another rule (which V8 reports). */
export function isCountable(
  manifest: Manifest,
  group: string,
  choices: EffectiveBallot['choices'],
): boolean {
  if (!manifest.groups.some(({ id }) => id === group)) return false;
  return manifest.contests.every((contest) => {
    const isEntitled = contest.groups === 'all' || contest.groups.includes(group);
    const chosen = choices[contest.id];
    if (!isEntitled) return true;
    const options: readonly string[] =
      contest.kind === 'rank'
        ? contest.rows.map(({ id }) => id)
        : contest.proposals.map(({ id }) => id);
    return (
      chosen !== undefined &&
      new Set(chosen).size === chosen.length &&
      chosen.every((option) => options.includes(option))
    );
  });
}
