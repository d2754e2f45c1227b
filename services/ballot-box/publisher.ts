import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import type { BallotBox } from '@/db/ballot-box/client';
import {
  exactCount,
  offerNote,
  publishBatch,
  readPending,
  recordStates,
  stagedCredentials,
  wipeOldVersions,
  type Pending,
  type PendingNote,
  type RecordState,
} from '@/db/ballot-box/record';
import { MAX_SEQUENCE } from '@/lib/ballots/body';
import type { NoteOf, RecordNote } from '@/lib/record/format';
import { leafHash } from '@/lib/record/merkle';
import { parseNote } from '@/lib/record/notes';
import { utf8 } from '@/lib/shared/bytes';
import type { BoxKeys } from './keys';
import { sha256, type RecordLog } from './record-log';
import type { RecordLogs } from './record-logs';
import type { KnownRound, RoundBook } from './round-book';

/**
 * Publishes staged ballots in shuffled batches. Whatever happens on the way, a batch is committed
 * with its checkpoint or not at all, and every process reads the log back from the database.
 */

/** Old versions that somebody could still see are wiped later, but not at every tick. */
const WIPE_AGAIN_MS = 10_000;
/** Of sealing, while notes come in. */
const MOST_TRIES = 20;
/** Within one batch, minutes come before what is counted from them, and the closing note ends all. */
const NOTE_ORDER: readonly RecordNote['type'][] = [
  'paper-minutes',
  'tablet-minutes',
  'paper-ballots',
  'audit-head',
  'issuance',
  'closing',
];

export interface PublisherOptions {
  readonly sql: BallotBox;
  /** For what may take long: a connection of its own. */
  readonly alone: <T>(work: (sql: BallotBox) => Promise<T>) => Promise<T>;
  readonly keys: BoxKeys;
  readonly book: RoundBook;
  readonly logs: RecordLogs;
  readonly log: Logger;
  /** Whether the manifest's interval between batches is kept; tests publish at every tick. */
  readonly resting: boolean;
  /** Milliseconds that only ever grow. */
  readonly clock?: () => number;
}

export type SealAnswer = 'sealed' | 'not-closed' | 'unknown-round';

