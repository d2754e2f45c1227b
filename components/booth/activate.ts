import { groupOf, manifestHash } from '@/lib/rounds/contests';
import type { Manifest, ManifestGroup } from '@/lib/rounds/manifest';
import { ok, refuse, type Result } from '@/lib/shared/result';
import {
  changeVote,
  forgetMarks,
  forgetVote,
  keepFirst,
  keepManifest,
  manifestText,
  votesOf,
} from './store';
import type { BoothEntry, StoredVote } from './types';

/** Why the booth does not open. Each has its page of copy: what happened and what to do. */
export const STOP_REASONS = [
  'unsupported',
  'no-vote',
  'several-votes',
  'box-away',
  'manifest-differs',
  'offline',
  'session-over',
  'already-issued',
  'not-on-roll',
  'round-not-open',
  'quota-reached',
  'unavailable',
  'signature-wrong',
  'closed',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

export interface OpenedBooth {
  readonly kind: 'opened';
  readonly vote: StoredVote;
  readonly manifest: Manifest;
}

/** Verified, and this phone holds nothing for this person. */
export interface NotActivated {
  readonly kind: 'not-activated';
  readonly manifest: Manifest;
  /** Their vote is activated elsewhere: only its phone or a recovery code lead to it. */
  readonly taken: boolean;
}

const ANSWER_WITHIN_MS = 20_000;

/** Finds this person's vote on this phone, and goes on with an activation that was cut. */
export async function openBooth(
  entry: BoothEntry,
): Promise<Result<OpenedBooth | NotActivated, StopReason>> {
  if (!isSupported()) return refuse('unsupported');
  try {
    // Some private windows have the interface and refuse to keep anything.
    await votesOf(entry.roundId);
  } catch {
    return refuse('unsupported');
  }
  const held = await heldVote(entry);
  if (!held.ok) return held;
  const pinned = await pinnedManifest(entry);
  if (!pinned.ok) return pinned;
  const manifest = pinned.value;
  const vote = held.value;
  if (vote === null) {
    if (groupOf(manifest, entry.session?.group ?? '') === null) return refuse('not-on-roll');
    return ok({ kind: 'not-activated', manifest, taken: entry.session?.taken === true });
  }
  // Nothing can be done any more with a choice that was not sent, so the phone keeps none.
  if (entry.phase === 'over' && vote.outbox === null) {
    await forgetMarks(vote.id);
    if (vote.counted === null) return refuse('closed');
    return ok({ kind: 'opened', vote: { ...vote, draft: null }, manifest });
  }
  if (vote.credential !== null) return ok({ kind: 'opened', vote, manifest });
  const activated = await activate(vote, manifest);
  if (activated.ok) return ok({ kind: 'opened', vote: activated.value, manifest });
  return activated.reason === 'already-issued'
    ? ok({ kind: 'not-activated', manifest, taken: true })
    : activated;
}

/**
 * Makes this person's vote and asks for its permission: from the recovery code when there is one,
 * the same code giving the same vote on every phone, and otherwise from nothing but chance.
 */
export async function activateVote(
  entry: BoothEntry,
  manifest: Manifest,
  code: string | null,
): Promise<Result<OpenedBooth, StopReason>> {
  const vote = await begin(entry, manifest, code);
  if (vote === null) return refuse('not-on-roll');
  const activated = await activate(vote, manifest);
  return activated.ok ? ok({ kind: 'opened', vote: activated.value, manifest }) : activated;
}

function isSupported(): boolean {
  // Both are missing in old browsers; `subtle` also wherever the connection is not secure.
  return 'indexedDB' in globalThis && 'crypto' in globalThis && 'subtle' in crypto;
}

/** The vote kept for this person; null when one is to be made. */
async function heldVote(entry: BoothEntry): Promise<Result<StoredVote | null, StopReason>> {
  const all = await votesOf(entry.roundId);
  if (entry.session !== null) {
    const own = all.find((vote) => vote.id === voteId(entry.roundId, entry.session?.tag ?? ''));
    if (own === undefined) return entry.phase === 'over' ? refuse('closed') : ok(null);
    return own.manifestHash === entry.manifestHash ? ok(own) : refuse('manifest-differs');
  }
  const [first, ...others] = all.filter((vote) => vote.manifestHash === entry.manifestHash);
  if (first === undefined) return refuse(entry.phase === 'over' ? 'closed' : 'no-vote');
  return others.length === 0 ? ok(first) : refuse('several-votes');
}

function voteId(round: string, tag: string): string {
  return `${round}|${tag}`;
}

/**
 * The frozen rules and keys, from the ballot box or from an earlier visit, and only with the hash
 * that the page pins: a box with other keys, or a page with another hash, stops here, before
 * anything is blinded.
 */
async function pinnedManifest(entry: BoothEntry): Promise<Result<Manifest, StopReason>> {
  const kept = await manifestText(entry.manifestHash);
  if (kept !== undefined && (await manifestHash(kept)) === entry.manifestHash) {
    return ok(read(kept));
  }
  let text: string;
  try {
    const response = await fetch(
      `${entry.boxUrl}/v1/rounds/${encodeURIComponent(entry.roundId)}/manifest`,
      {
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      },
    );
    if (!response.ok) return refuse('box-away');
    text = await response.text();
  } catch {
    return refuse(navigator.onLine ? 'box-away' : 'offline');
  }
  if ((await manifestHash(text)) !== entry.manifestHash) return refuse('manifest-differs');
  await keepManifest(entry.manifestHash, text);
  return ok(read(text));
}

/** The pinned hash is that of a text which the registry validated: its shape needs no second look. */
function read(text: string): Manifest {
  return JSON.parse(text) as Manifest;
}

/** A key for this round, blinded, and kept before anybody is asked to sign it. */
async function begin(
  entry: BoothEntry,
  manifest: Manifest,
  code: string | null,
): Promise<StoredVote | null> {
  const { session } = entry;
  const group = session === null ? null : groupOf(manifest, session.group);
  if (session === null || group === null) return null;
  const made = await (code === null ? byChance(manifest, group) : fromCode(manifest, group, code));
  return keepFirst({
    id: voteId(entry.roundId, session.tag),
    round: entry.roundId,
    manifestHash: entry.manifestHash,
    group: group.id,
    seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    credential: null,
    draft: null,
    outbox: null,
    counted: null,
    ...made,
  });
}

type Made = Pick<StoredVote, 'pending' | 'secret' | 'recoverable'>;

async function byChance({ round }: Manifest, group: ManifestGroup): Promise<Made> {
  const { beginCredential } = await import('@/lib/ballots/credential');
  const pending = await beginCredential(round, group.id, group.key);
  return { pending, secret: crypto.getRandomValues(new Uint8Array(32)), recoverable: false };
}

async function fromCode({ round }: Manifest, group: ManifestGroup, code: string): Promise<Made> {
  const { recoverableCredential } = await import('@/lib/ballots/recovery');
  const made = await recoverableCredential(code, round, group.id, group.key);
  return { ...made, recoverable: true };
}

/** Asks for the blind signature; the same request again gets the same answer. */
async function activate(
  vote: StoredVote,
  manifest: Manifest,
): Promise<Result<StoredVote, StopReason>> {
  const group = groupOf(manifest, vote.group);
  if (group === null) return refuse('manifest-differs');
  const answer = await askToSign(vote);
  if (!answer.ok) {
    // One permission was given for another key, for good: this one is of no use, and would stand
    // in the way of a recovery code.
    if (answer.reason === 'already-issued') await forgetVote(vote.id);
    return answer;
  }
  const { finishCredential } = await import('@/lib/ballots/credential');
  const credential = await finishCredential(vote.pending, answer.value, group.key);
  if (!credential.ok) return credential;
  const kept = await changeVote(vote.id, (held) => ({ ...held, credential: credential.value }));
  if (kept === undefined) return refuse('no-vote');
  // Browsers clear what seems unused; a refusal changes nothing.
  void navigator.storage.persist().catch(() => false);
  return ok(kept);
}

const REASONS_OF_ISSUER: readonly StopReason[] = [
  'already-issued',
  'not-on-roll',
  'round-not-open',
  'quota-reached',
];

async function askToSign(vote: StoredVote): Promise<Result<string, StopReason>> {
  let response: Response;
  let answer: { readonly signature?: unknown; readonly reason?: unknown };
  try {
    response = await fetch('/api/credential', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ round: vote.round, blinded: vote.pending.blinded }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    answer = (await response.json()) as typeof answer;
  } catch {
    return refuse(navigator.onLine ? 'unavailable' : 'offline');
  }
  if (response.ok && typeof answer.signature === 'string') return ok(answer.signature);
  if (response.status === 401) return refuse('session-over');
  return refuse(REASONS_OF_ISSUER.find((reason) => reason === answer.reason) ?? 'unavailable');
}
