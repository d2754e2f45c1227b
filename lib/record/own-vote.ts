import { leafInput, type BallotLine } from '@/lib/ballots/body';
import { promiseText, type CastPromise } from '@/lib/ballots/types';
import type { Manifest } from '@/lib/rounds/manifest';
import { present } from '@/lib/shared/assert';
import { concatBytes, fromBase64Url, utf8 } from '@/lib/shared/bytes';
import { sha256 } from '@/lib/shared/sha256';
import { keyId, parseCheckpoint, recordOrigin, type Checkpoint } from './checkpoint';
import { EMPTY_RANGE, extendRange, rangeRoot } from './compact-range';
import { cosignatureClaim } from './cosignature';
import { BALLOTS_PER_FILE, LEAVES_PER_FILE, RECORD_FILES } from './files';
import type { RecordIndex } from './format';
import { leafHash, sameBytes } from './merkle';

/**
 * What the phone that voted checks by itself about its own vote. It downloads the leaves whole and
 * looks for its own among them, so no question to any server says which one that is; it believes
 * nothing but the manifest that it pinned before voting.
 */

/** The steps, in the order in which a reader follows them. */
export const OWN_VOTE_STEPS = [
  /** The promise is signed with the box's key. */
  'promise',
  /** The record begins with the rules under which this phone voted. */
  'rules',
  /** The leaves give the root of the checkpoint. */
  'tree',
  /** The checkpoint is signed with the box's key. */
  'signature',
  /** The own ballot's leaf is among the leaves. */
  'included',
  /** Outsiders signed this checkpoint. */
  'witnesses',
  /** What this phone saw last time is still there, as it was. */
  'grown',
  /** After the seal: the ballot in the open is the one that was signed. */
  'published',
] as const;
export type OwnVoteStep = (typeof OWN_VOTE_STEPS)[number];

/**
 * `waits`: not yet, and nothing is wrong. `late`: the promised moment has passed. `asks`:
 * only when asked, because it downloads much. `none`: does not apply.
 */
export type Verdict = 'holds' | 'fails' | 'waits' | 'late' | 'asks' | 'none';

export interface CheckedStep {
  readonly step: OwnVoteStep;
  readonly verdict: Verdict;
  /** Leaves, batch size, witnesses who signed, megabytes: whatever the step's sentence counts. */
  readonly count?: number;
  readonly of?: number;
}

export interface OwnVote {
  readonly promise: CastPromise;
  /** The exact text that this phone pinned. */
  readonly manifestText: string;
  readonly manifest: Manifest;
  /** The checkpoint note that held the last time, when there was one. */
  readonly seen: string | null;
}

