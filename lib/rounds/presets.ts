import type { AllocateContest, RankContest } from './manifest';

/** The rules an administrator chooses among; each is written out in full in the manifest. */
export const FUNDING_PRESETS = ['equal-shares', 'greedy'] as const;
export type FundingPreset = (typeof FUNDING_PRESETS)[number];

/** The lot is drawn from the seed that the manifest commits to and the tally reveals. */
const LOT = 'lot:manifest' as const;

/** First of five gets five points, last gets one. */
export const RANKING_RULE: RankContest['rule'] = {
  kind: 'borda',
  slots: 5,
  ties: ['max-votes', LOT],
};

export function fundingRule(preset: FundingPreset): AllocateContest['rule'] {
  switch (preset) {
    case 'equal-shares':
      return {
        kind: 'equal-shares',
        utility: 'cost',
        completion: 'add1+greedy',
        add1Start: 'floor',
        add1Stop: 'overspend',
        ties: ['max-votes', 'min-cost', LOT],
      };
    case 'greedy':
      return { kind: 'greedy', utility: 'cardinality', ties: ['max-votes', 'min-cost', LOT] };
  }
}
