import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { spkiText } from '@/lib/ballots/voter.fixture';
import { lineText, type BallotLine, type Choices } from '@/lib/ballots/body';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import { paperBallots, verifyBallotLines, type EffectiveBallot } from '@/lib/record/ballots';
import { checkpointText, recordOrigin, signedCheckpoint, toBase64 } from '@/lib/record/checkpoint';
import { cosign } from '@/lib/record/cosignature';
import {
  BALLOTS_PER_FILE,
  LEAVES_PER_FILE,
  RECORD_FILES,
  type RecordIndex,
  type RecordNote,
} from '@/lib/record/format';
import { leafHash } from '@/lib/record/merkle';
import { MerkleTree } from '@/lib/record/tree';
import { announcedTallyOf } from '@/lib/results/announced';
import { countRound } from '@/lib/results/count';
import { mayRefresh, nextFigures, type LiveFigures } from '@/lib/results/live';
import type { Manifest } from '@/lib/rounds/manifest';
import { concatBytes, toBase64Url, utf8 } from '@/lib/shared/bytes';

/**
 * A record in the making, for tests and benchmarks: what the ballot box would hold, and the private
 * keys, so that a test can be the attacker who holds them. `assemble` writes it as the box would.
 */

export type Item =
  | { readonly kind: 'ballot'; line: BallotLine; readonly receipt: string }
  | { readonly kind: 'note'; note: RecordNote; text?: string };

export interface Witness {
  readonly name: string;
  readonly privateKey: KeyObject;
  /** Raw, 32 bytes. */
  readonly key: Uint8Array;
}

export interface RecordDraft {
  manifest: Manifest;
  readonly recordKey: KeyObject;
  readonly issuerKeys: ReadonlyMap<string, KeyObject>;
  readonly witnesses: Witness[];
  readonly lotSeed: string;
  /** Leaves 1, 2, … in order. */
  items: Item[];
  /** Sizes of the checkpoints, the first 1. */
  checkpoints: number[];
  /** Sizes with a live file. */
  live: number[];
  state: RecordIndex['state'];
}

export type RecordFileMap = Map<string, Uint8Array>;

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  createHash('sha256').update(bytes).digest();

export function rawKey(key: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32));
}

export function makeWitness(name: string): Witness {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { name, privateKey, key: rawKey(privateKey) };
}

export function witnessInManifest({ name, key }: Witness): Manifest['witnesses'][number] {
  return { name, key: toBase64Url(key) };
}

export const publicText = (key: KeyObject): string => spkiText(createPublicKey(key));

export function noteText(item: Extract<Item, { kind: 'note' }>): string {
  return item.text ?? JSON.stringify(item.note);
}

function leafOfItem(item: Item): Uint8Array {
  return leafHash(utf8(item.kind === 'ballot' ? lineText(item.line) : noteText(item)), sha256);
}

/** A checkpoint note as the box signs it, with these witnesses. */
export function checkpointNote(
  draft: Pick<RecordDraft, 'manifest' | 'recordKey' | 'witnesses'>,
  size: number,
  root: Uint8Array,
): string {
  const origin = recordOrigin(draft.manifest.round);
  const checkpoint = { origin, size, root };
  const note = signedCheckpoint(checkpoint, rawKey(draft.recordKey), sha256, (text) =>
    sign(null, text, draft.recordKey),
  );
  const lines = draft.witnesses.map((witness) =>
    cosign(checkpointText(checkpoint), 1_790_000_000 + size, witness, sha256, (text) =>
      sign(null, text, witness.privateKey),
    ),
  );
  return note + lines.map((line) => `${line}\n`).join('');
}

