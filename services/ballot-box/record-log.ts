import { createHash } from 'node:crypto';
import type { BallotBox } from '@/db/ballot-box/client';
import { checkpointsAbove, publishedLeaves, type LeafRow } from '@/db/ballot-box/record';
import { parseCheckpoint } from '@/lib/record/checkpoint';
import { EMPTY_RANGE, extendRange, rangeRoot, type CompactRange } from '@/lib/record/compact-range';
import { LEAVES_PER_FILE } from '@/lib/record/files';
import type { RecordNote } from '@/lib/record/format';
import { leafHash, sameBytes } from '@/lib/record/merkle';
import { parseNote } from '@/lib/record/notes';
import { utf8 } from '@/lib/shared/bytes';

const HASH = 32;
/** Leaves read at once. */
const PORTION = 20_000;

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  createHash('sha256').update(bytes).digest();

/** The database no longer gives the root that was signed: nothing may be built on it. */
export class RecordBroken extends Error {
  constructor(round: string, size: number) {
    super(
      `El registro público de ${round} no coincide con su punto de control de ${String(size)} hojas: alguien cambió la base de datos de la urna. No se publica nada más. Restaura la copia más reciente y compara con los testigos.`,
    );
  }
}

interface LogNote {
  readonly position: number;
  readonly type: RecordNote['type'];
}

/**
 * A round's log as a process keeps it: 32 bytes per leaf, and what later roots are computed from.
 * It only ever holds what was committed, checkpoint by checkpoint, and checks every root on the way.
 */
export class RecordLog {
  /** Sizes of the checkpoints, ascending. */
  readonly checkpoints: number[] = [];
  readonly notes: LogNote[] = [];
  /** Voters whose first ballot is published, per group. */
  readonly voters = new Map<string, number>();
  private readonly files: Buffer[] = [];
  private range: CompactRange = EMPTY_RANGE;
  private newest = '';
  private reading: Promise<void> | null = null;

  constructor(
    readonly round: string,
    private readonly manifest: string,
    /** Told of every checkpoint, in order. */
    private readonly learned: (size: number, note: string) => Promise<void>,
  ) {}

  get size(): number {
    return this.range.size;
  }

  /** The newest signed checkpoint, without cosignatures. */
  get checkpoint(): string {
    return this.newest;
  }

  get sealed(): boolean {
    return this.notes.at(-1)?.type === 'closing';
  }

  get ballots(): number {
    return Math.max(0, this.size - 1 - this.notes.length);
  }

  get leafFiles(): number {
    return this.files.length;
  }

  /** Concatenated leaf hashes of a file, as far as they are published; null beyond the end. */
  leafFile(file: number): Buffer | null {
    const leaves = this.size - file * LEAVES_PER_FILE;
    return this.files[file]?.subarray(0, Math.min(leaves, LEAVES_PER_FILE) * HASH) ?? null;
  }

  /** Position of the ballot of this rank (from 0) among the ballots. */
  positionOfBallot(rank: number): number {
    let position = rank + 1;
    for (const note of this.notes) {
      if (note.position > position) break;
      position += 1;
    }
    return position;
  }

  /** Root after these leaves would be appended; the log itself does not change. */
  rootWith(leaves: readonly Uint8Array[]): Uint8Array {
    return rangeRoot(extendRange(this.range, Buffer.concat(leaves), sha256), sha256);
  }

  /** Reads what has been published since; calls at the same time share one reading. */
  sync(sql: BallotBox): Promise<void> {
    this.reading ??= this.read(sql).finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  /** The first leaf: what every log begins with. */
  manifestLeaf(): Uint8Array {
    return leafHash(utf8(this.manifest), sha256);
  }

  private async read(sql: BallotBox): Promise<void> {
    const fresh = await checkpointsAbove(sql, this.round, this.size);
    const end = fresh.at(-1)?.size;
    if (end === undefined) return;
    let rows: LeafRow[] = [];
    let next = Math.max(this.size, 1);
    for (const { size, note } of fresh) {
      while (next < size) {
        const to = Math.min(next + PORTION, end);
        rows = rows.concat(await publishedLeaves(sql, this.round, next, to));
        next = to;
      }
      const batch = rows.slice(0, size - Math.max(this.size, 1));
      const range = this.extended(batch, size, note);
      // Remembered outside the database before anyone is shown it.
      await this.learned(size, note);
      this.append(batch, range, note);
      rows = rows.slice(batch.length);
    }
  }

  /** The range after one more batch; throws unless its root is the one that was signed. */
  private extended(rows: readonly LeafRow[], size: number, note: string): CompactRange {
    const range = extendRange(this.range, Buffer.concat(this.leavesOf(rows)), sha256);
    const signed = parseCheckpoint(note)?.checkpoint;
    if (range.size !== size || signed?.size !== size) throw new RecordBroken(this.round, size);
    if (!sameBytes(signed.root, rangeRoot(range, sha256))) throw new RecordBroken(this.round, size);
    return range;
  }

  private append(rows: readonly LeafRow[], range: CompactRange, note: string): void {
    this.leavesOf(rows).forEach((leaf, index) => {
      this.keep(leaf, this.size + index);
    });
    for (const row of rows) this.count(row);
    this.range = range;
    this.newest = note;
    this.checkpoints.push(range.size);
  }

  private leavesOf(rows: readonly LeafRow[]): Uint8Array[] {
    const leaves = rows.map((row) => row.leaf);
    return this.size === 0 ? [this.manifestLeaf(), ...leaves] : leaves;
  }

  private count(row: LeafRow): void {
    if (row.text !== null) {
      const note = parseNote(row.text);
      if (!note) throw new RecordBroken(this.round, row.position + 1);
      this.notes.push({ position: row.position, type: note.type });
    } else if (row.group !== null && row.seq === 1) {
      this.voters.set(row.group, (this.voters.get(row.group) ?? 0) + 1);
    }
  }

  private keep(leaf: Uint8Array, position: number): void {
    const file = Math.floor(position / LEAVES_PER_FILE);
    const at = (position % LEAVES_PER_FILE) * HASH;
    let bytes = this.files[file];
    if (bytes === undefined || at === bytes.length) {
      // The last file grows by doubling, up to its full length.
      const wider = Buffer.alloc(bytes === undefined ? 64 * HASH : bytes.length * 2);
      bytes?.copy(wider);
      this.files[file] = bytes = wider;
    }
    bytes.set(leaf, at);
  }
}
