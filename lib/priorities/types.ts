import type { ByDimension } from '@/lib/results/types';
import type { DimensionId } from '@/lib/plan/types';
import type { PriorityDocument } from './document';
import type { Exact } from './ratio';

/** One hundred per cent in basis points. */
export const WHOLE_BP = 10_000;

/** The parameters of steps 1 and 2, all integers; stored with every proposal and shown. */
export interface PriorityRule {
  /** ω: how much of a district's weight is its population; the rest is its need. Basis points. */
  readonly populationShareBp: number;
  /** Under this many valid ballots a district's voice is drawn towards the province's. */
  readonly fewBallots: number;
  /** α: how much of next year's weight is the new voice; the rest is this year's weight. */
  readonly alphaBp: number;
  /** No dimension below this, none above that. Basis points. */
  readonly floorBp: number;
  readonly capBp: number;
}

export const DEFAULT_RULE: PriorityRule = {
  populationShareBp: 5_000,
  fewBallots: 30,
  alphaBp: 5_000,
  floorBp: 1_000,
  capBp: 5_000,
};

/** What the residents of one district group said, and who they are. */
export interface GroupVotes {
  readonly id: string;
  readonly name: string;
  readonly districts: readonly string[];
  /** People. */
  readonly population: number;
  /** Population × poverty, in people × tenths of a per cent: a district of 1 000 at 6.6 % is 66 000. */
  readonly need: number;
  /** Ballots that said something in the contest measured: blank ones have no voice here. */
  readonly ballots: number;
  /** Ranking points or céntimos given to each dimension. */
  readonly votes: ByDimension<number>;
}

export interface GroupVoice extends GroupVotes {
  readonly populationShare: Exact;
  readonly needShare: Exact;
  /** ω, the group's weight in the province; the weights of all groups add up to 1. */
  readonly weight: Exact;
  /** v: shares of the group's own votes; null when it gave none. */
  readonly share: ByDimension<Exact> | null;
  /** v′: what counts. Equal to `share` unless the ballots were few. */
  readonly voice: ByDimension<Exact>;
  readonly fewBallots: boolean;
}

/** Step 1 with every intermediate number. */
export interface Voice {
  readonly groups: readonly GroupVoice[];
  readonly province: {
    readonly ballots: number;
    readonly votes: ByDimension<number>;
    readonly share: ByDimension<Exact>;
  };
  /** S: the corrected voice of the province; adds up to 1. */
  readonly voice: ByDimension<Exact>;
}

/** Step 2 with every intermediate number. */
export interface NextWeights {
  readonly current: ByDimension<number>;
  /** (1 − α)·w + α·S */
  readonly blended: ByDimension<Exact>;
  /** Which dimensions a bound holds. */
  readonly held: ByDimension<'floor' | 'cap' | null>;
  /** What those not held were multiplied by, so that all add up to 1; null when all are held. */
  readonly factor: Exact | null;
  readonly exact: ByDimension<Exact>;
  /** Basis points, sum 10 000. */
  readonly weightsBp: ByDimension<number>;
}

export interface Decision {
  readonly dimension: DimensionId;
  readonly proposedBp: number;
  readonly adoptedBp: number;
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

/** A proposal with what became of it: everything the council's pages and the trail show. */
export interface PriorityView {
  readonly id: string;
  readonly roundId: string;
  readonly cycleId: string;
  readonly nextCycle: {
    readonly id: string;
    readonly fiscalYear: number;
    readonly ceilingCents: number;
  };
  readonly document: PriorityDocument;
  readonly documentHash: string;
  readonly createdAt: Date;
  readonly decisions: readonly Decision[];
  readonly adoption: { readonly adoptedBy: string; readonly adoptedAt: Date } | null;
  /** The revision that replaced it before adoption. */
  readonly supersededBy: string | null;
  /** Céntimos of the next cycle's default envelopes; null before adoption. */
  readonly envelopes: ByDimension<number> | null;
}
