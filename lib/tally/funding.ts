import { at } from './at';
import { greedyContest, walkGreedy } from './greedy';
import type {
  Election,
  FundingResult,
  FundingRule,
  GreedyRule,
  NotFundedReason,
  ProjectOutcome,
  Tie,
} from './types';

/** What a rule that simply funds a list of projects has found out. */
export interface Found {
  readonly rule: FundingRule;
  readonly votes: Float64Array;
  readonly scores: ArrayLike<number>;
  /** In order of purchase. */
  readonly bought: readonly number[];
  readonly reasons: ReadonlyMap<number, NotFundedReason>;
  readonly partly?: { readonly project: number; readonly amount: bigint } | null;
  readonly ties: readonly Tie[];
  readonly exactFallbacks?: number;
}

/** The result of a rule in which nobody pays in person. */
export function fundingResult(election: Election, found: Found): Omit<FundingResult, 'engine'> {
  const { bought, reasons, partly = null } = found;
  const orderOf = new Map(bought.map((c, i) => [c, i + 1]));
  const cost = bought.reduce(
    (sum, c) => sum + at(election.projects, c).cost,
    partly === null ? 0n : partly.amount,
  );
  return {
    kind: 'funding',
    rule: found.rule,
    budget: election.budget.toString(),
    unitsPerCurrency: Number(election.unitsPerCurrency),
    voters: election.profile.voters,
    cost: cost.toString(),
    left: (election.budget - cost).toString(),
    winners: bought.map((c) => at(election.projects, c).id),
    projects: election.projects.map((project, c): ProjectOutcome => {
      const order = orderOf.get(c);
      return {
        id: project.id,
        cost: project.cost.toString(),
        votes: Number(found.votes[c]),
        score: String(found.scores[c]),
        outcome:
          order === undefined
            ? {
                status: 'not-funded',
                reasons: [reasons.get(c)].filter((reason) => reason !== undefined),
                ...(partly?.project === c ? { partly: partly.amount.toString() } : {}),
              }
            : { status: 'funded', order, phase: 'main', payment: null },
      };
    }),
    ties: found.ties,
    add1: null,
    exactFallbacks: found.exactFallbacks ?? 0,
  };
}

/** Greedy as a rule of its own. */
export function countGreedy(election: Election, rule: GreedyRule): Omit<FundingResult, 'engine'> {
  const contest = greedyContest(election, rule.utility, rule.ties);
  const walk = walkGreedy(contest, election.budget, rule);
  return fundingResult(election, { rule, votes: contest.votes, scores: contest.scores, ...walk });
}
