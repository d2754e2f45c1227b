import { checkParsedAside, type CheckedBallot } from '@/lib/ballots/check';
import { parseBody, parseEnvelope } from '@/lib/ballots/input';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import type { BallotReason, CastAnswer } from '@/lib/ballots/types';
import { fromBase64Url, toBase64Url } from '@/lib/shared/bytes';
import { hex } from '@/db/ballot-box/casting';
import type { CastQueue } from './cast-queue';
import type { BoxKeys } from './keys';
import type { RoundBook } from './round-book';

/** A quoted body of 4 KiB with every quote escaped, its signature and the receipt. */
export const MAX_ENVELOPE_BYTES = 10 * 1024;

/** Far above any honest phone, far below what would slow the others down. */
const CREDENTIAL_CASTS_PER_MINUTE = 2000;

const STATUS: Record<BallotReason, number> = {
  'too-large': 422,
  malformed: 422,
  'unknown-round': 403,
  'other-manifest': 422,
  'unknown-group': 422,
  'token-invalid': 403,
  'signature-invalid': 403,
  'contests-differ': 422,
  'unknown-option': 422,
  'repeated-option': 422,
  'too-many-ranked': 422,
  'too-many-picked': 422,
  'not-canonical': 422,
  'over-budget': 422,
  'chain-broken': 422,
  'sequence-taken': 409,
  'receipt-differs': 409,
  'not-open-yet': 403,
  closed: 410,
  'too-many-requests': 429,
  unavailable: 503,
};

export function refusal(reason: BallotReason): CastAnswer {
  return { status: STATUS[reason], reason };
}

export interface CastContext {
  readonly queue: CastQueue;
  readonly keys: BoxKeys;
  readonly book: RoundBook;
  readonly limiter: CastLimiter;
  /** Told after the commit, so that the next tick counts it. */
  readonly stored: (round: string) => void;
}

/**
 * One ballot from the text of the request to the answer. 201 and 200 are given after the commit;
 * whatever throws on the way (database away, pool exhausted, disk full) is a 503 of the caller.
 */
export async function castBallot(text: string, context: CastContext): Promise<CastAnswer> {
  if (context.queue.full) return refusal('unavailable');
  const envelope = parseEnvelope(text);
  if (!envelope.ok) return refusal(envelope.reason);
  const { line, receipt } = envelope.value;

  const body = parseBody(line[0]);
  if (!body.ok) return refusal(body.reason);
  const round = await context.book.find(body.value.r);
  if (round === null) return refusal('unknown-round');
  const checked = await checkParsedAside(body.value, line, round, nodeBallotCrypto);
  if (!checked.ok) return refusal(checked.reason);
  const ballot = checked.value;
  if (!context.limiter.allows(ballot.credential)) return refusal('too-many-requests');

  // Signed meanwhile by another thread; it leaves this function only after the commit.
  const [outcome, promise] = await Promise.all([
    context.queue.store(rowOf(ballot, receipt)),
    context.keys.promise({
      round: round.id,
      leaf: toBase64Url(ballot.leaf),
      code: receipt,
      includeBy: round.manifest.closesAt,
    }),
  ]);
  if (outcome !== 'stored' && outcome !== 'same') return refusal(outcome);
  if (outcome === 'stored') context.stored(round.id);
  return { status: outcome === 'stored' ? 201 : 200, promise };
}

function rowOf({ body, line, leaf, credential }: CheckedBallot, receipt: string) {
  return {
    round: body.r,
    manifestHash: body.m,
    credential,
    seq: body.n,
    previous: body.p === null ? null : fromBase64Url(body.p),
    group: body.d,
    leaf,
    body: line[0],
    signature: line[1],
    receipt,
  };
}

/** Counts casts per credential over a minute, in memory. It knows no address. */
export class CastLimiter {
  private counts = new Map<string, number>();
  private since = performance.now();

  allows(credential: Uint8Array): boolean {
    const now = performance.now();
    if (now - this.since > 60_000) {
      this.counts = new Map();
      this.since = now;
    }
    const key = hex(credential.subarray(0, 16));
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count <= CREDENTIAL_CASTS_PER_MINUTE;
  }
}
