import type { Add1Info, Comparison, Rule, TieCriterion } from '../types';

/** What another rule would have done, projects by their titles. */
export interface InsteadWords {
  readonly rule: 'greedy' | 'equal-shares';
  readonly onlyHere: readonly string[];
  readonly onlyThere: readonly string[];
  readonly betterHere: number;
  readonly betterThere: number;
  readonly same: number;
}

/** What an explanation can say, in one language. Amounts arrive printed. */
export interface Sentences {
  readonly spent: (winners: number, cost: string, budget: string, left: string) => string;
  /** What the rule does, with its parameters, for somebody who reads about it for the first time. */
  readonly rule: (
    rule: Rule,
    money: (exact: string) => string,
    part: (name: string) => string,
  ) => readonly string[];
  readonly add1: (endowment: string, stoppedBy: Add1Info['stoppedBy']) => string;
  readonly votes: (votes: number) => string;
  readonly points: (points: number) => string;
  readonly funded: (order: number, support: string, cost: string) => string;
  readonly fundedWithTheRest: (order: number, votes: number, cost: string) => string;
  readonly bought: (order: number, payers: number, cost: string, most: string) => string;
  readonly paidAll: (voters: number) => string;
  readonly effectiveVotes: (votes: number) => string;
  readonly aboveEnvelope: (cost: string, budget: string) => string;
  readonly unsupported: string;
  readonly noMoneyLeft: (cost: string, left: string, missing: string) => string;
  readonly supportersSpent: (
    afterPurchases: number,
    cost: string,
    left: string,
    /** What was left for the completion and how much it lacked; null where it had no turn there. */
    atTheEnd: { readonly left: string; readonly missing: string } | null,
  ) => string;
  readonly belowThreshold: (score: number, threshold: number) => string;
  readonly walkEnded: (endedBy: string) => string;
  readonly ceilingReached: (of: string, cost: string, left: string) => string;
  readonly conflict: (rival: string) => string;
  readonly notInBestSet: string;
  readonly partly: (amount: string) => string;
  readonly moreSupporters: (voters: number) => string;
  readonly noNumberOfSupporters: string;
  readonly fundedAtCost: (cost: string, cheaperBy: string) => string;
  readonly noCost: string;
  readonly instead: (instead: InsteadWords) => readonly string[];
  readonly comparison: (
    preferEqualShares: number,
    preferGreedy: number,
    chosen: Comparison['chosen'],
  ) => string;
  readonly ranked: (voters: number) => string;
  readonly place: (place: number, score: number, places: readonly number[]) => string;
  readonly tie: (tied: readonly string[], chosen: string, decidedBy: TieCriterion) => string;
}
