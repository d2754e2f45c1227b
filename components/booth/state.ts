import { readRecoveryCode } from '@/lib/ballots/recovery-code';
import { contestsFor } from '@/lib/rounds/contests';
import type { Contest, Manifest } from '@/lib/rounds/manifest';
import { withoutSeparators } from '@/lib/shared/crockford';
import type { StopReason } from './activate';
import { answerOf, hasMarks, moved, problemsOf, toggled, type ChoiceProblem } from './choices';
import type { RefusedReason, Trouble } from './send';
import type { Answer, Answers, Counted, StoredVote } from './types';

/** The booth as a pure machine: what is on the screen, what was chosen, what is wrong with it. */

/** The steps between which the voter walks freely; each has its name in the address. */
export type Place = 'start' | 'review' | number;

export type Stage =
  | { readonly name: 'opening' }
  | { readonly name: 'stopped'; readonly reason: StopReason }
  /** Verified, and nothing made yet: with a recovery code, or without. */
  | { readonly name: 'activate' }
  /** The code is on the screen, to be copied to paper before anything is asked for. */
  | { readonly name: 'note-code'; readonly code: string }
  /** A code from paper is being typed. */
  | { readonly name: 'recover'; readonly problem: 'empty' | 'wrong' | null }
  | { readonly name: 'activating'; readonly code: string | null }
  | { readonly name: 'start' }
  | { readonly name: 'choose'; readonly step: number; readonly forReview: boolean }
  | { readonly name: 'review' }
  | {
      readonly name: 'sending';
      readonly attempt: number;
      /** Between two attempts. */
      readonly isWaiting: boolean;
      /** What went wrong last: it stays on the page during the next attempt. */
      readonly trouble: Trouble | null;
    }
  | { readonly name: 'refused'; readonly reason: RefusedReason }
  | { readonly name: 'done' }
  /** Asked once more before what was marked is wiped; the right to vote stays. */
  | { readonly name: 'clearing'; readonly back: Stage }
  | { readonly name: 'cleared' }
  /** Asked once more before all is wiped, the right to vote too. */
  | { readonly name: 'forgetting'; readonly back: Stage }
  | { readonly name: 'forgotten'; readonly stake: Stake };

/** What forgetting a vote means: it is counted; it was never sent; nobody here knows. */
export type Stake = 'counted' | 'unsent' | 'pending';

export interface BoothState {
  readonly stage: Stage;
  readonly voteId: string;
  readonly seed: number;
  readonly manifest: Manifest | null;
  /** The contests of this voter's group. */
  readonly contests: readonly Contest[];
  readonly answers: Answers;
  readonly problems: readonly ChoiceProblem[];
  readonly counted: Counted | null;
  /** A recovery code on paper leads to this vote. */
  readonly recoverable: boolean;
  readonly mayVote: boolean;
}

export type BoothAction =
  | {
      readonly type: 'opened';
      readonly vote: StoredVote;
      readonly manifest: Manifest;
      readonly mayVote: boolean;
      /** Where the address says the voter was. */
      readonly place: Place | null;
    }
  | {
      readonly type: 'not-activated';
      readonly manifest: Manifest;
      /** Somebody activated this person's vote elsewhere. */
      readonly taken: boolean;
    }
  | { readonly type: 'code-wanted'; readonly code: string }
  | { readonly type: 'recovery-wanted' }
  | { readonly type: 'recovery-typed'; readonly typed: string }
  /** Back to the page that offers the ways of activating. */
  | { readonly type: 'reconsidered' }
  | { readonly type: 'activate-wanted' }
  | { readonly type: 'stopped'; readonly reason: StopReason }
  | { readonly type: 'tried-again' }
  /** The address changed: back, forward, or a link. */
  | { readonly type: 'went'; readonly place: Place }
  | { readonly type: 'toggled'; readonly contest: string; readonly option: string }
  | {
      readonly type: 'moved';
      readonly contest: string;
      readonly option: string;
      readonly by: -1 | 1;
    }
  | { readonly type: 'blanked'; readonly contest: string; readonly blank: boolean }
  | { readonly type: 'continued' }
  | { readonly type: 'sent' }
  | { readonly type: 'troubled'; readonly trouble: Trouble }
  | { readonly type: 'retried' }
  | { readonly type: 'counted'; readonly counted: Counted }
  | { readonly type: 'refused'; readonly reason: RefusedReason }
  | { readonly type: 'change-wanted' }
  | { readonly type: 'clear-wanted' }
  /** What was marked is no longer on this phone. */
  | { readonly type: 'cleared' }
  | { readonly type: 'forget-wanted' }
  /** Back from being asked, or from being told. */
  | { readonly type: 'kept' }
  | { readonly type: 'forgotten' };

