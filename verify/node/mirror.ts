import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseCheckpoint, signatureLine, type NoteSignature } from '@/lib/record/checkpoint';
import { LEAVES_PER_FILE, RECORD_FILES, recordIndex, type RecordIndex } from '@/lib/record/format';
import { sameBytes } from '@/lib/record/merkle';
import { MerkleTree } from '@/lib/record/tree';
import { concatBytes, toHex, utf8 } from '@/lib/shared/bytes';
import { checkManifest, type ReadManifest } from '../checks/v01-manifest';
import { checkCheckpoint, type SignedCheckpoint } from '../checks/v02-checkpoints';
import { Findings } from '../report';
import { inOrder, jsonOf, MAX_BYTES, SourceAway, textOf, type RecordSource } from '../source';
import { nodeCrypto } from './node-crypto';
import { sha256 } from './worker';

/**
 * A copy of a record that only grows. What was copied once is never deleted or overwritten with
 * something else: a record that contradicts its copy is refused, and what it signed is kept as proof.
 */

/** The record says something else than it said before. */
export class Contradiction extends Error {
  override readonly name = 'Contradiction';
  constructor(
    readonly file: string,
    /** Where the contradicting file was kept. */
    readonly kept: string,
  ) {
    super(file);
  }
}

/** What is served is no record, or not signed by its own key. */
export class NotARecord extends Error {
  override readonly name = 'NotARecord';
}

export interface Mirrored {
  readonly index: RecordIndex;
  /** Files that were fetched now, and those that were there. */
  readonly fetched: number;
  readonly present: number;
}

const crypto = nodeCrypto(new URL(import.meta.url));
const HASH = 32;

/** Copies the record into the folder, or brings the copy in it up to date. Can be interrupted. */
export async function mirrorRecord(
  source: RecordSource,
  folder: string,
  onFile: (path: string) => void,
): Promise<Mirrored> {
  return new Mirror(source, folder, onFile).run();
}

class Mirror {
  private fetched = 0;
  private present = 0;

  constructor(
    private readonly source: RecordSource,
    private readonly folder: string,
    private readonly onFile: (path: string) => void,
  ) {}

  async run(): Promise<Mirrored> {
    const index = await this.readIndex();
    const manifest = await this.copyManifest();
    const head = await this.readHead(index, manifest);
    const leaves = await this.newLeaves(head.signed);
    await this.checkGrowth(head, leaves);
    // Only now is anything written: the record has not contradicted the copy.
    for (const [path, bytes] of leaves) await this.write(path, bytes);
    const checkpoints = index.checkpoints.filter((size) => size <= head.signed.checkpoint.size);
    await this.copyAll(
      checkpoints.map((size) => RECORD_FILES.checkpointOf(size)),
      (path) => this.copyCheckpoint(path, manifest),
    );
    // Not the newest by now, but the newest whose leaves are here.
    await this.copyCheckpoint(RECORD_FILES.checkpoint, manifest, head.path);
    await this.copyNotes();
    const fixed = [
      ...checkpoints.slice(1).map((size) => RECORD_FILES.receipts(size)),
      ...index.live.map((size) => RECORD_FILES.live(size)),
      ...Array.from({ length: index.ballotFiles }, (_, file) => RECORD_FILES.ballots(file)),
      ...(index.hasTally ? [RECORD_FILES.tally] : []),
    ];
    await this.copyAll(fixed, (path) => this.copyFixed(path));
    await this.write(RECORD_FILES.index, utf8(JSON.stringify(index)));
    return { index, fetched: this.fetched, present: this.present };
  }

  private async readIndex(): Promise<RecordIndex> {
    const bytes = await this.source.read(RECORD_FILES.index, MAX_BYTES.index);
    const parsed = recordIndex.safeParse(bytes && jsonOf(bytes));
    if (!parsed.success) throw new NotARecord(RECORD_FILES.index);
    return parsed.data;
  }

  private async copyManifest(): Promise<ReadManifest> {
    const path = RECORD_FILES.manifest;
    const bytes = await this.fetch(path, MAX_BYTES.manifest);
    const read = bytes && checkManifest(bytes, null, sha256, new Findings());
    if (bytes === null || read === null) throw new NotARecord(path);
    const before = await this.local(path);
    if (before !== null && !sameBytes(before, bytes)) throw await this.contradiction(path, bytes);
    if (before === null) await this.write(path, bytes);
    return read;
  }

  /** The newest checkpoint, believed only when it is signed. */
  private async readHead(
    index: RecordIndex,
    manifest: ReadManifest,
  ): Promise<{ path: string; signed: SignedCheckpoint; bytes: Uint8Array }> {
    const size = index.checkpoints.at(-1);
    const path = size === undefined ? RECORD_FILES.checkpoint : RECORD_FILES.checkpointOf(size);
    const bytes = await this.fetch(path, MAX_BYTES.checkpoint);
    const signed = bytes && (await this.signed(bytes, path, manifest));
    if (!signed) throw new NotARecord(path);
    return { path, signed, bytes };
  }

  private signed(
    bytes: Uint8Array,
    path: string,
    manifest: ReadManifest,
  ): Promise<SignedCheckpoint | null> {
    return checkCheckpoint(bytes, path, manifest, crypto, new Findings());
  }