/** Every file of the record, as the ballot box would serve it. */
export function assemble(draft: RecordDraft): RecordFileMap {
  const files: RecordFileMap = new Map();
  const put = (path: string, text: string | Uint8Array): void => {
    files.set(path, typeof text === 'string' ? utf8(text) : text);
  };
  const text = JSON.stringify(draft.manifest);
  put(RECORD_FILES.manifest, text);
  const leaves = [leafHash(utf8(text), sha256), ...draft.items.map(leafOfItem)];
  const tree = new MerkleTree(sha256);
  for (const leaf of leaves) tree.append(leaf);
  const leafFiles = Math.ceil(leaves.length / LEAVES_PER_FILE);
  for (let file = 0; file < leafFiles; file++) {
    const part = leaves.slice(file * LEAVES_PER_FILE, (file + 1) * LEAVES_PER_FILE);
    put(RECORD_FILES.leaves(file), concatBytes(...part));
  }

  let begin = 0;
  for (const size of draft.checkpoints) {
    const note = checkpointNote(draft, size, tree.rootAt(size));
    put(RECORD_FILES.checkpointOf(size), note);
    put(RECORD_FILES.checkpoint, note);
    const codes = draft.items
      .slice(Math.max(0, begin - 1), size - 1)
      .flatMap((item) => (item.kind === 'ballot' ? [item.receipt] : []))
      .sort();
    if (begin > 0) put(RECORD_FILES.receipts(size), codes.map((code) => `${code}\n`).join(''));
    begin = size;
  }

  const isSealed = draft.state === 'sealed';
  const notes = draft.items.flatMap((item, index) =>
    item.kind === 'note' && (isSealed || item.note.type !== 'paper-ballots')
      ? [`${JSON.stringify([index + 1, noteText(item)])}\n`]
      : [],
  );
  put(RECORD_FILES.notes, notes.join(''));
  const lines = draft.items.flatMap((item) =>
    item.kind === 'ballot' ? [lineText(item.line)] : [],
  );
  const ballotFiles = isSealed ? Math.ceil(lines.length / BALLOTS_PER_FILE) : 0;
  for (let file = 0; file < ballotFiles; file++) {
    const part = lines.slice(file * BALLOTS_PER_FILE, (file + 1) * BALLOTS_PER_FILE);
    put(RECORD_FILES.ballots(file), part.map((line) => `${line}\n`).join(''));
  }
  const live = writeLive(draft, put);
  if (isSealed) put(RECORD_FILES.tally, tallyText(draft, text, tree.rootAt()));
  const index: RecordIndex = {
    v: 1,
    round: draft.manifest.round,
    state: draft.state,
    size: leaves.length,
    checkpoints: draft.checkpoints,
    live,
    leafFiles,
    ballotFiles,
    hasTally: isSealed,
  };
  put(RECORD_FILES.index, JSON.stringify(index));
  return files;
}

interface Body {
  readonly d: string;
  readonly k: string;
  readonly n: number;
  readonly c: Choices;
}

type Counting = EffectiveBallot & { readonly number: number; readonly voters: 1 };

/** Takes items into what counts so far, without looking at signatures. */
function takeIn(best: Map<string, Counting>, items: readonly Item[]): void {
  for (const item of items) {
    if (item.kind !== 'ballot') continue;
    const { k, n, d, c } = JSON.parse(item.line[0]) as Body;
    if ((best.get(k)?.number ?? 0) >= n) continue;
    const leaf = Buffer.from(leafOfItem(item)).toString('hex');
    best.set(k, { number: n, voters: 1, group: d, choices: c, leaf });
  }
}

/** The live files that the rule of k allows, among the sizes wanted. */
function writeLive(draft: RecordDraft, put: (path: string, text: string) => void): number[] {
  const { manifest } = draft;
  let shown: LiveFigures | null = null;
  const written: number[] = [];
  const best = new Map<string, Counting>();
  let taken = 0;
  for (const size of draft.live) {
    takeIn(best, draft.items.slice(taken, size - 1));
    taken = size - 1;
    const afterClosing = size === draft.items.length + 1;
    if (!mayRefresh(manifest, best.size, shown, afterClosing)) continue;
    shown = nextFigures(manifest, [...best.values()], shown, afterClosing);
    const file = { v: 1, round: manifest.round, size, ...shown };
    put(RECORD_FILES.live(size), JSON.stringify(file));
    written.push(size);
  }
  return written;
}

function tallyText(draft: RecordDraft, text: string, root: Uint8Array): string {
  const notes = draft.items.flatMap((item) => (item.kind === 'note' ? [item.note] : []));
  // Whoever announces a count leaves out what cannot be counted.
  const best = new Map<string, Counting>();
  takeIn(best, draft.items);
  const ballots: EffectiveBallot[] = [...best.values(), ...paperBallots(notes, sha256)].filter(
    ({ group }) => draft.manifest.groups.some(({ id }) => id === group),
  );
  const document = countRound({
    manifest: draft.manifest,
    manifestHash: toBase64Url(sha256(utf8(text))),
    ballots,
    recordRoot: toBase64(root),
    lotSeed: draft.lotSeed,
    issuedByGroup: {},
    voteEffect: 'vinculante',
  });
  return JSON.stringify(announcedTallyOf(document));
}

/** For a test that wants to see its own fixture believed by the application's verification. */
export function applicationAccepts(draft: RecordDraft): boolean {
  const lines = draft.items.flatMap((item) =>
    item.kind === 'ballot' ? [lineText(item.line)] : [],
  );
  const hash = toBase64Url(sha256(utf8(JSON.stringify(draft.manifest))));
  return verifyBallotLines({ manifest: draft.manifest, hash }, lines, nodeBallotCrypto).ok;
}
