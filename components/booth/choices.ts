import type { AllocateContest, Contest } from '@/lib/rounds/manifest';
import type { Answer, Answers } from './types';

/** Answers to the contests while they are being chosen: what they cost, what is wrong with them. */

/** As it was when the voter wanted to go on. */
export interface ChoiceProblem {
  readonly contest: string;
  readonly problem: 'unanswered' | 'over-budget';
  /** Céntimos above the envelope; 0 when that is not the problem. */
  readonly overCents: number;
}

const NO_ANSWER: Answer = { picks: [], blank: false };

export function answerOf(answers: Answers, contest: string): Answer {
  return answers[contest] ?? NO_ANSWER;
}

/** Céntimos of everything picked in an allocation. */
export function spentCents(contest: AllocateContest, answer: Answer): number {
  return contest.proposals
    .filter((proposal) => answer.picks.includes(proposal.id))
    .reduce((sum, proposal) => sum + proposal.costCents, 0);
}

/** What must be mended before this contest can be sent; null when it is in order. */
export function problemOf(contest: Contest, answers: Answers): ChoiceProblem | null {
  const answer = answerOf(answers, contest.id);
  if (answer.blank) return null;
  if (answer.picks.length === 0) {
    return { contest: contest.id, problem: 'unanswered', overCents: 0 };
  }
  if (contest.kind === 'rank') return null;
  const overCents = spentCents(contest, answer) - contest.envelopeCents;
  return overCents > 0 ? { contest: contest.id, problem: 'over-budget', overCents } : null;
}

/** Picks or drops an option; a full list takes no more. */
export function toggled(answer: Answer, contest: Contest, option: string): Answer {
  if (answer.picks.includes(option)) {
    return { ...answer, picks: answer.picks.filter((pick) => pick !== option) };
  }
  if (contest.kind === 'rank' && answer.picks.length >= contest.maxRanked) return answer;
  return { picks: [...answer.picks, option], blank: false };
}

/** Moves a ranked option one place, when there is one. */
export function moved(answer: Answer, option: string, by: -1 | 1): Answer {
  const from = answer.picks.indexOf(option);
  const to = from + by;
  const other = answer.picks[to];
  if (from < 0 || other === undefined) return answer;
  const picks = [...answer.picks];
  picks[to] = option;
  picks[from] = other;
  return { ...answer, picks };
}
