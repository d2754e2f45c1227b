import type { BallotBox } from '@/db/ballot-box/client';
import { allRounds, roundStates, type RoundRow } from '@/db/ballot-box/rounds';
import type { FrozenManifest } from '@/lib/ballots/check';
import { parseManifest } from '@/lib/rounds/manifest';

/** A round as the service keeps it in memory; the manifest never changes, the state may. */
export interface KnownRound extends FrozenManifest {
  readonly id: string;
  readonly text: string;
  readonly opensAtMs: number;
  readonly closesAtMs: number;
  state: RoundRow['state'];
}

/** Unknown rounds asked for over and over must not become a query each. */
const RELOAD_EVERY_MS = 250;

export class RoundBook {
  private readonly rounds = new Map<string, KnownRound>();
  private readonly strange = new Set<string>();
  private loading: Promise<void> | null = null;
  private loadedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly sql: BallotBox,
    /** Told once of a round whose manifest this version cannot read: it is left alone. */
    private readonly unreadable: (round: string) => void,
  ) {}

  all(): KnownRound[] {
    return [...this.rounds.values()];
  }

  known(id: string): KnownRound | null {
    return this.rounds.get(id) ?? null;
  }

  /** The round, asking the database when this process has not heard of it. */
  async find(id: string): Promise<KnownRound | null> {
    const known = this.rounds.get(id);
    if (known) return known;
    const recently = performance.now() - this.loadedAt < RELOAD_EVERY_MS;
    if (!recently || this.loading) await this.reload();
    return this.rounds.get(id) ?? null;
  }

  /** Reads everything; calls at the same time share one reading. */
  reload(): Promise<void> {
    this.loading ??= this.load().finally(() => {
      this.loading = null;
    });
    return this.loading;
  }

  /** Reads the states, and the manifests only when there is a new round. */
  async refresh(): Promise<void> {
    const states = await roundStates(this.sql);
    const isNew = (id: string): boolean => !this.rounds.has(id) && !this.strange.has(id);
    if ([...states.keys()].some(isNew)) await this.reload();
    for (const [id, state] of states) {
      const known = this.rounds.get(id);
      if (known) known.state = state;
    }
  }

  private async load(): Promise<void> {
    const rows = await allRounds(this.sql);
    this.loadedAt = performance.now();
    for (const row of rows) {
      const known = this.rounds.get(row.id);
      if (known) {
        known.state = row.state;
        continue;
      }
      const parsed = parseManifest(row.manifest);
      if (!parsed.ok) {
        if (!this.strange.has(row.id)) this.unreadable(row.id);
        this.strange.add(row.id);
        continue;
      }
      this.rounds.set(row.id, {
        id: row.id,
        text: row.manifest,
        manifest: parsed.value,
        hash: row.manifestHash,
        opensAtMs: row.opensAtMs,
        closesAtMs: row.closesAtMs,
        state: row.state,
      });
    }
  }
}