export interface OwnVoteTools {
  /** Bytes of a file below `/public-record/<round>/`; null when it is not there. Rejects when away. */
  readonly read: (path: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** Ed25519 under 32 bytes of a key. */
  readonly verify: (
    key: Uint8Array<ArrayBuffer>,
    message: Uint8Array<ArrayBuffer>,
    signature: Uint8Array<ArrayBuffer>,
  ) => Promise<boolean>;
  readonly now: Date;
  /** Download the published ballots even where they are many. */
  readonly evenLarge: boolean;
}

export interface OwnVoteCheck {
  readonly steps: readonly CheckedStep[];
  readonly isSealed: boolean;
  /** The note to remember for the next time; null unless tree, signature and growth hold. */
  readonly remember: string | null;
  /** What was read, for whoever has to be shown that something is wrong. */
  readonly evidence: {
    readonly promise: CastPromise;
    readonly checkpoint: string;
    readonly seen: string | null;
  };
}

/** A published ballot has about so many bytes: tells beforehand what a download costs. */
const BALLOT_BYTES = 1300;
const LARGE_BYTES = 2_000_000;
/**
 * The box publishes what is left in its first tick after the close: what takes days then is keying
 * paper, and no phone was promised paper. The minutes are for clocks that differ and for a box that
 * starts again.
 */
const PATIENCE_MS = 15 * 60 * 1000;

/** All steps. Rejects when the record cannot be reached; `null` when it is no record at all. */
export async function checkOwnVote(
  vote: OwnVote,
  tools: OwnVoteTools,
): Promise<OwnVoteCheck | null> {
  const { promise, manifest } = vote;
  const index = readIndex(await tools.read(RECORD_FILES.index));
  const noteBytes = await tools.read(RECORD_FILES.checkpoint);
  const note = noteBytes === null ? '' : new TextDecoder().decode(noteBytes);
  const parsed = parseCheckpoint(note);
  if (index === null || parsed === null) return null;
  const { size, root } = parsed.checkpoint;
  const leaves = await leavesOf(tools, size);

  const recordKey = rawKey(manifest.recordKey);
  const isPromised = await tools.verify(
    recordKey,
    utf8(promiseText(promise)),
    bytes(promise.signature),
  );
  const own = bytes(promise.leaf);
  const position = positionOf(own, leaves);
  const isSealed = index.state === 'sealed';
  const tree = leaves.length === size * 32 && sameBytes(rootOf(leaves, size), root);
  const signature = await isSigned(parsed, manifest.round, recordKey, tools);
  const grown = hasGrown(vote.seen, parsed.checkpoint, leaves);
  const steps: CheckedStep[] = [
    { step: 'promise', verdict: verdictOf(isPromised) },
    { step: 'rules', verdict: beginsWith(leaves, vote.manifestText) ? 'holds' : 'fails' },
    { step: 'tree', verdict: tree ? 'holds' : 'fails', count: size },
    { step: 'signature', verdict: verdictOf(signature) },
    inclusion({ position, isSealed, promise, manifest, now: tools.now }),
    await witnesses(parsed, manifest, tools),
    { step: 'grown', verdict: grown },
    await publication({ position, own, isSealed, size }, tools),
  ];
  const holds = tree && signature && grown !== 'fails';
  return {
    steps,
    isSealed,
    remember: holds ? note : null,
    evidence: { promise, checkpoint: note, seen: vote.seen },
  };
}

type Parsed = NonNullable<ReturnType<typeof parseCheckpoint>>;

function readIndex(file: Uint8Array | null): Pick<RecordIndex, 'state'> | null {
  if (file === null) return null;
  try {
    const { state } = JSON.parse(new TextDecoder().decode(file)) as { state?: unknown };
    return state === 'open' || state === 'closed' || state === 'sealed' ? { state } : null;
  } catch {
    return null;
  }
}

/** The first `size` leaf hashes, or fewer when the files hold no more. */
async function leavesOf({ read }: OwnVoteTools, size: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let file = 0; file * LEAVES_PER_FILE < size; file += 1) {
    const part = await read(RECORD_FILES.leaves(file));
    if (part === null) break;
    parts.push(part);
  }
  return concatBytes(...parts).subarray(0, size * 32);
}

function rootOf(leaves: Uint8Array, size: number): Uint8Array {
  return rangeRoot(extendRange(EMPTY_RANGE, leaves.subarray(0, size * 32), sha256), sha256);
}

function positionOf(leaf: Uint8Array, leaves: Uint8Array): number | null {
  for (let at = 0; at + 32 <= leaves.length; at += 32) {
    if (leaves[at] === leaf[0] && sameBytes(leaves.subarray(at, at + 32), leaf)) return at / 32;
  }
  return null;
}

function beginsWith(leaves: Uint8Array, manifestText: string): boolean {
  return sameBytes(leaves.subarray(0, 32), leafHash(utf8(manifestText), sha256));
}

async function isSigned(
  { checkpoint, text, signatures }: Parsed,
  round: string,
  key: Uint8Array<ArrayBuffer>,
  { verify }: OwnVoteTools,
): Promise<boolean> {
  const origin = recordOrigin(round);
  if (checkpoint.origin !== origin) return false;
  const id = keyId(origin, key, sha256);
  const own = signatures.find((each) => each.name === origin && sameBytes(each.keyId, id));
  return own === undefined ? false : verify(key, utf8(text), own.signature.slice());
}

