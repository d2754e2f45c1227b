/** Shapes that go into and come out of the count. Pure data, no I/O, nothing but this folder. */

/** What a ballot says: a set of projects, an order of preference (best first), or points. */
export type BallotKind = 'approval' | 'ranking' | 'points';

/** A project, a proposal, or (for rankings without money) a plan row with cost 0. */
export interface Project {
  readonly id: string;
  /** Integer units (céntimos in Minka): exact, never negative. */
  readonly cost: bigint;
  readonly district: string | null;
  readonly categories: readonly string[];
}

/**
 * All ballots, identical ones grouped, in columns. `entries[starts[g] .. starts[g + 1])` are the
 * project indexes of group `g`: ascending for approval and points, best first for rankings.
 */
export interface Profile {
  readonly kind: BallotKind;
  /** Ballots, empty ones included: an empty ballot is a voter who supports nothing. */
  readonly voters: number;
  readonly groups: number;
  /** Ballots in each group. */
  readonly counts: Uint32Array;
  readonly starts: Uint32Array;
  readonly entries: Uint32Array;
  /** Integer points beside `entries`; null unless `kind` is `points`. */
  readonly points: Float64Array | null;
  /** District of each group as an index into `districtNames`; null when ballots carry none. */
  readonly districts: Uint16Array | null;
  readonly districtNames: readonly string[];
}

/** One contest, ready to be counted. Build it with `buildElection`. */
export interface Election {
  /** In official order (the order of the file or of the ballot paper): `file-order` ties use it. */
  readonly projects: readonly Project[];
  /** Integer units. */
  readonly budget: bigint;
  /** Integer units in one unit of currency (100 for céntimos): floor and step of Add1. */
  readonly unitsPerCurrency: bigint;
  readonly profile: Profile;
}

/** `lot:<seed>` is a drawn order anyone can recompute; see `ties.ts`. */
export type TieCriterion = 'file-order' | 'project-id' | 'min-cost' | 'max-votes' | `lot:${string}`;

/** Applied in order; the last must separate everything: `file-order`, `project-id` or a lot. */
export type TieRule = readonly TieCriterion[];

/**
 * What a voter gets from a funded project on the ballot: its cost, one, the points given, points
 * times cost, or pabutools' Borda (last of a ballot of k gets 0). Points of a ranking are k … 1.
 */
export type Utility = 'cost' | 'cardinality' | 'points' | 'points-cost' | 'borda';

export type Completion = 'none' | 'greedy' | 'add1' | 'add1+greedy';

/** Positional ranking without money. */
export interface BordaRule {
  readonly kind: 'borda';
  /**
   * K: the first of K slots gets K, the second K − 1, … · `ballot-length`: the first of a ballot of
   * k gets k, the last 1 · a list: what each place gets, such as [4, 3, 2, 1] or [10, 5, 3, 2, 1].
   */
  readonly slots: number | 'ballot-length' | readonly number[];
  readonly ties: TieRule;
}

/** Upper bounds on what the funded projects of one category or district may cost, in units. */
export interface Ceilings {
  readonly categories?: Readonly<Record<string, Exact>>;
  readonly districts?: Readonly<Record<string, Exact>>;
}

/** Walk down the scores once; see `greedy.ts`. */
export interface GreedyRule {
  readonly kind: 'greedy';
  readonly utility: Utility;
  readonly ties: TieRule;
  /** What does not fit is skipped (default), or ends the walk. */
  readonly walk?: 'skip' | 'no-skip';
  /** Projects with a lower score are left out; the score itself passes. */
  readonly threshold?: number;
  readonly ceilings?: Ceilings;
  /** Sets of projects of which at most one is funded (one site, two designs). */
  readonly conflicts?: readonly (readonly string[])[];
  /**
   * What happens to the money left after a walk without skipping: nothing (default), or the next
   * ones that fit. `partial` pays the best project left with all that is left, in either walk.
   */
  readonly leftover?: 'none' | 'next-that-fits' | 'partial';
  /** A project nobody supports is left out (default), or funded last if it fits, as pabutools does. */
  readonly unsupported?: 'leave' | 'fund';
}

/** Method of Equal Shares; see `equal-shares.ts`. */
export interface EqualSharesRule {
  readonly kind: 'equal-shares';
  readonly utility: Utility;
  readonly completion: Completion;
  /** Whole units of currency per voter (`floor`, official) or exactly budget ÷ voters. */
  readonly add1Start: 'floor' | 'exact';
  /** Stop before overspending (official), or also as soon as nothing more fits. */
  readonly add1Stop: 'overspend' | 'exhaustive';
  readonly ties: TieRule;
  /**
   * Fund greedy's choice instead if strictly more voters have more funded projects on their ballot
   * with it (the comparison step of Wieliczka).
   */
  readonly compareWithGreedy?: boolean;
  /**
   * Share of the money that belongs to the voters of each district, in any common unit; voters of
   * districts that are not named get none. Absent: everybody the same.
   */
  readonly endowments?: Readonly<Record<string, Exact>>;
  /** As in `GreedyRule`, for the greedy completion. */
  readonly unsupported?: 'leave' | 'fund';
}

/** Sequential Phragmén; see `phragmen.ts`. */
export interface PhragmenRule {
  readonly kind: 'phragmen';
  /** The first project that no longer fits ends the count (default, literature), or is skipped. */
  readonly overshoot?: 'stop' | 'skip';
  readonly ties: TieRule;
  readonly unsupported?: 'leave' | 'fund';
}

