import { countedProjects } from '@/lib/rounds/contests';
import type { AllocateContest, Contest, Manifest, RankContest } from '@/lib/rounds/manifest';
import { buildElection } from '@/lib/tally/election';
import { tally } from '@/lib/tally/tally';
import type { TieRule } from '@/lib/tally/types';
import { hiddenGroups } from './gate';
import type { LiveBar, LiveTurnout } from './snapshot';

/**
 * Running figures of a round, by its own rules, through the same gate as every other output. Pure:
 * the ballot box hands in counts and what was shown last, and gets what may be shown now.
 */

/** Voters of one group who made the same choices. */
export interface GroupedChoices {
  readonly group: string;
  readonly choices: Readonly<Record<string, readonly string[]>>;
  readonly voters: number;
}

export interface ContestFigures {
  /** Voters entitled to the contest when its bars were drawn. */
  readonly voters: number;
  readonly bars: readonly LiveBar[];
}

/** What has been shown: kept, so that the next figures can be compared with it. */
export interface LiveFigures {
  readonly voters: number;
  readonly contests: Readonly<Record<string, ContestFigures>>;
}

/** The screen shows six bars at most. */
const MAX_BARS = 6;

/** Turnout per group, hidden where it stands on fewer than k ballots or would give such a one away. */
export function liveTurnout(
  manifest: Manifest,
  voters: ReadonlyMap<string, number>,
): LiveTurnout[] {
  const groups = manifest.groups.map(({ id }) => ({ id, ballots: voters.get(id) ?? 0 }));
  const hidden = hiddenGroups(groups, manifest.minGroup);
  return groups.map(({ id, ballots }) => ({ group: id, ballots: hidden.has(id) ? null : ballots }));
}

/**
 * Whether new figures may be shown at all: policy, k ballots, k new ones since the last (T25).
 * `sealed`: the record is sealed, so that every ballot can be read.
 */
export function mayRefresh(
  manifest: Manifest,
  voters: number,
  shown: LiveFigures | null,
  sealed: boolean,
): boolean {
  if (manifest.livePolicy !== 'live' || voters < manifest.minGroup) return false;
  // No difference hides behind k any more, and who changed a ballot is counted as it is now.
  return sealed || shown === null || voters - shown.voters >= manifest.minGroup;
}

/**
 * The next figures. Every contest is drawn from the same ballots; one whose voters grew by fewer
 * than k keeps what it showed, one with fewer than k voters shows nothing.
 */
export function nextFigures(
  manifest: Manifest,
  ballots: readonly GroupedChoices[],
  shown: LiveFigures | null,
  sealed: boolean,
): LiveFigures {
  const contests: Record<string, ContestFigures> = {};
  for (const contest of manifest.contests) {
    const own = ballots.filter(
      ({ group }) => contest.groups === 'all' || contest.groups.includes(group),
    );
    const voters = sum(own);
    const before = shown?.contests[contest.id];
    if (before && !sealed && voters - before.voters < manifest.minGroup) {
      contests[contest.id] = before;
    } else if (voters >= manifest.minGroup) {
      contests[contest.id] = { voters, bars: barsOf(contest, own) };
    }
  }
  return { voters: sum(ballots), contests };
}

/** Bars for one screen: those of contests open to everyone, or of the one asked for. */
export function barsFor(
  manifest: Manifest,
  figures: LiveFigures | null,
  contest: string | null,
): Record<string, readonly LiveBar[]> | undefined {
  if (figures === null) return undefined;
  const wanted = manifest.contests.filter((each) =>
    contest === null ? each.groups === 'all' : each.id === contest,
  );
  const bars: Record<string, readonly LiveBar[]> = {};
  for (const { id } of wanted) {
    const drawn = figures.contests[id];
    if (drawn) bars[id] = drawn.bars;
  }
  return bars;
}

function sum(ballots: readonly GroupedChoices[]): number {
  return ballots.reduce((total, { voters }) => total + voters, 0);
}

function barsOf(contest: Contest, ballots: readonly GroupedChoices[]): LiveBar[] {
  const bars = contest.kind === 'rank' ? rankBars(contest, ballots) : fundBars(contest, ballots);
  return bars.slice(0, MAX_BARS);
}

function given(contest: Contest, ballots: readonly GroupedChoices[]) {
  return ballots.map(({ choices, voters }) => ({
    choices: choices[contest.id] ?? [],
    count: voters,
  }));
}

function rankBars(contest: RankContest, ballots: readonly GroupedChoices[]): LiveBar[] {
  const election = buildElection({
    kind: 'ranking',
    projects: contest.rows.map(({ id }) => ({ id })),
    ballots: given(contest, ballots),
  });
  const { ranking } = tally(election, { ...contest.rule, ties: decisive(contest.rule.ties) });
  return ranking.map(({ id, score }) => ({ id, votes: score, funded: false }));
}

function fundBars(contest: AllocateContest, ballots: readonly GroupedChoices[]): LiveBar[] {
  const election = buildElection({
    kind: 'approval',
    projects: countedProjects(contest),
    budget: contest.envelopeCents,
    ballots: given(contest, ballots),
  });
  const result = tally(election, { ...contest.rule, ties: decisive(contest.rule.ties) });
  const order = new Map(contest.proposals.map(({ id }, index) => [id, index]));
  return result.projects
    .map(({ id, votes, outcome }) => ({ id, votes, funded: outcome.status === 'funded' }))
    .sort((a, b) => b.votes - a.votes || (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}

/** The lot is drawn when the seed is revealed: until then ties fall by the official order. */
function decisive(ties: TieRule): TieRule {
  return [...ties.filter((criterion) => !criterion.startsWith('lot:')), 'file-order'];
}
