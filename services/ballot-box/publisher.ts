import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import type { BallotBox } from '@/db/ballot-box/client';
import {
  exactCount,
  lockRecord,
  offerNote,
  publishBatch,
  readPending,
  recordStates,
  wipeOldVersions,
  type Pending,
  type PendingNote,
  type RecordState,
} from '@/db/ballot-box/record';
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
        await this.advance(round, state);
      } catch (error) {
        this.parts.log.error({ err: error, round: round.id }, 'the record did not advance');
      }
    }
    await this.wipe();
  }

  /** Signs the first checkpoint, of the manifest alone. */
  async begin(round: KnownRound): Promise<void> {
    const log = await this.parts.logs.synced(round);
    if (log.size === 0) await this.publish(round, log, { ballots: false });
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
    for (;;) {
      const log = await logs.synced(round);
      if (log.sealed) return 'sealed';
      const answer = await sql.begin(async (tx) => {
        await lockRecord(tx, round.id, 'wait');
        const before = await readPending(tx, round.id);
        if (!before) return 'unknown-round';
        if (before.state === 'open') return 'not-closed';
        // Somebody else published or sealed meanwhile.
        if (before.state === 'sealed' || before.size !== log.size) return 'again';
        for (const note of notes) await offerNote(tx, round.id, note);
        const { lines, groups } = await exactCount(tx, round.id);
        const voters = Object.values(groups).reduce((sum, group) => sum + group.voters, 0);
        const closing: NoteOf<'closing'> = {
          v: 1,
          type: 'closing',
          round: round.id,
          closedAt: new Date(before.closedAtMs ?? round.closesAtMs).toISOString(),
          reason,
          lines,
          voters,
        };
        await offerNote(tx, round.id, noteOf(JSON.stringify(closing)));
        const pending = await readPending(tx, round.id);
        if (!pending) return 'unknown-round';
        await this.append(tx, round, log, pending, { ballots: true, seal: true });
        return 'sealed';
      });
      if (answer === 'again') continue;
      if (answer === 'sealed') await this.published(round, log);
      return answer;
    }
  }

  private async advance(round: KnownRound, state: RecordState): Promise<void> {
    const log = this.parts.logs.of(round);
    if (state.size > log.size) await log.sync(this.parts.sql);
    this.noteBatch(round.id, log.size);
    if (state.size === 0) {
      await this.begin(round);
      return;
    }
    if (state.state === 'sealed') return;
    const { batch, intervalSeconds } = round.manifest.record;
    const closed = state.state === 'closed';
    const ballots = state.staged >= batch || (closed && state.staged > 0);
    if (!ballots && state.notes === 0) return;
    const last = this.lastBatch.get(round.id)?.at ?? 0;
    const rested = !this.parts.resting || this.clock() - last >= intervalSeconds * 1000;
    if (closed || rested) await this.publish(round, log, { ballots });
  }

  /** Remembers when a batch was first seen: the database keeps no time. */
  private noteBatch(round: string, size: number): void {
    if (this.lastBatch.get(round)?.size === size) return;
    this.lastBatch.set(round, { size, at: this.clock() });
  }

  private async publish(
    round: KnownRound,
    log: RecordLog,
    which: { readonly ballots: boolean },
  ): Promise<void> {
    const done = await this.parts.sql.begin(async (tx) => {
      if (!(await lockRecord(tx, round.id, 'try'))) return false;
      const pending = await readPending(tx, round.id);
      if (pending?.size !== log.size || pending.state === 'sealed') return false;
      return this.append(tx, round, log, pending, { ...which, seal: false });
    });
    if (done) await this.published(round, log);
    else await log.sync(this.parts.sql);
  }

  private async append(
    tx: Parameters<typeof publishBatch>[0],
    round: KnownRound,
    log: RecordLog,
    pending: Pending,
    which: { readonly ballots: boolean; readonly seal: boolean },
  ): Promise<boolean> {
    const isFirst = log.size === 0;
    const ballots = which.ballots && !isFirst ? shuffled(pending.ballots) : [];
    const codes = ballots.length > 0 ? pending.codes : [];
    const notes = isFirst ? [] : inOrder(pending.notes).map(({ leaf }) => leaf);
    const leaves = isFirst ? [log.manifestLeaf()] : [...ballots, ...notes];
    if (leaves.length === 0) return false;
    const size = log.size + leaves.length;
    const checkpoint = this.parts.keys.checkpoint(round.id, size, log.rootWith(leaves));
    const batch = { round: round.id, from: log.size, ballots, codes, notes, checkpoint };
    await publishBatch(tx, { ...batch, seal: which.seal });
    return true;
  }

  private async published(round: KnownRound, log: RecordLog): Promise<void> {
    await log.sync(this.parts.sql);
    if (log.sealed) round.state = 'sealed';
    this.noteBatch(round.id, log.size);
    this.wipeFrom ??= this.clock();
  }

  private async wipe(): Promise<void> {
    if (this.wipeFrom === null || this.clock() < this.wipeFrom) return;
    try {
      const left = await wipeOldVersions(this.parts.sql);
      this.wipeFrom = left > 0 ? this.clock() + WIPE_AGAIN_MS : null;
    } catch (error) {
      this.wipeFrom = this.clock() + WIPE_AGAIN_MS;
      this.parts.log.error({ err: error }, 'old versions of published ballots are still there');
    }
  }
}

export function noteOf(text: string): PendingNote {
  return { leaf: leafHash(utf8(text), sha256), text };
}

function inOrder(notes: readonly PendingNote[]): PendingNote[] {
  const rank = ({ text }: PendingNote): number => {
    const note = parseNote(text);
    return note ? NOTE_ORDER.indexOf(note.type) : -1;
  };
  return [...notes].sort((a, b) => rank(a) - rank(b) || Buffer.compare(a.leaf, b.leaf));
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
