import { DIMENSION_IDS } from '@/lib/plan/types';
import type { AllocateContest, Contest, RankContest } from './manifest';

/**
 * The rules an administrator chooses among, by the names that pages and messages use. Each is
 * written out in full in the manifest: its parameters are public before the first vote.
 */
export const FUNDING_PRESETS = [
  'equal-shares',
  'equal-shares-compared',
  'greedy',
  'greedy-threshold',
  'greedy-per-cost',
  'phragmen',
  'maximin-support',
  'max-welfare',
] as const;
export type FundingPreset = (typeof FUNDING_PRESETS)[number];

export const RANKING_PRESETS = ['borda', 'four-three-two-one'] as const;
export type RankingPreset = (typeof RANKING_PRESETS)[number];

export type RulePreset = FundingPreset | RankingPreset;
export const RULE_PRESETS: readonly RulePreset[] = [...FUNDING_PRESETS, ...RANKING_PRESETS];

/** The lot is drawn from the seed that the manifest commits to and the tally reveals. */
const LOT = 'lot:manifest' as const;

/** Who is marked by more people goes first, then who costs less, then the lot. */
const FUNDING_TIES = ['max-votes', 'min-cost', LOT] satisfies AllocateContest['rule']['ties'];

/** Add1 and then greedy, with the official start and stop: all common money finds a use. */
const EQUAL_SHARES = {
  kind: 'equal-shares',
  utility: 'cost',
  completion: 'add1+greedy',
  add1Start: 'floor',
  add1Stop: 'overspend',
} as const;

export function rankingRule(preset: RankingPreset): RankContest['rule'] {
  const ties = ['max-votes' as const, LOT];
  switch (preset) {
    case 'borda':
      // First of five gets five points, last gets one.
      return { kind: 'borda', slots: 5, ties };
    case 'four-three-two-one':
      return { kind: 'borda', slots: [4, 3, 2, 1], ties };
  }
}

/** Unless an administrator chooses another number, a ballot marks so many proposals of a fund. */
export const DEFAULT_PICKS = 10;

export interface FundingChoice {
  readonly rule: FundingPreset;
  /** Fewest votes to take part, inclusive; only with `greedy-threshold`, and needed there. */
  readonly threshold?: number;
  /** With a greedy rule: the most that the proposals of each dimension may cost, in céntimos. */
  readonly ceilingCents?: number;
}

/** The rules that go down a list once: the ones a ceiling makes sense with. */
export const isGreedy = (preset: FundingPreset): boolean => preset.startsWith('greedy');

/** Throws when the threshold is missing: the input's shape has asked for it before. */
export function fundingRule(choice: FundingChoice): AllocateContest['rule'] {
  const { rule: preset, threshold, ceilingCents } = choice;
  const ceilings =
    ceilingCents === undefined
      ? {}
      : { ceilings: { categories: perDimension(ceilingCents.toString()) } };
  const ties = [...FUNDING_TIES];
  switch (preset) {
    case 'equal-shares':
      return { ...EQUAL_SHARES, ties };
    case 'equal-shares-compared':
      return { ...EQUAL_SHARES, ties, compareWithGreedy: true };
    // With the cost as utility greedy goes by votes; without it, by votes per sol.
    case 'greedy':
      return { kind: 'greedy', utility: 'cost', ties, ...ceilings };
    case 'greedy-threshold':
      if (threshold === undefined) throw new Error('The threshold of greedy-threshold is missing');
      return { kind: 'greedy', utility: 'cost', ties, threshold, ...ceilings };
    case 'greedy-per-cost':
      return { kind: 'greedy', utility: 'cardinality', ties, ...ceilings };
    case 'phragmen':
      // One dear proposal must not leave the rest of the envelope unused.
      return { kind: 'phragmen', overshoot: 'skip', ties };
    case 'maximin-support':
      return { kind: 'maximin-support', ties };
    case 'max-welfare':
      return { kind: 'max-welfare', utility: 'cardinality', ties };
  }
}

const perDimension = (cents: string): Record<string, string> =>
  Object.fromEntries(DIMENSION_IDS.map((id) => [id, cents]));

/** The name of a rule as it stands in a manifest or in a result. */
export function presetOf(rule: NamedRule): RulePreset {
  switch (rule.kind) {
    case 'borda':
      return Array.isArray(rule.slots) ? 'four-three-two-one' : 'borda';
    case 'greedy':
      if (rule.threshold !== undefined) return 'greedy-threshold';
      return rule.utility === 'cost' || rule.utility === 'points-cost'
        ? 'greedy'
        : 'greedy-per-cost';
    case 'equal-shares':
      return rule.compareWithGreedy === true ? 'equal-shares-compared' : 'equal-shares';
    case 'phragmen':
    case 'maximin-support':
    case 'max-welfare':
      return rule.kind;
  }
}

/** The fewest votes that let a proposal take part, or null where there is no such bar. */
export function thresholdOf(rule: NamedRule): number | null {
  return rule.kind === 'greedy' ? (rule.threshold ?? null) : null;
}

/** The most that the proposals of one dimension may cost, in céntimos; null where there is none. */
export function ceilingOf(rule: NamedRule): number | null {
  if (rule.kind !== 'greedy') return null;
  const [first] = Object.values(rule.ceilings?.categories ?? {});
  return first === undefined ? null : Number(first);
}

/** What a name is read from: rules of manifests and of results both are these. */
type NamedRule =
  | { readonly kind: 'borda'; readonly slots: number | string | readonly number[] }
  | {
      readonly kind: 'greedy';
      readonly utility: string;
      readonly threshold?: number;
      readonly ceilings?: { readonly categories?: Readonly<Record<string, string>> };
    }
  | { readonly kind: 'equal-shares'; readonly compareWithGreedy?: boolean }
  | { readonly kind: Exclude<Contest['rule']['kind'], 'borda' | 'greedy' | 'equal-shares'> };
