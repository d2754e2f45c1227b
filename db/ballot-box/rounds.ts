import type { BallotBox } from './client';

export interface RoundRow {
  readonly id: string;
  /** `closed`: no more ballots. `sealed`: nothing is added to its record any more. */
  readonly state: 'open' | 'closed' | 'sealed';
  readonly manifest: string;
  readonly manifestHash: string;
  readonly opensAtMs: number;
  readonly closesAtMs: number;
}

export type NewRound = Omit<RoundRow, 'state'>;

/** Opens a round, or finds it open or closed with the same manifest; false when it has another. */
export async function openRound(sql: BallotBox, round: NewRound): Promise<boolean> {
  await sql`
    insert into round (id, state, manifest, manifest_hash, opens_at_ms, closes_at_ms)
    values (${round.id}, 'open', ${round.manifest}, ${round.manifestHash},
            ${round.opensAtMs}, ${round.closesAtMs})
    on conflict do nothing`;
  const [row] = await sql<{ same: boolean }[]>`
    select manifest_hash = ${round.manifestHash} as same from round where id = ${round.id}`;
  return row?.same === true;
}

/**
 * Closes a round under the exclusive lock: every ballot answered before is in, none comes after.
 * `due`: only when the database's clock has passed the end. Returns the state, null when unknown.
 */
export async function closeRound(
  sql: BallotBox,
  round: string,
  when: 'now' | 'due',
): Promise<RoundRow['state'] | null> {
  const [row] = await sql<{ state: RoundRow['state'] | null }[]>`
    select close_round(${round}, ${when === 'due'}) as state`;
  return row?.state ?? null;
}

export async function allRounds(sql: BallotBox): Promise<RoundRow[]> {
  const rows = await sql<
    (Omit<RoundRow, 'opensAtMs' | 'closesAtMs'> & { opens: string; closes: string })[]
  >`
    select id, state, manifest, manifest_hash as "manifestHash",
      opens_at_ms as opens, closes_at_ms as closes
    from round order by id`;
  return rows.map(({ opens, closes, ...row }) => ({
    ...row,
    opensAtMs: Number(opens),
    closesAtMs: Number(closes),
  }));
}

/** States only: what changes while the service runs. */
export async function roundStates(sql: BallotBox): Promise<Map<string, RoundRow['state']>> {
  const rows = await sql<{ id: string; state: RoundRow['state'] }[]>`select id, state from round`;
  return new Map(rows.map((row) => [row.id, row.state]));
}

/** The database's clock, in milliseconds since 1970. */
export async function databaseClock(sql: BallotBox): Promise<number> {
  const [row] = await sql<{ now: string }[]>`select clock_ms() as now`;
  return Number(row?.now);
}

/** Voters and lines of a round. */
export async function ballotTotals(
  sql: BallotBox,
  round: string,
): Promise<{ voters: number; lines: number }> {
  const [row] = await sql<{ voters: number; lines: number }[]>`
    select count(*) filter (where seq = 1)::int as voters, count(*)::int as lines
    from ballot where round_id = ${round}`;
  return { voters: row?.voters ?? 0, lines: row?.lines ?? 0 };
}

export interface StoredFigures {
  readonly generation: number;
  /** Leaves they were computed from; null for what was shown before there was a log. */
  readonly size: number | null;
  readonly figures: string;
}

/** What was shown last, the same for every process. */
export async function latestFigures(sql: BallotBox, round: string): Promise<StoredFigures | null> {
  const [row] = await sql<StoredFigures[]>`
    select generation, size, figures from live_figures
    where round_id = ${round} order by generation desc limit 1`;
  return row ?? null;
}

/** Stores the next figures unless another process was first; the caller reads `latestFigures`. */
export async function offerFigures(
  sql: BallotBox,
  round: string,
  offer: StoredFigures,
): Promise<void> {
  await sql`
    insert into live_figures (round_id, generation, size, figures)
    values (${round}, ${offer.generation}, ${offer.size}, ${offer.figures})
    on conflict do nothing`;
}
