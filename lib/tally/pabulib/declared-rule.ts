import type { Election, EqualSharesRule, FundingRule, GreedyRule, TieRule } from '../types';
import type { PabulibElection } from './reader';

/** What a file says about its own count: the rule, and the election as that rule sees it. */
export interface Declared {
  readonly rule: FundingRule;
  readonly election: Election;
}

/** Pabulib lists projects in the official order: a stable sort reproduces what the city did. */
const FILE_ORDER: TieRule = ['file-order'];
const RECOMMENDED: TieRule = ['min-cost', 'max-votes', 'file-order'];

/**
 * The city's own rule, from META (spec 1 and 2). `greedy-custom` is Poznań's walk without skipping;
 * its extra projects (`selected` 2) are outside any rule of the file. A rule we do not know, or
 * none, is counted as greedy. `fully_funded` means that everything is funded.
 */
export function declaredRule(file: PabulibElection): Declared {
  const { meta, election, pointScale } = file;
  const declared = meta.get('rule') ?? 'unknown';
  const utility = election.profile.kind === 'approval' ? 'cost' : 'points-cost';
  if (declared.startsWith('equalshares')) {
    const rule: EqualSharesRule = {
      kind: 'equal-shares',
      utility,
      completion: declared.includes('/add1') ? 'add1' : 'none',
      add1Start: 'floor',
      add1Stop: 'overspend',
      ties: RECOMMENDED,
      ...(declared.endsWith('-comparison') ? { compareWithGreedy: true } : {}),
    };
    return { rule, election };
  }
  const threshold = Number(meta.get('min_project_score_threshold') ?? '') * pointScale;
  const noSkip = declared === 'greedy-no-skip' || declared === 'greedy-custom';
  const rule: GreedyRule = {
    kind: 'greedy',
    utility,
    ties: FILE_ORDER,
    unsupported: 'fund',
    ...(noSkip ? { walk: 'no-skip' as const } : {}),
    ...(threshold > 0 ? { threshold } : {}),
  };
  if (meta.get('fully_funded') !== '1') return { rule, election };
  const total = election.projects.reduce((sum, { cost }) => sum + cost, 0n);
  const budget = total > election.budget ? total : election.budget;
  return { rule, election: { ...election, budget } };
}