export const OPENING: BoothState = {
  stage: { name: 'opening' },
  voteId: '',
  seed: 0,
  manifest: null,
  contests: [],
  answers: {},
  problems: [],
  counted: null,
  recoverable: false,
  mayVote: false,
};

const FIRST_ATTEMPT: Stage = { name: 'sending', attempt: 1, isWaiting: false, trouble: null };

export function reduceBooth(state: BoothState, action: BoothAction): BoothState {
  const { stage } = state;
  switch (action.type) {
    case 'opened':
      return opened(state, action);
    case 'not-activated':
      return at(
        { ...state, manifest: action.manifest },
        action.taken ? { name: 'stopped', reason: 'already-issued' } : { name: 'activate' },
      );
    case 'code-wanted':
      return stage.name === 'activate'
        ? at(state, { name: 'note-code', code: action.code })
        : state;
    case 'recovery-wanted':
      return mayRecover(state) ? at(state, { name: 'recover', problem: null }) : state;
    case 'recovery-typed':
      return stage.name === 'recover' ? at(state, recovery(action.typed)) : state;
    case 'reconsidered':
      return stage.name === 'note-code' || stage.name === 'recover'
        ? at(state, { name: 'activate' })
        : state;
    case 'activate-wanted':
      if (stage.name === 'activate') return at(state, { name: 'activating', code: null });
      return stage.name === 'note-code'
        ? at(state, { name: 'activating', code: stage.code })
        : state;
    case 'stopped':
      return stage.name === 'opening' || stage.name === 'activating'
        ? at(state, { name: 'stopped', reason: action.reason })
        : state;
    case 'tried-again':
      return stage.name === 'stopped' ? OPENING : state;
    case 'went':
      return isWalking(stage) ? walk(state, action.place) : state;
    case 'toggled':
      return answered(state, action.contest, (answer, contest) =>
        toggled(answer, contest, action.option),
      );
    case 'moved':
      return answered(state, action.contest, (answer) => moved(answer, action.option, action.by));
    case 'blanked':
      return answered(state, action.contest, () => ({ picks: [], blank: action.blank }));
    case 'continued':
      return continued(state);
    case 'sent':
      return stage.name === 'review' ? send(state) : state;
    case 'troubled':
      return stage.name === 'sending'
        ? at(state, { ...stage, isWaiting: true, trouble: action.trouble })
        : state;
    case 'retried':
      return stage.name === 'sending' && stage.isWaiting
        ? at(state, { ...stage, attempt: stage.attempt + 1, isWaiting: false })
        : state;
    case 'counted':
      // An answer that comes after the vote was forgotten is nobody's any more.
      if (stage.name === 'forgotten') return state;
      return at({ ...state, counted: action.counted, answers: {} }, { name: 'done' });
    case 'refused':
      return stage.name === 'forgotten'
        ? state
        : at(state, { name: 'refused', reason: action.reason });
    case 'change-wanted':
      return stage.name === 'done' && state.mayVote
        ? at(state, { name: 'choose', step: 0, forReview: false })
        : state;
    case 'clear-wanted':
      return mayClear(state) ? at(state, { name: 'clearing', back: stage }) : state;
    case 'cleared':
      return stage.name === 'clearing' ? at({ ...state, answers: {} }, { name: 'cleared' }) : state;
    case 'forget-wanted':
      if (stage.name === 'clearing') return at(state, { name: 'forgetting', back: stage.back });
      return mayForget(stage) ? at(state, { name: 'forgetting', back: stage }) : state;
    case 'kept':
      if (stage.name === 'cleared') return walk(state, 'start');
      return stage.name === 'clearing' || stage.name === 'forgetting'
        ? at(state, stage.back)
        : state;
    case 'forgotten':
      return { ...OPENING, stage: { name: 'forgotten', stake: stakeOf(state) } };
  }
}

/** Whether the phone keeps marks that can be wiped: those of a ballot on its way cannot. */
export function mayClear({ stage, answers }: BoothState): boolean {
  if (!hasMarks(answers)) return false;
  return isWalking(stage) || stage.name === 'done' || isRefused(stage);
}

