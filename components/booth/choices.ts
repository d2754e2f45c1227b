import { mostPicks } from '@/lib/rounds/contests';
import type { AllocateContest, Contest } from '@/lib/rounds/manifest';
import type { Answer, Answers } from './types';

/** Answers to the contests while they are being chosen: what they cost, what is wrong with them. */

/** As it was when the voter wanted to go on. */
export interface ChoiceProblem {
  readonly contest: string;
  readonly problem: 'unanswered' | 'too-many-picked' | 'over-budget';
  /** Picks or céntimos above what is allowed; 0 when that is not the problem. */
  readonly over: number;
}

const NO_ANSWER: Answer = { picks: [], blank: false };

export function answerOf(answers: Answers, contest: string): Answer {
  return answers[contest] ?? NO_ANSWER;
}

/** Whether anything was marked at all: a blank part is a mark too. */
export function hasMarks(answers: Answers): boolean {
  return Object.values(answers).some(({ picks, blank }) => blank || picks.length > 0);
}

/** Céntimos of everything picked in an allocation. */
export function spentCents(contest: AllocateContest, answer: Answer): number {
  return contest.proposals
    .filter((proposal) => answer.picks.includes(proposal.id))
    .reduce((sum, proposal) => sum + proposal.costCents, 0);
}

/** Picks of an allocation beyond what the rules of the round allow. */
export function excessPicks(contest: AllocateContest, answer: Answer): number {
  return Math.max(0, answer.picks.length - mostPicks(contest));
}

/** What must be mended before this contest can be sent; empty when it is in order. */
export function problemsOf(contest: Contest, answers: Answers): readonly ChoiceProblem[] {
  const answer = answerOf(answers, contest.id);
  if (answer.blank) return [];
  if (answer.picks.length === 0) return [{ contest: contest.id, problem: 'unanswered', over: 0 }];
  if (contest.kind === 'rank') return [];
  const problems: readonly ChoiceProblem[] = [
    { contest: contest.id, problem: 'too-many-picked', over: excessPicks(contest, answer) },
    {
      contest: contest.id,
      problem: 'over-budget',
      over: spentCents(contest, answer) - contest.envelopeCents,
    },
  ];
  return problems.filter(({ over }) => over > 0);
}

/**
 * Picks or drops an option. A full list of ranks takes no more; proposals may be ticked beyond money
 * and number while choosing, and `problemsOf` says what to take back before going on.
 */
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
