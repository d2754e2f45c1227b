import { randomUUID } from 'node:crypto';
import type { BallotBox } from '@/db/ballot-box/client';
import { choiceCounts } from '@/db/ballot-box/ballots';
import { closeRound, databaseClock, latestFigures, offerFigures } from '@/db/ballot-box/rounds';
import {
  barsFor,
  liveTurnout,
  mayRefresh,
  nextFigures,
  type LiveFigures,
} from '@/lib/results/live';
import { writeSnapshot, type LiveSnapshot } from '@/lib/results/snapshot';
import { now } from '@/lib/shared/clock';
import { sumOf, type RecordLogs, type VotersAt } from './record-logs';
import type { KnownRound, RoundBook } from './round-book';
import type { Streams } from './streams';

/**
 * Live figures: one aggregate per tick and process, however many screens look. Other processes are
 * told of new ballots by one NOTIFY per tick, never one per ballot, which would line commits up.
 * Turnout counts every ballot in the box; bars only what is published, so that anyone can redo them.
 */

const CHANNEL = 'minka_ballots';
export const TICK_MS = 1000;
/** Should a notification get lost, figures are at most this many ticks old. */
const RECOUNT_EVERY_TICKS = 15;
const HEARTBEAT_EVERY_TICKS = 10;
/** Counting may take a fifth of the time: on a huge round figures come less often instead. */
const REST_AFTER_COUNT = 4;

interface Figures {
  readonly turnout: LiveSnapshot['turnout'];
  readonly voters: number;
  readonly state: LiveSnapshot['state'];
  readonly live: LiveFigures | null;
  readonly at: string;
}

export class Live {
  private readonly me = randomUUID();
  private readonly figures = new Map<string, Figures>();
  private readonly changed = new Set<string>();
  private readonly acceptedHere = new Set<string>();
  private readonly restUntil = new Map<string, number>();
  /** Leaves at the last count. */
  private readonly counted = new Map<string, number>();
  private ticks = 0;

  constructor(
    private readonly sql: BallotBox,
    private readonly book: RoundBook,
    private readonly logs: RecordLogs,
    private readonly streams: Streams,
    private readonly restAfterCount = REST_AFTER_COUNT,
  ) {}

  /** Begins to hear other processes; returns how to stop. */
  async listen(): Promise<() => Promise<void>> {
    const heard = await this.sql.listen(
      CHANNEL,
      (payload) => {
        const [from, ...rounds] = payload.split(' ');
        if (from !== this.me) for (const round of rounds) this.changed.add(round);
      },
      () => {
        // After a reconnection anything may have been missed.
        for (const round of this.book.all()) this.changed.add(round.id);
      },
    );
    return () => heard.unlisten();
  }

  /** A ballot of this process was committed. */
  accepted(round: string): void {
    this.changed.add(round);
    this.acceptedHere.add(round);
  }

  /** What a screen sees; counts first when this process never has. */
  async snapshot(round: KnownRound, contest: string | null): Promise<string> {
    if (!this.figures.has(round.id)) await this.count(round);
    return this.text(round, contest);
  }

  /** Tells the others of new ballots and closes what is due; returns the database's clock. */
  async closeWhatIsDue(): Promise<number> {
    if (this.acceptedHere.size > 0) {
      const rounds = [...this.acceptedHere].slice(0, 50);
      for (const round of rounds) this.acceptedHere.delete(round);
      await this.sql.notify(CHANNEL, [this.me, ...rounds].join(' '));
    }
    await this.book.refresh();
    const clock = await databaseClock(this.sql);
    for (const round of this.book.all()) {
      if (round.state === 'open' && clock >= round.closesAtMs) {
        round.state = (await closeRound(this.sql, round.id, 'due')) ?? round.state;
      }
    }
    return clock;
  }

  /** Counts what changed. `clock`: the database's. */
  async tick(clock: number): Promise<void> {
    this.ticks += 1;
    for (const round of this.book.all()) {
      const state = stateAt(round, clock);
      const stale =
        this.changed.has(round.id) ||
        this.figures.get(round.id)?.state !== state ||
        this.counted.get(round.id) !== this.logs.of(round).size ||
        (state === 'open' && this.ticks % RECOUNT_EVERY_TICKS === 0);
      if (stale && performance.now() >= (this.restUntil.get(round.id) ?? 0)) {
        await this.count(round, state);
      }
    }
    if (this.ticks % HEARTBEAT_EVERY_TICKS === 0) this.streams.heartbeat();
  }

  private async count(round: KnownRound, known?: LiveSnapshot['state']): Promise<void> {
    const started = performance.now();
    const state = known ?? stateAt(round, await databaseClock(this.sql));
    // Taken off before reading: a ballot that commits meanwhile marks the round again.
    this.changed.delete(round.id);
    try {
      const voters = await this.logs.voters(round);
      const live = await this.liveFigures(round, voters);
      this.figures.set(round.id, {
        turnout: liveTurnout(round.manifest, voters.all),
        voters: sumOf(voters.all),
        state,
        live,
        at: now().toISOString(),
      });
      this.counted.set(round.id, voters.size);
    } catch (error) {
      this.changed.add(round.id);
      throw error;
    }
    const took = performance.now() - started;
    this.restUntil.set(round.id, performance.now() + took * this.restAfterCount);
    for (const contest of this.streams.watched(round.id)) {
      this.streams.send(round.id, contest, this.text(round, contest));
    }
  }

  /** The figures every process shows; a new generation goes through the database. */
  private async liveFigures(round: KnownRound, voters: VotersAt): Promise<LiveFigures | null> {
    if (round.manifest.livePolicy !== 'live') return null;
    const stored = await latestFigures(this.sql, round.id);
    const shown = stored && (JSON.parse(stored.figures) as LiveFigures);
    // A checkpoint has one set of figures; another process may be ahead of this one.
    if (stored?.size != null && stored.size >= voters.size) return shown;
    // Every ballot can be read once the record is sealed: nothing hides behind k any more.
    const { sealed } = this.logs.of(round);
    if (!mayRefresh(round.manifest, sumOf(voters.published), shown, sealed)) return shown;
    const ballots = (await choiceCounts(this.sql, round.id, voters.size)).map((each) => ({
      group: each.group,
      choices: JSON.parse(each.choices) as Record<string, string[]>,
      voters: each.voters,
    }));
    await offerFigures(this.sql, round.id, {
      generation: (stored?.generation ?? 0) + 1,
      size: voters.size,
      figures: JSON.stringify(nextFigures(round.manifest, ballots, shown, sealed)),
    });
    // Another process may have been first: then its figures are the ones.
    const latest = await latestFigures(this.sql, round.id);
    return latest && (JSON.parse(latest.figures) as LiveFigures);
  }

  private text(round: KnownRound, contest: string | null): string {
    const figures = this.figures.get(round.id);
    if (!figures) throw new Error('A round is shown before it was counted');
    const bars = barsFor(round.manifest, figures.live, contest);
    return writeSnapshot({
      round: round.id,
      state: figures.state,
      at: figures.at,
      ballots: figures.voters,
      turnout: figures.turnout,
      ...(bars && { bars }),
      closesAt: round.manifest.closesAt,
      manifestHash: round.hash,
    });
  }
}

/** `clock`: the database's, in milliseconds. */
export function stateAt(round: KnownRound, clock: number): LiveSnapshot['state'] {
  if (round.state !== 'open' || clock >= round.closesAtMs) return 'closed';
  return clock < round.opensAtMs ? 'scheduled' : 'open';
}
