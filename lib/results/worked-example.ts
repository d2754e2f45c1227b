import {
  fundingRule,
  RANKING_PRESETS,
  rankingRule,
  type FundingPreset,
  type RankingPreset,
  type RulePreset,
} from '@/lib/rounds/presets';
import { formatSoles } from '@/lib/shared/money';
import { buildElection } from '@/lib/tally/election';
import { explain } from '@/lib/tally/explain';
import { approximate } from '@/lib/tally/fraction';
import { tally } from '@/lib/tally/tally';
import type { FundingResult, RankingResult, Rule, TallyResult } from '@/lib/tally/types';

/**
 * One small vote that all rules count for the page that explains them: what its pictures show is
 * what the engine says. Ten neighbours, six of them uphill; the order on a ballot is the voter's.
 */
export const EXAMPLE_IDS = ['A', 'B', 'C', 'D', 'E'] as const;
export type ExampleId = (typeof EXAMPLE_IDS)[number];

export const EXAMPLE_ENVELOPE_CENTS = 10_000_00;
export const EXAMPLE_THRESHOLD = 4;
export const EXAMPLE_COSTS: Readonly<Record<ExampleId, number>> = {
  A: 5_000_00,
  B: 5_500_00,
  C: 3_000_00,
  D: 2_000_00,
  E: 1_500_00,
};
export const EXAMPLE_BALLOTS: readonly (readonly ExampleId[])[] = [
  ['A', 'D'],
  ['B', 'A', 'D'],
  ['B', 'D', 'A'],
  ['D', 'B'],
  ['A', 'B'],
  ['A', 'B'],
  ['C', 'E'],
  ['C'],
  ['C', 'B', 'E'],
  ['C'],
];

/** The example decides no tie by the lot; one must stand there all the same. */
const LOT = 'lot:ejemplo' as const;

const ballots = EXAMPLE_BALLOTS.map((choices) => ({ choices }));

/** A rule as a round would have it; the one with a threshold has the example's. */
export function exampleRule(preset: RulePreset): Rule {
  return isRankingPreset(preset) ? rankingRule(preset) : exampleFunding(preset);
}

const isRankingPreset = (preset: RulePreset): preset is RankingPreset =>
  RANKING_PRESETS.some((one) => one === preset);

const exampleFunding = (preset: FundingPreset) =>
  fundingRule(
    preset === 'greedy-threshold'
      ? { rule: preset, threshold: EXAMPLE_THRESHOLD }
      : { rule: preset },
  );

export function countExample(preset: FundingPreset): FundingResult {
  const rule = exampleFunding(preset);
  const election = buildElection({
    kind: 'approval',
    projects: EXAMPLE_IDS.map((id) => ({ id, cost: EXAMPLE_COSTS[id] })),
    budget: EXAMPLE_ENVELOPE_CENTS,
    ballots,
  });
  return tally(election, { ...rule, ties: ['max-votes', 'min-cost', LOT] });
}

export function rankExample(preset: RankingPreset): RankingResult {
  const projects = EXAMPLE_IDS.map((id) => ({ id }));
  const election = buildElection({ kind: 'ranking', projects, ballots });
  return tally(election, { ...rankingRule(preset), ties: ['max-votes', LOT] });
}

/** The engine's own sentences about the example: its winners first, in their order. */
export function explainExample(
  result: TallyResult,
  locale: string,
  title: (id: string) => string,
): string[] {
  const said = explain(result, {
    locale: locale === 'en' ? 'en' : 'es',
    title,
    money: (units) => formatSoles(Number(units)),
  });
  const sentences = new Map(said.projects.map((one) => [one.id, one.sentences.join(' ')]));
  return [
    ...orderOf(result).map((id) => `${title(id)}: ${sentences.get(id) ?? ''}`),
    ...said.summary.slice(2),
    ...said.ties,
  ];
}

/** Funded ones in the order of purchase, then the others by votes; a ranking from the top. */
export function orderOf(result: TallyResult): ExampleId[] {
  const place =
    result.kind === 'ranking'
      ? new Map(result.ranking.map((one) => [one.id, one.place]))
      : new Map(
          result.projects.map(({ id, votes }) => {
            const bought = result.winners.indexOf(id);
            return [id, bought === -1 ? 100 - votes : bought];
          }),
        );
  return [...EXAMPLE_IDS].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
}

/** What one person paid or carries, in céntimos; for drawing only. */
export interface Portion {
  /** Null where it cannot be said which proposal it is for. */
  readonly id: ExampleId | null;
  readonly cents: number;
}

