import { approximate, floorExact } from './fraction';
import { en } from './sentences/en';
import { es } from './sentences/es';
import type { Sentences } from './sentences/sentences';
import type {
  FundingResult,
  NotFundedReason,
  ProjectOutcome,
  RankingResult,
  Rule,
  TallyResult,
} from './types';

export type ExplainLocale = 'es' | 'en';

export interface ExplainOptions {
  readonly locale: ExplainLocale;
  /** What to call a project; its id if absent. */
  readonly title?: (id: string) => string;
  /** How to print whole units of money; plain digits in units of currency if absent. */
  readonly money?: (units: bigint) => string;
}

export interface Explanation {
  /** How the count went, as a whole. */
  readonly summary: readonly string[];
  /** Per project, in the order of the result. */
  readonly projects: readonly { readonly id: string; readonly sentences: readonly string[] }[];
  /** One per tie that the tie rule decided. */
  readonly ties: readonly string[];
}

const LOCALES: Record<ExplainLocale, Sentences> = { es, en };

/** A rule in one paragraph, for somebody who reads about it for the first time. */
export const explainRule = (kind: Rule['kind'], locale: ExplainLocale): string =>
  LOCALES[locale].howItWorks[kind];

/** What an explanation speaks with: its language, and how to name projects and money. */
interface Voice {
  readonly say: Sentences;
  readonly title: (id: string) => string;
  readonly money: (exact: string) => string;
}

/**
 * The sentences a result page prints: why each project was funded or not, in plain words.
 * Amounts that are fractions of a unit are printed rounded down; the result keeps them exact.
 */
export function explain(result: TallyResult, options: ExplainOptions): Explanation {
  const say = LOCALES[options.locale];
  const title = options.title ?? ((id: string) => id);
  if (result.kind === 'ranking') return explainRanking(result, { say, title, money: String });
  const units = BigInt(result.unitsPerCurrency);
  const print = options.money ?? ((amount: bigint) => plainMoney(amount, units));
  return explainFunding(result, { say, title, money: (exact) => print(floorExact(exact)) });
}

/** "1250.5" for 125050 céntimos. */
function plainMoney(amount: bigint, units: bigint): string {
  return (Number(amount) / Number(units)).toString();
}

function explainFunding(result: FundingResult, voice: Voice): Explanation {
  const { say, money, title } = voice;
  const summary = [
    say.spent(result.winners.length, money(result.cost), money(result.budget), money(result.left)),
    say.howItWorks[result.rule.kind],
  ];
  if (result.add1 !== null) {
    summary.push(say.add1(money(result.add1.endowment), result.add1.stoppedBy));
  }
  if (result.comparison !== undefined) {
    const { preferEqualShares, preferGreedy, chosen } = result.comparison;
    summary.push(say.comparison(preferEqualShares, preferGreedy, chosen));
  }
  return {
    summary,
    projects: result.projects.map((project) => ({
      id: project.id,
      sentences: outcomeSentences(project, voice),
    })),
    ties: result.ties.map(({ tied, chosen, decidedBy }) =>
      say.tie(tied.map(title), title(chosen), decidedBy),
    ),
  };
}

function outcomeSentences({ cost, votes, score, outcome }: ProjectOutcome, voice: Voice): string[] {
  const { say, money } = voice;
  if (outcome.status === 'not-funded') {
    const sentences = outcome.reasons.map((reason) => reasonSentence(reason, cost, voice));
    if (outcome.partly !== undefined) sentences.push(say.partly(money(outcome.partly)));
    return sentences;
  }
  const { order, phase, payment } = outcome;
  if (payment === null) {
    return [
      phase === 'completion'
        ? say.fundedWithTheRest(order, votes, money(cost))
        : say.funded(order, support(score, votes, say), money(cost)),
    ];
  }
  const sentences = [say.bought(order, payment.payers, money(cost), money(payment.most))];
  if (payment.paidAll > 0) sentences.push(say.paidAll(payment.paidAll));
  sentences.push(say.effectiveVotes(approximate(payment.effectiveVotes)));
  return sentences;
}

const support = (score: string, votes: number, say: Sentences): string =>
  Number(score) === votes ? say.votes(votes) : say.points(Number(score));

function reasonSentence(
  reason: NotFundedReason,
  cost: string,
  { say, money, title }: Voice,
): string {
  switch (reason.reason) {
    case 'above-envelope':
      return say.aboveEnvelope(money(cost), money(reason.budget));
    case 'unsupported':
      return say.unsupported;
    case 'no-money-left':
      return say.noMoneyLeft(money(cost), money(reason.left), money(reason.missing));
    case 'supporters-spent':
      return say.supportersSpent(reason.afterPurchases, money(cost), money(reason.left));
    case 'below-threshold':
      return say.belowThreshold(Number(reason.score), Number(reason.threshold));
    case 'walk-ended':
      return say.walkEnded(title(reason.endedBy));
    case 'category-full':
      return say.ceilingReached(reason.category, money(cost), money(reason.left));
    case 'district-full':
      return say.ceilingReached(reason.district, money(cost), money(reason.left));
    case 'conflict':
      return say.conflict(title(reason.with));
    case 'not-in-best-set':
      return say.notInBestSet;
  }
}

function explainRanking(result: RankingResult, { say, title }: Voice): Explanation {
  return {
    summary: [say.ranked(result.voters), say.howItWorks[result.rule.kind]],
    projects: result.ranking.map(({ id, place, score, places }) => ({
      id,
      sentences: [say.place(place, score, places)],
    })),
    ties: result.ties.map(({ tied, chosen, decidedBy }) =>
      say.tie(tied.map(title), title(chosen), decidedBy),
    ),
  };
}