  /** Leaf files that are not here yet, or have grown; those here must be their beginning. */
  private async newLeaves({ checkpoint }: SignedCheckpoint): Promise<Map<string, Uint8Array>> {
    const { size } = checkpoint;
    const files = new Map<string, Uint8Array>();
    const numbers = Array.from({ length: Math.ceil(size / LEAVES_PER_FILE) }, (_, file) => file);
    const read = async (file: number) => {
      const path = RECORD_FILES.leaves(file);
      const before = await this.local(path);
      const wanted = Math.min(size - file * LEAVES_PER_FILE, LEAVES_PER_FILE) * HASH;
      if (before !== null && before.length >= wanted) return { path, before, bytes: null, wanted };
      return { path, before, bytes: await this.fetch(path, MAX_BYTES.leaves), wanted };
    };
    for await (const { value } of inOrder(numbers, read)) {
      const { path, before, bytes, wanted } = value;
      if (bytes === null && before !== null && before.length >= wanted) {
        this.present += 1;
        continue;
      }
      if (bytes === null || bytes.length < wanted) throw new NotARecord(path);
      if (before !== null && !sameBytes(before, bytes.subarray(0, before.length))) {
        throw await this.contradiction(path, bytes);
      }
      files.set(path, bytes.slice(0, wanted));
    }
    return files;
  }

  /** What is here together with what is new must give the signed root: the record only grew. */
  private async checkGrowth(
    { signed, bytes }: { readonly signed: SignedCheckpoint; readonly bytes: Uint8Array },
    fresh: ReadonlyMap<string, Uint8Array>,
  ): Promise<void> {
    const { size, root } = signed.checkpoint;
    const tree = new MerkleTree(sha256);
    for (let file = 0; file < Math.ceil(size / LEAVES_PER_FILE); file++) {
      const path = RECORD_FILES.leaves(file);
      tree.appendLeaves(fresh.get(path) ?? (await this.local(path)) ?? new Uint8Array());
    }
    const known = await this.local(RECORD_FILES.checkpoint);
    const before = known === null ? null : parseCheckpoint(textOf(known) ?? '');
    const isShorter = before !== null && before.checkpoint.size > size;
    const isOther = tree.size < size || !sameBytes(tree.rootAt(size), root);
    const differs =
      before !== null &&
      !isShorter &&
      !isOther &&
      !sameBytes(tree.rootAt(before.checkpoint.size), before.checkpoint.root);
    if (isShorter || isOther || differs) {
      // The note with its signature: the proof.
      throw await this.contradiction(RECORD_FILES.checkpoint, bytes);
    }
  }

  /** Signed texts never change; cosignatures are only added. */
  private async copyCheckpoint(path: string, manifest: ReadManifest, from = path): Promise<void> {
    const bytes = await this.fetch(from, MAX_BYTES.checkpoint);
    const note = bytes && textOf(bytes);
    const fresh = note === null ? null : parseCheckpoint(note);
    if (bytes === null || fresh === null || !(await this.signed(bytes, path, manifest))) {
      throw new NotARecord(path);
    }
    const known = await this.local(path);
    const before = known && parseCheckpoint(textOf(known) ?? '');
    if (before === null) {
      await this.write(path, bytes);
      return;
    }
    const { checkpoint } = before;
    const isNewer = fresh.checkpoint.size > checkpoint.size && path === RECORD_FILES.checkpoint;
    if (isNewer) await this.write(path, bytes);
    else if (before.text !== fresh.text) throw await this.contradiction(path, bytes);
    else await this.write(path, utf8(merged(fresh.text, before.signatures, fresh.signatures)));
  }

  /** Notes are only added, also between others: sealed ones appear at the end. */
  private async copyNotes(): Promise<void> {
    const path = RECORD_FILES.notes;
    const bytes = await this.fetch(path, MAX_BYTES.notes);
    if (bytes === null) throw new NotARecord(path);
    const before = await this.local(path);
    const lines = new Set((textOf(bytes) ?? '').split('\n'));
    const known = before === null ? [] : (textOf(before) ?? '').split('\n');
    if (known.some((line) => !lines.has(line))) throw await this.contradiction(path, bytes);
    await this.write(path, bytes);
  }

  /** A file that never changes once it is there. */
  private async copyFixed(path: string): Promise<void> {
    if ((await this.local(path)) !== null) {
      this.present += 1;
      return;
    }
    const bytes = await this.fetch(path, MAX_BYTES.ballots);
    if (bytes === null) throw new NotARecord(path);
    await this.write(path, bytes);
  }

  private async copyAll(
    paths: readonly string[],
    copy: (path: string) => Promise<void>,
  ): Promise<void> {
    for await (const _ of inOrder(paths, copy)) continue;
  }

  private async fetch(path: string, maxBytes: number): Promise<Uint8Array | null> {
    this.onFile(path);
    this.fetched += 1;
    return this.source.read(path, maxBytes);
  }

  private async local(path: string): Promise<Uint8Array | null> {
    try {
      return await readFile(join(this.folder, path));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw new SourceAway(path, { cause: error });
    }
  }

  /** Whole or not at all: an interrupted copy leaves no half file under its name. */
  private async write(path: string, bytes: Uint8Array): Promise<void> {
    const target = join(this.folder, path);
    await mkdir(dirname(target), { recursive: true });
    const temporary = `${target}.${randomUUID()}.new`;
    await writeFile(temporary, bytes, { flush: true });
    await rename(temporary, target);
  }

  private async contradiction(file: string, bytes: Uint8Array): Promise<Contradiction> {
    const name = toHex(createHash('sha256').update(bytes).digest()).slice(0, 12);
    const kept = `contradictions/${name}-${file.replaceAll('/', '-')}`;
    await this.write(kept, bytes);
    return new Contradiction(file, kept);
  }
}

/** One note with the signatures of both. */
function merged(
  text: string,
  before: readonly NoteSignature[],
  fresh: readonly NoteSignature[],
): string {
  const lines = [...before, ...fresh].map(({ name, keyId, signature }) =>
    signatureLine(name, concatBytes(keyId, signature)),
  );
  return `${text}\n${[...new Set(lines)].map((line) => `${line}\n`).join('')}`;
}