/** Maximin support (generalised sequential Phragmén); see `maximin-support.ts`. */
export interface MaximinSupportRule {
  readonly kind: 'maximin-support';
  readonly ties: TieRule;
}

/** The set with the highest total utility; see `max-welfare.ts`. */
export interface MaxWelfareRule {
  readonly kind: 'max-welfare';
  readonly utility: Utility;
  /** Between sets of equal welfare: the one with the project that this puts first, then the next. */
  readonly ties: TieRule;
}

export type RankingRule = BordaRule;
export type FundingRule =
  GreedyRule | EqualSharesRule | PhragmenRule | MaximinSupportRule | MaxWelfareRule;
export type Rule = RankingRule | FundingRule;

/** Exact rational as text: "176" or "35200/3". Units as the field says. */
export type Exact = string;

/** Projects that the rule could not tell apart, and what separated them. */
export interface Tie {
  /** Place in the order of purchase (or in the ranking) that was at stake, from 1. */
  readonly place: number;
  /** In official order. */
  readonly tied: readonly string[];
  readonly chosen: string;
  readonly decidedBy: TieCriterion;
  /** False when every tied project was funded anyway. */
  readonly mattered: boolean;
}

export interface Funded {
  readonly status: 'funded';
  /** From 1, order of purchase. */
  readonly order: number;
  readonly phase: 'main' | 'completion';
  /** Equal Shares: how the supporters paid. Null where nobody pays (greedy and completion). */
  readonly payment: Payment | null;
}

export interface Payment {
  /** Supporters who still had money. */
  readonly payers: number;
  /** Of them, those who paid with all they had left, less than the others. */
  readonly paidAll: number;
  /** The most one supporter paid, in units; per point where the utility counts points. */
  readonly most: Exact;
  /** Cost ÷ most: as many full supporters as this would have paid for it. */
  readonly effectiveVotes: Exact;
}

/** Why a project was not funded; amounts in units. */
export type NotFundedReason =
  | { readonly reason: 'above-envelope'; readonly budget: Exact }
  | { readonly reason: 'unsupported' }
  /** Greedy: when its turn came there was less left than it costs. */
  | { readonly reason: 'no-money-left'; readonly left: Exact; readonly missing: Exact }
  /** Equal Shares: what its supporters still had, together, when it fell out. */
  | {
      readonly reason: 'supporters-spent';
      readonly afterPurchases: number;
      readonly left: Exact;
      readonly missing: Exact;
    }
  | { readonly reason: 'below-threshold'; readonly score: Exact; readonly threshold: Exact }
  /** A walk without skipping had ended before its turn, at this project. */
  | { readonly reason: 'walk-ended'; readonly endedBy: string }
  | { readonly reason: 'category-full'; readonly category: string; readonly left: Exact }
  | { readonly reason: 'district-full'; readonly district: string; readonly left: Exact }
  | { readonly reason: 'conflict'; readonly with: string }
  /** Max welfare: the best set does without it. */
  | { readonly reason: 'not-in-best-set' };

export interface NotFunded {
  readonly status: 'not-funded';
  /** One per phase in which it was considered, in order. */
  readonly reasons: readonly NotFundedReason[];
  /** Money left over that pays part of it. */
  readonly partly?: Exact;
}

export interface ProjectOutcome {
  readonly id: string;
  readonly cost: Exact;
  /** Ballots that name it. */
  readonly votes: number;
  /** Points, positional score or votes, as the rule counts them. */
  readonly score: Exact;
  readonly outcome: Funded | NotFunded;
}

/** The comparison step: how many voters have more funded projects on their ballot, with which. */
export interface Comparison {
  readonly preferEqualShares: number;
  readonly preferGreedy: number;
  readonly greedyWinners: readonly string[];
  readonly chosen: 'equal-shares' | 'greedy';
}

/** How Add1 ended. */
export interface Add1Info {
  /** What each voter held in the run that counts, in units. */
  readonly endowment: Exact;
  readonly startEndowment: Exact;
  readonly steps: number;
  readonly stoppedBy: 'overspend' | 'exhaustive' | 'everything-bought';
}

/** Serialisable as JSON. Amounts are exact decimal or fraction texts in integer units. */
export interface FundingResult {
  readonly kind: 'funding';
  readonly engine: string;
  readonly rule: FundingRule;
  readonly budget: Exact;
  readonly unitsPerCurrency: number;
  readonly voters: number;
  readonly cost: Exact;
  readonly left: Exact;
  /** Ids in order of purchase. */
  readonly winners: readonly string[];
  /** In official order. */
  readonly projects: readonly ProjectOutcome[];
  readonly ties: readonly Tie[];
  readonly add1: Add1Info | null;
  readonly comparison?: Comparison;
  /** Max welfare: the welfare of the funded set. */
  readonly welfare?: Exact;
  /** How often a decision was too close for floats and was taken in exact rationals. */
  readonly exactFallbacks: number;
}

export interface RankingPlace {
  readonly id: string;
  /** From 1; no shared places, ties are broken and reported. */
  readonly place: number;
  readonly score: number;
  /** Ballots that put it first, second, … */
  readonly places: readonly number[];
  readonly votes: number;
}

export interface RankingResult {
  readonly kind: 'ranking';
  readonly engine: string;
  readonly rule: RankingRule;
  readonly voters: number;
  /** Best first. */
  readonly ranking: readonly RankingPlace[];
  readonly ties: readonly Tie[];
}

export type TallyResult = FundingResult | RankingResult;
