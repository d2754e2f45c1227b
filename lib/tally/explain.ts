import { approximate, floorExact } from './fraction';
import { en } from './sentences/en';
import { es } from './sentences/es';
import type { InsteadWords, Sentences } from './sentences/sentences';
import type { Instead } from './instead';
import type {
  Funded,
  FundingResult,
  NotFunded,
  NotFundedReason,
  ProjectOutcome,
  RankingPlace,
  RankingResult,
  Rule,
  TallyResult,
} from './types';
import type { WhatIf } from './what-if';

export type ExplainLocale = 'es' | 'en';

export interface ExplainOptions {
  readonly locale: ExplainLocale;
  /** What to call a project; its id if absent. */
  readonly title?: (id: string) => string;
  /** What to call a category or district; its name in the election if absent. */
  readonly part?: (name: string) => string;
  /** How to print whole units of money; plain digits in units of currency if absent. */
  readonly money?: (units: bigint) => string;
  /** What would have funded the losers (`whatIf`), as far as it has been counted. */
  readonly whatIf?: readonly WhatIf[];
  /** What another rule would have funded (`insteadOf`), if it has been counted. */
  readonly instead?: Instead;
}

/** Why a project was funded or not, for programs and for people. */
export interface ExplainedProject {
  readonly id: string;
  readonly outcome: Funded | NotFunded | RankingPlace;
  readonly whatIf?: WhatIf;
  readonly sentences: readonly string[];
}

export interface Explanation {
  /** How the count went, as a whole: what was spent, the rule, then what happened in this count. */
  readonly summary: readonly string[];
  /** In the order of the result. */
  readonly projects: readonly ExplainedProject[];
  /** One per tie that the tie rule decided. */
  readonly ties: readonly string[];
  /** What another rule would have funded and who is better off; empty where nobody asked. */
  readonly instead: readonly string[];
}

const LOCALES: Record<ExplainLocale, Sentences> = { es, en };

/**
 * What a rule does, with its parameters, in one paragraph for somebody who reads about it for the
 * first time. `money` prints amounts of the rule (ceilings), `part` names categories and districts.
 */
export function explainRule(
  rule: Rule,
  locale: ExplainLocale,
  { money = String, part = String }: Pick<ExplainOptions, 'money' | 'part'> = {},
): string {
  return LOCALES[locale].rule(rule, (exact) => money(floorExact(exact)), part).join(' ');
}

/** What an explanation speaks with: its language, and how to name projects and money. */
interface Voice {
  readonly say: Sentences;
  readonly title: (id: string) => string;
  readonly part: (name: string) => string;
  readonly money: (exact: string) => string;
}

/**
 * The sentences a result page prints: why each project was funded or not, in plain words.
 * Amounts that are fractions of a unit are printed rounded down; the result keeps them exact.
 */
export function explain(result: TallyResult, options: ExplainOptions): Explanation {
  const say = LOCALES[options.locale];
  const title = options.title ?? ((id: string) => id);
  if (result.kind === 'ranking') return explainRanking(result, { say, title });
  const units = BigInt(result.unitsPerCurrency);
  const print = options.money ?? ((amount: bigint) => plainMoney(amount, units));
  const part = options.part ?? ((name: string) => name);
  const voice = { say, title, part, money: (exact: string) => print(floorExact(exact)) };
  return explainFunding(result, voice, options);
}

/** "1250.5" for 125050 céntimos. */
function plainMoney(amount: bigint, units: bigint): string {
  return (Number(amount) / Number(units)).toString();
}

