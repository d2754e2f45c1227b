import type { BallotBox } from '@/db/ballot-box/client';
import { stagedVoters } from '@/db/ballot-box/record';
import { RecordBroken, RecordLog } from './record-log';
import type { KnownRound } from './round-book';
import type { StateFolder } from './state-folder';

/** Batches that may be published between two looks. */
const MOST_TRIES = 20;

/** Which voters are in the box, by the log they go with. */
export interface VotersAt {
  /** Leaves. */
  readonly size: number;
  /** Of the published leaves. */
  readonly published: ReadonlyMap<string, number>;
  /** Published or staged. */
  readonly all: ReadonlyMap<string, number>;
}

/** The logs of all rounds in one process; each is read when it is first asked for. */
export class RecordLogs {
  private readonly logs = new Map<string, RecordLog>();

  constructor(
    private readonly sql: BallotBox,
    private readonly folder: StateFolder | null,
  ) {}

  /** As this process last read it. */
  of(round: KnownRound): RecordLog {
    let log = this.logs.get(round.id);
    if (!log) {
      log = new RecordLog(round.id, round.text, async (size, note) => {
        await this.folder?.remember(round.id, size, note);
      });
      this.logs.set(round.id, log);
    }
    return log;
  }

  /** Remembers outside the database how many ballots are stored; throws when some were lost. */
  async keepLines(round: KnownRound, lines: number): Promise<void> {
    await this.folder?.rememberLines(round.id, lines);
  }

  /** With everything that is published by now. */
  async synced(round: KnownRound): Promise<RecordLog> {
    const log = this.of(round);
    await log.sync(this.sql);
    return log;
  }

  /**
   * Voters per group: remembered for what is published, counted for what is staged. A batch that is
   * published in between moves voters from one to the other: then both are read again.
   */
  async voters(round: KnownRound): Promise<VotersAt> {
    const log = await this.synced(round);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const staged = await stagedVoters(this.sql, round.id);
      if (staged.size > log.size) await log.sync(this.sql);
      if (staged.size !== log.size) continue;
      const all = new Map(log.voters);
      for (const [group, voters] of staged.byGroup) all.set(group, (all.get(group) ?? 0) + voters);
      return { size: log.size, published: new Map(log.voters), all };
    }
    // Behind what this process has read: the database was set back under it.
    throw new RecordBroken(round.id, log.size);
  }
}

export function sumOf(voters: ReadonlyMap<string, number>): number {
  return [...voters.values()].reduce((sum, count) => sum + count, 0);
}