function inclusion(of: {
  position: number | null;
  isSealed: boolean;
  promise: CastPromise;
  manifest: Manifest;
  now: Date;
}): CheckedStep {
  const step = 'included';
  if (of.position !== null) return { step, verdict: 'holds' };
  if (of.isSealed) return { step, verdict: 'fails' };
  const late = of.now.getTime() - Date.parse(of.promise.includeBy) > PATIENCE_MS;
  return { step, verdict: late ? 'late' : 'waits', count: of.manifest.record.batch };
}

/** How many of the manifest's witnesses signed this very checkpoint. */
async function witnesses(
  { text, signatures }: Parsed,
  manifest: Manifest,
  { verify }: OwnVoteTools,
): Promise<CheckedStep> {
  const step = 'witnesses';
  const known = manifest.witnesses.map(({ name, key }) => ({ name, key: bytes(key) }));
  if (known.length === 0) return { step, verdict: 'none' };
  const signed = new Set<string>();
  for (const signature of signatures) {
    const claim = cosignatureClaim(text, signature, known, sha256);
    if (claim === null) continue;
    const holds = await verify(
      claim.witness.key.slice(),
      claim.signed.slice(),
      claim.signature.slice(),
    );
    if (!holds) return { step, verdict: 'fails', count: signed.size, of: known.length };
    signed.add(claim.witness.name);
  }
  const verdict = signed.size === 0 ? 'waits' : 'holds';
  return { step, verdict, count: signed.size, of: known.length };
}

/** `none`: nothing to compare with yet. */
function hasGrown(seen: string | null, now: Checkpoint, leaves: Uint8Array): Verdict {
  const before = seen === null ? null : (parseCheckpoint(seen)?.checkpoint ?? null);
  if (before === null) return 'none';
  const holds = before.size <= now.size && sameBytes(rootOf(leaves, before.size), before.root);
  return holds ? 'holds' : 'fails';
}

async function publication(
  of: { position: number | null; own: Uint8Array; isSealed: boolean; size: number },
  tools: OwnVoteTools,
): Promise<CheckedStep> {
  const step = 'published';
  if (!of.isSealed) return { step, verdict: 'waits' };
  if (of.position === null) return { step, verdict: 'none' };
  const cost = Math.min(of.size, BALLOTS_PER_FILE) * BALLOT_BYTES;
  if (cost > LARGE_BYTES && !tools.evenLarge) {
    return { step, verdict: 'asks', count: Math.ceil(cost / 1_000_000) };
  }
  const notes = (await textOf(tools, RECORD_FILES.notes)).split('\n').filter(Boolean);
  const before = notes.filter((line) => notePosition(line) < (of.position ?? 0)).length;
  // Ballots stand in the order of their leaves; the manifest and the notes are no ballots.
  const at = of.position - 1 - before;
  const lines = await textOf(tools, RECORD_FILES.ballots(Math.floor(at / BALLOTS_PER_FILE)));
  const line = lineOf(lines.split('\n')[at % BALLOTS_PER_FILE]);
  const holds = line !== null && sameBytes(sha256(leafInput(line)), of.own);
  return { step, verdict: holds ? 'holds' : 'fails' };
}

async function textOf({ read }: OwnVoteTools, path: string): Promise<string> {
  const file = await read(path);
  return file === null ? '' : new TextDecoder().decode(file);
}

function notePosition(line: string): number {
  return Number(/^\[(\d+),/.exec(line)?.[1] ?? Number.NaN);
}

/** A published line as it was signed; null when it is none. */
function lineOf(text: string | undefined): BallotLine | null {
  try {
    const json: unknown = JSON.parse(text ?? '');
    if (!Array.isArray(json) || json.length !== 2) return null;
    const [body, signature] = json as unknown[];
    return typeof body === 'string' && typeof signature === 'string' ? [body, signature] : null;
  } catch {
    return null;
  }
}

function verdictOf(holds: boolean): Verdict {
  return holds ? 'holds' : 'fails';
}

/** The 32 bytes at the end of an Ed25519 SPKI. */
function rawKey(spki: string): Uint8Array<ArrayBuffer> {
  return bytes(spki).slice(-32);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return present(fromBase64Url(text), 'base64url text');
}
