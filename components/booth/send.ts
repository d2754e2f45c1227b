import { composeBallot, type SignedBallot } from '@/lib/ballots/compose';
import {
  BALLOT_REASONS,
  promiseText,
  type BallotReason,
  type CastPromise,
} from '@/lib/ballots/types';
import type { Manifest } from '@/lib/rounds/manifest';
import { fromBase64Url, utf8 } from '@/lib/shared/bytes';
import { rawEd25519Key, verifyEd25519 } from '@/lib/shared/ed25519';
import { changeVote, voteById } from './store';
import { choicesOf, type Answers, type Counted } from './types';

export type SendOutcome =
  | { readonly kind: 'counted'; readonly counted: Counted }
  | { readonly kind: 'refused'; readonly reason: RefusedReason }
  /** Nothing is decided: the same bytes can be sent again. */
  | { readonly kind: 'retry'; readonly trouble: Trouble };

export type RefusedReason = BallotReason | 'promise-wrong' | 'forgotten';
export type Trouble = 'network' | 'busy';

export interface SendInput {
  readonly voteId: string;
  readonly boxUrl: string;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly answers: Answers;
}

const ANSWER_WITHIN_MS = 20_000;

/**
 * Sends the ballot that waits on this phone, composing and keeping it first when there is none.
 * Called again after any cut it sends the very same bytes, so it ends in exactly one ballot.
 */
export async function sendBallot(input: SendInput): Promise<SendOutcome> {
  const waiting = await waitingBallot(input);
  if (waiting === null) return { kind: 'refused', reason: 'forgotten' };
  if ('promise' in waiting) return { kind: 'counted', counted: waiting };
  const ballot = waiting;
  const outcome = await castOnce(input.boxUrl, input.manifest, ballot);
  if (outcome.kind === 'counted') await settle(input.voteId, outcome.counted);
  // A box that promises something else may hold the ballot all the same: the bytes stay.
  if (outcome.kind === 'refused' && outcome.reason !== 'promise-wrong') {
    return settleRefusal(input.voteId, ballot, outcome);
  }
  return outcome;
}

/**
 * The signed ballot, kept before it leaves. Whoever keeps one first decides for every tab; what
 * another tab got counted meanwhile is the answer to this one too.
 */
async function waitingBallot(input: SendInput): Promise<SignedBallot | Counted | null> {
  const vote = await voteById(input.voteId);
  if (!vote?.credential) return null;
  if (vote.outbox !== null) return vote.outbox;
  const composed = await composeBallot({
    manifest: input.manifest,
    manifestHash: input.manifestHash,
    credential: vote.credential,
    choices: choicesOf(input.answers),
    seq: (vote.counted?.seq ?? 0) + 1,
    previous: vote.counted?.leaf ?? null,
    secret: vote.secret,
  });
  const kept = await changeVote(vote.id, (held) =>
    held.outbox === null && (held.counted?.seq ?? 0) < composed.seq
      ? { ...held, outbox: composed }
      : held,
  );
  return kept?.outbox ?? kept?.counted ?? null;
}

async function castOnce(
  boxUrl: string,
  manifest: Manifest,
  ballot: SignedBallot,
): Promise<SendOutcome> {
  let status: number;
  let answer: { readonly reason?: unknown; readonly promise?: CastPromise };
  try {
    const response = await fetch(`${boxUrl}/v1/ballots`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ line: ballot.line, receipt: ballot.receipt }),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    status = response.status;
    answer = (await response.json()) as typeof answer;
  } catch {
    return { kind: 'retry', trouble: 'network' };
  }
  if (status === 200 || status === 201) {
    const { promise } = answer;
    try {
      if (!promise || !(await promiseHolds(promise, manifest, ballot))) {
        return { kind: 'refused', reason: 'promise-wrong' };
      }
    } catch {
      // An old phone could not load what verifies: asking again brings the same promise.
      return { kind: 'retry', trouble: 'network' };
    }
    const { leaf, receipt, seq } = ballot;
    return { kind: 'counted', counted: { leaf, receipt, seq, promise } };
  }
  const reason = BALLOT_REASONS.find((known) => known === answer.reason);
  const passing = status === 429 || status >= 500 || reason === undefined;
  return passing ? { kind: 'retry', trouble: 'busy' } : { kind: 'refused', reason };
}

/** Whether the box signed that it keeps this very ballot under this very code. */
async function promiseHolds(
  promise: CastPromise,
  manifest: Manifest,
  ballot: SignedBallot,
): Promise<boolean> {
  if (promise.round !== manifest.round) return false;
  if (promise.leaf !== ballot.leaf || promise.code !== ballot.receipt) return false;
  const spki = fromBase64Url(manifest.recordKey);
  const key = spki === null ? null : rawEd25519Key(spki);
  const signature = fromBase64Url(promise.signature);
  if (key === null || signature === null) return false;
  return verifyEd25519(key, utf8(promiseText(promise)), signature);
}

/** What was chosen is not needed any more: the phone keeps the proof and the right to change. */
async function settle(voteId: string, counted: Counted): Promise<void> {
  await changeVote(voteId, (held) => ({ ...held, counted, outbox: null, draft: null }));
}

/**
 * A refused ballot will never count, so it stops waiting; what was chosen stays in the draft, as
 * long as there is something to do with it. But another tab may have been counted with this sequence meanwhile: then that is the news.
 */
async function settleRefusal(
  voteId: string,
  ballot: SignedBallot,
  refused: Extract<SendOutcome, { kind: 'refused' }>,
): Promise<SendOutcome> {
  const held = await changeVote(voteId, (vote) =>
    vote.outbox?.leaf === ballot.leaf
      ? { ...vote, outbox: null, draft: refused.reason === 'closed' ? null : vote.draft }
      : vote,
  );
  const counted = held?.counted;
  return counted && counted.seq >= ballot.seq ? { kind: 'counted', counted } : refused;
}