function explainFunding(
  result: FundingResult,
  voice: Voice,
  { whatIf = [], instead }: ExplainOptions,
): Explanation {
  const { say, money, title, part } = voice;
  const summary = [
    say.spent(result.winners.length, money(result.cost), money(result.budget), money(result.left)),
    say.rule(result.rule, money, part).join(' '),
  ];
  if (result.add1 !== null) {
    summary.push(say.add1(money(result.add1.endowment), result.add1.stoppedBy));
  }
  if (result.comparison !== undefined) {
    const { preferEqualShares, preferGreedy, chosen } = result.comparison;
    summary.push(say.comparison(preferEqualShares, preferGreedy, chosen));
  }
  const asked = new Map(whatIf.map((answer) => [answer.id, answer]));
  return {
    summary,
    projects: result.projects.map((project): ExplainedProject => {
      const answer = asked.get(project.id);
      const sentences = outcomeSentences(project, voice);
      const { id, outcome } = project;
      if (answer === undefined) return { id, outcome, sentences };
      sentences.push(...whatIfSentences(answer, project.cost, voice));
      return { id, outcome, whatIf: answer, sentences };
    }),
    ties: result.ties.map(({ tied, chosen, decidedBy }) =>
      say.tie(tied.map(title), title(chosen), decidedBy),
    ),
    instead: instead === undefined ? [] : say.instead(inWords(instead, title)),
  };
}

const inWords = (instead: Instead, title: Voice['title']): InsteadWords => ({
  rule: instead.rule.kind,
  onlyHere: instead.onlyFirst.map(title),
  onlyThere: instead.onlySecond.map(title),
  betterHere: instead.betterWithFirst,
  betterThere: instead.betterWithSecond,
  same: instead.same,
});

function whatIfSentences(
  { moreSupporters, fundedAtCost }: WhatIf,
  cost: string,
  { say, money }: Voice,
): string[] {
  return [
    moreSupporters === null ? say.noNumberOfSupporters : say.moreSupporters(moreSupporters),
    fundedAtCost === null
      ? say.noCost
      : say.fundedAtCost(
          money(fundedAtCost),
          money((BigInt(cost) - BigInt(fundedAtCost)).toString()),
        ),
  ];
}

function outcomeSentences({ cost, votes, score, outcome }: ProjectOutcome, voice: Voice): string[] {
  const { say, money } = voice;
  if (outcome.status === 'not-funded') {
    const sentences = lossSentences(outcome.reasons, cost, voice);
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

/** Money spent first and too little left at the end are one story, not two. */
function lossSentences(reasons: readonly NotFundedReason[], cost: string, voice: Voice): string[] {
  const [first, second] = reasons;
  if (first?.reason !== 'supporters-spent' || second?.reason !== 'no-money-left') {
    return reasons.map((reason) => reasonSentence(reason, cost, voice));
  }
  const { say, money } = voice;
  const atTheEnd = { left: money(second.left), missing: money(second.missing) };
  return [say.supportersSpent(first.afterPurchases, money(cost), money(first.left), atTheEnd)];
}

function reasonSentence(
  reason: NotFundedReason,
  cost: string,
  { say, money, title, part }: Voice,
): string {
  switch (reason.reason) {
    case 'above-envelope':
      return say.aboveEnvelope(money(cost), money(reason.budget));
    case 'unsupported':
      return say.unsupported;
    case 'no-money-left':
      return say.noMoneyLeft(money(cost), money(reason.left), money(reason.missing));
    case 'supporters-spent':
      return say.supportersSpent(reason.afterPurchases, money(cost), money(reason.left), null);
    case 'below-threshold':
      return say.belowThreshold(Number(reason.score), Number(reason.threshold));
    case 'walk-ended':
      return say.walkEnded(title(reason.endedBy));
    case 'category-full':
      return say.ceilingReached(part(reason.category), money(cost), money(reason.left));
    case 'district-full':
      return say.ceilingReached(part(reason.district), money(cost), money(reason.left));
    case 'conflict':
      return say.conflict(title(reason.with));
    case 'not-in-best-set':
      return say.notInBestSet;
  }
}

function explainRanking(
  result: RankingResult,
  { say, title }: Pick<Voice, 'say' | 'title'>,
): Explanation {
  return {
    summary: [say.ranked(result.voters), say.rule(result.rule, String, String).join(' ')],
    projects: result.ranking.map((outcome) => ({
      id: outcome.id,
      outcome,
      sentences: [say.place(outcome.place, outcome.score, outcome.places)],
    })),
    ties: result.ties.map(({ tied, chosen, decidedBy }) =>
      say.tie(tied.map(title), title(chosen), decidedBy),
    ),
    instead: [],
  };
}