/** A box that promised something else may hold the ballot, so its bytes stay. */
function isRefused(stage: Stage): boolean {
  return stage.name === 'refused' && stage.reason !== 'promise-wrong';
}

function mayForget(stage: Stage): boolean {
  if (stage.name === 'sending') return stage.trouble !== null;
  return stage.name === 'start' || stage.name === 'done' || stage.name === 'refused';
}

/** What is at stake on the page from which the voter wants to forget. */
export function stakeOf({ stage, counted }: BoothState): Stake {
  const from = stage.name === 'forgetting' ? stage.back : stage;
  if (from.name === 'sending' || (from.name === 'refused' && !isRefused(from))) return 'pending';
  return counted === null ? 'unsent' : 'counted';
}

function at(state: BoothState, stage: Stage, problems: readonly ChoiceProblem[] = []): BoothState {
  return { ...state, stage, problems };
}

function opened(
  state: BoothState,
  { vote, manifest, mayVote, place }: Extract<BoothAction, { type: 'opened' }>,
): BoothState {
  const known: BoothState = {
    ...state,
    voteId: vote.id,
    seed: vote.seed,
    manifest,
    contests: contestsFor(manifest, vote.group),
    answers: vote.draft ?? {},
    counted: vote.counted,
    recoverable: vote.recoverable === true,
    mayVote,
  };
  // A ballot that waits to be sent comes before everything else, also after the closing: the box
  // tells whether it had arrived.
  if (vote.outbox !== null) return at(known, FIRST_ATTEMPT);
  const started = vote.draft !== null;
  if (vote.counted !== null && !(started && mayVote)) return at(known, { name: 'done' });
  return walk(at(known, { name: 'start' }), place ?? 'start');
}

/** A code from paper helps who has activated nothing here, also when told that it was elsewhere. */
export function mayRecover({ stage, manifest }: BoothState): boolean {
  if (stage.name === 'stopped') return stage.reason === 'already-issued' && manifest !== null;
  return stage.name === 'activate';
}

function recovery(typed: string): Stage {
  const code = readRecoveryCode(typed);
  if (code !== null) return { name: 'activating', code };
  return { name: 'recover', problem: withoutSeparators(typed) === '' ? 'empty' : 'wrong' };
}

/** Whether the voter may walk with links and with the browser's back and forward. */
function isWalking(stage: Stage): boolean {
  return stage.name === 'start' || stage.name === 'choose' || stage.name === 'review';
}

function walk(state: BoothState, place: Place): BoothState {
  if (place === 'start') {
    return at(state, { name: state.counted === null ? 'start' : 'done' });
  }
  if (!state.mayVote) return state;
  if (place === 'review') return review(state);
  if (place < 0 || place >= state.contests.length) return state;
  const { stage } = state;
  if (stage.name === 'choose' && stage.step === place) return state;
  return at(state, { name: 'choose', step: place, forReview: stage.name === 'review' });
}

/** The review, or the first contest that is not in order yet with what is wrong with it. */
function review(state: BoothState): BoothState {
  for (const [step, contest] of state.contests.entries()) {
    const problems = problemsOf(contest, state.answers);
    if (problems.length > 0) return at(state, { name: 'choose', step, forReview: false }, problems);
  }
  return at(state, { name: 'review' });
}

function continued(state: BoothState): BoothState {
  const { stage } = state;
  if (stage.name === 'start' && state.mayVote) {
    return at(state, { name: 'choose', step: 0, forReview: false });
  }
  if (stage.name !== 'choose') return state;
  const contest = state.contests[stage.step];
  const problems = contest ? problemsOf(contest, state.answers) : [];
  if (problems.length > 0) return at(state, stage, problems);
  const next = stage.step + 1;
  return stage.forReview || next >= state.contests.length
    ? review(state)
    : at(state, { name: 'choose', step: next, forReview: false });
}

function send(state: BoothState): BoothState {
  const checked = review(state);
  return checked.stage.name === 'review' ? at(state, FIRST_ATTEMPT) : checked;
}

/** Choosing mends: what was wrong with the contest is looked at again when continuing. */
function answered(
  state: BoothState,
  contestId: string,
  change: (answer: Answer, contest: Contest) => Answer,
): BoothState {
  const contest = state.contests.find((each) => each.id === contestId);
  if (!contest || state.stage.name !== 'choose') return state;
  const answer = change(answerOf(state.answers, contestId), contest);
  return { ...state, answers: { ...state.answers, [contestId]: answer } };
}