export class Publisher {
  private readonly lastBatch = new Map<string, { size: number; at: number }>();
  private readonly clock: () => number;
  /** From when on old versions are to be wiped; a process that was stopped in between wipes first. */
  private wipeFrom: number | null = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: PublisherOptions) {
    this.clock = parts.clock ?? (() => performance.now());
  }

  /** Publishes what is due and learns what others have published. One bad round stops no other. */
  async tick(): Promise<void> {
    for (const state of await recordStates(this.parts.sql)) {
      const round = this.parts.book.known(state.id);
      if (!round) continue;
      round.state = state.state;
      try {
        await this.parts.logs.keepLines(round, state.lines);
        await this.advance(round, state);
      } catch (error) {
        this.parts.log.error({ err: error, round: round.id }, 'the record did not advance');
      }
    }
  }

  /** Wipes what published ballots were before, as soon as nobody can see it any more. */
  async wipe(): Promise<void> {
    if (this.wipeFrom === null || this.clock() < this.wipeFrom) return;
    try {
      const left = await this.parts.alone(wipeOldVersions);
      this.wipeFrom = left > 0 ? this.clock() + WIPE_AGAIN_MS : null;
    } catch (error) {
      this.wipeFrom = this.clock() + WIPE_AGAIN_MS;
      this.parts.log.error({ err: error }, 'old versions of published ballots are still there');
    }
  }

  /** Signs the first checkpoint, of the manifest alone. */
  async begin(round: KnownRound): Promise<void> {
    const log = await this.parts.logs.synced(round);
    if (log.size === 0) await this.publish(round, log, { from: 0, ballots: false });
  }

  /**
   * Ends a closed record: what is left, these notes, and the closing note as its last leaf. Sealing
   * again changes nothing.
   */
  async seal(
    round: KnownRound,
    reason: string,
    notes: readonly PendingNote[],
  ): Promise<SealAnswer> {
    const { sql, logs } = this.parts;
    await this.begin(round);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const log = await logs.synced(round);
      if (log.sealed) return 'sealed';
      for (const note of notes) await offerNote(sql, round.id, note);
      const pending = await readPending(sql, round.id);
      if (!pending) return 'unknown-round';
      if (pending.state === 'open') return 'not-closed';
      // Casting has ended: these figures stay.
      const { lines, groups } = await exactCount(sql, round.id);
      const closing: NoteOf<'closing'> = {
        v: 1,
        type: 'closing',
        round: round.id,
        closedAt: new Date(pending.closedAtMs ?? round.closesAtMs).toISOString(),
        reason,
        lines,
        voters: Object.values(groups).reduce((sum, group) => sum + group.voters, 0),
      };
      // When another process was first, or a note came in between, it is tried again.
      const batch = { ballots: true, closing: noteOf(JSON.stringify(closing)) };
      await this.append(round, log, pending, batch);
    }
    throw new Error('The record could not be sealed: its last batch is refused again and again');
  }

  private async advance(round: KnownRound, state: RecordState): Promise<void> {
    const log = this.parts.logs.of(round);
    if (state.size > log.size) await log.sync(this.parts.sql);
    this.noteBatch(round.id, log.size);
    if (state.size === 0) await this.begin(round);
    if (state.state === 'sealed') return;
    const { batch, intervalSeconds } = round.manifest.record;
    const closed = state.state === 'closed';
    const last = this.lastBatch.get(round.id)?.at ?? 0;
    const rested = !this.parts.resting || this.clock() - last >= intervalSeconds * 1000;
    if (!closed && !rested) return;
    const ballots = closed ? state.staged > 0 : await this.hasCompany(round.id, state, batch);
    // The first checkpoint is of the manifest alone: what waited for it still waits.
    const from = Math.max(state.size, 1);
    if (ballots || state.notes > 0) await this.publish(round, log, { from, ballots });
  }

  /** Whether the staged ballots are of enough voters: one of them may have sent several. */
  private async hasCompany(
    round: string,
    { staged }: RecordState,
    batch: number,
  ): Promise<boolean> {
    if (staged < batch) return false;
    // So many cannot come from fewer voters: only a few ballots are ever counted.
    if (staged > (batch - 1) * MAX_SEQUENCE) return true;
    return (await stagedCredentials(this.parts.sql, round)) >= batch;
  }

  /** Remembers when a batch was first seen: the database keeps no time. */
  private noteBatch(round: string, size: number): void {
    if (this.lastBatch.get(round)?.size === size) return;
    this.lastBatch.set(round, { size, at: this.clock() });
  }

  private async publish(
    round: KnownRound,
    log: RecordLog,
    { from, ballots }: { readonly from: number; readonly ballots: boolean },
  ): Promise<void> {
    const { size } = log;
    const pending = await readPending(this.parts.sql, round.id);
    if (pending && pending.size !== from) {
      // Another process was first: what has come since has to find company of its own.
      await log.sync(this.parts.sql);
      return;
    }
    if (pending) await this.append(round, log, pending, { ballots, closing: null });
    // Either this batch is published now or that of another process.
    if (log.size === size) throw new Error('The next batch was refused');
  }

  /** Publishes one batch unless another process was first, and reads the log back either way. */
  private async append(
    round: KnownRound,
    log: RecordLog,
    pending: Pending,
    which: { readonly ballots: boolean; readonly closing: PendingNote | null },
  ): Promise<void> {
    const { sql, keys, alone } = this.parts;
    if (pending.size === log.size && pending.state !== 'sealed') {
      const isFirst = log.size === 0;
      const ballots = which.ballots && !isFirst ? shuffled(pending.ballots) : [];
      const codes = ballots.length > 0 ? pending.codes : [];
      const notes = isFirst ? [] : inOrder(pending.notes).map(({ leaf }) => leaf);
      const { closing } = which;
      const leaves = isFirst ? [log.manifestLeaf()] : [...ballots, ...notes];
      if (closing) leaves.push(closing.leaf);
      if (leaves.length === 0) return;
      const checkpoint = keys.checkpoint(round.id, log.size + leaves.length, log.rootWith(leaves));
      const batch = { round: round.id, from: log.size, ballots, codes, notes, closing, checkpoint };
      if (await alone((own) => publishBatch(own, batch))) this.wipeFrom ??= this.clock();
    }
    await log.sync(sql);
    if (log.sealed) round.state = 'sealed';
    this.noteBatch(round.id, log.size);
  }
}

export function noteOf(text: string): PendingNote {
  return { leaf: leafHash(utf8(text), sha256), text };
}

/** By kind; heads of the audit chain as the chain grew (V14), whatever else by leaf. */
function inOrder(notes: readonly PendingNote[]): PendingNote[] {
  const placed = notes.map((pending) => {
    const note = parseNote(pending.text);
    const head = note?.type === 'audit-head' ? note : null;
    const rank = note ? NOTE_ORDER.indexOf(note.type) : -1;
    return { pending, rank, seq: head?.seq ?? 0, day: head?.day ?? '' };
  });
  placed.sort(
    (a, b) =>
      a.rank - b.rank ||
      a.seq - b.seq ||
      (a.day < b.day ? -1 : a.day > b.day ? 1 : 0) ||
      Buffer.compare(a.pending.leaf, b.pending.leaf),
  );
  return placed.map(({ pending }) => pending);
}

/** Fisher and Yates's shuffle, with the system's cryptographic randomness unless a test's. */
export function shuffled<Item>(
  items: readonly Item[],
  random: (below: number) => number = (below) => randomInt(below),
): Item[] {
  const list = [...items];
  for (let last = list.length - 1; last > 0; last--) {
    const chosen = random(last + 1);
    const [a, b] = [list[last], list[chosen]];
    if (a === undefined || b === undefined) throw new RangeError('A shuffle left its list');
    list[last] = b;
    list[chosen] = a;
  }
  return list;
}