const supports = (voter: number, id: string): boolean =>
  EXAMPLE_BALLOTS[voter]?.some((each) => each === id) ?? false;

const supportersOf = (id: string): number[] =>
  EXAMPLE_BALLOTS.flatMap((_, voter) => (supports(voter, id) ? [voter] : []));

const isExampleId = (id: string): id is ExampleId => EXAMPLE_IDS.some((each) => each === id);

/** Equal Shares: who paid what, by the most one supporter paid for each purchase. */
export function portionsPaid(result: FundingResult): Portion[][] {
  const left = EXAMPLE_BALLOTS.map(() => approximate(result.add1?.endowment ?? '0'));
  const paid = EXAMPLE_BALLOTS.map((): Portion[] => []);
  for (const id of result.winners.filter(isExampleId)) {
    const outcome = result.projects.find((project) => project.id === id)?.outcome;
    if (outcome?.status !== 'funded' || outcome.payment === null) continue;
    const most = approximate(outcome.payment.most);
    for (const voter of supportersOf(id)) {
      const cents = Math.min(left[voter] ?? 0, most);
      left[voter] = (left[voter] ?? 0) - cents;
      paid[voter]?.push({ id, cents });
    }
  }
  return paid;
}

/** Sequential Phragmén: every purchase fills up its supporters to one and the same load. */
export function portionsLoaded(winners: readonly string[]): Portion[][] {
  const load = EXAMPLE_BALLOTS.map(() => 0);
  const loaded = EXAMPLE_BALLOTS.map((): Portion[] => []);
  for (const id of winners.filter(isExampleId)) {
    const level = levelAfter(load, id);
    for (const voter of supportersOf(id)) {
      loaded[voter]?.push({ id, cents: level - (load[voter] ?? 0) });
      load[voter] = level;
    }
  }
  return loaded;
}

/** The load that buying this would leave its supporters with. */
export function levelAfter(load: readonly number[], id: ExampleId): number {
  const voters = supportersOf(id);
  const before = voters.reduce((sum, voter) => sum + (load[voter] ?? 0), 0);
  return (before + EXAMPLE_COSTS[id]) / voters.length;
}

/**
 * Maximin support: the most even way to share the cost of all that was bought. The set of purchases
 * that weighs most per supporter is shared among them first, then the rest among the rest.
 */
export function portionsEvened(winners: readonly string[]): Portion[][] {
  const evened = EXAMPLE_BALLOTS.map((): Portion[] => []);
  let open = winners.filter(isExampleId);
  let free = EXAMPLE_BALLOTS.map((_, voter) => voter);
  while (open.length > 0) {
    const sets = subsetsOf(open).map((ids) => {
      const voters = free.filter((voter) => ids.some((id) => supports(voter, id)));
      return { ids, voters, load: costOf(ids) / voters.length };
    });
    const heaviest = sets.reduce((a, b) => (b.load > a.load ? b : a));
    for (const voter of heaviest.voters) evened[voter]?.push({ id: null, cents: heaviest.load });
    open = open.filter((id) => !heaviest.ids.includes(id));
    free = free.filter((voter) => !heaviest.voters.includes(voter));
  }
  return evened;
}

export interface ExampleSet {
  readonly ids: readonly ExampleId[];
  readonly votes: number;
  readonly costCents: number;
}

/** The sets that fit in the envelope and to which nothing more fits, most votes first. */
export function bestSets(most: number): ExampleSet[] {
  return subsetsOf(EXAMPLE_IDS)
    .map((ids) => ({
      ids,
      votes: ids.reduce((sum, id) => sum + supportersOf(id).length, 0),
      costCents: costOf(ids),
    }))
    .filter(
      ({ ids, costCents }) =>
        costCents <= EXAMPLE_ENVELOPE_CENTS &&
        EXAMPLE_IDS.every(
          (id) => ids.includes(id) || costCents + EXAMPLE_COSTS[id] > EXAMPLE_ENVELOPE_CENTS,
        ),
    )
    .sort((a, b) => b.votes - a.votes || b.costCents - a.costCents)
    .slice(0, most);
}

function costOf(ids: readonly ExampleId[]): number {
  return ids.reduce((sum, id) => sum + EXAMPLE_COSTS[id], 0);
}

/** All sets but the empty one. */
function subsetsOf(ids: readonly ExampleId[]): ExampleId[][] {
  return Array.from({ length: 2 ** ids.length - 1 }, (_, at) =>
    ids.filter((_id, bit) => ((at + 1) >> bit) % 2 === 1),
  );
}
