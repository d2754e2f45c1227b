import { hex } from './casting';
import type { BallotBox } from './client';
import type { RoundRow } from './rounds';

/** The log of a round: what is published, what waits to be, and how a batch gets there. */

/** Where a round's record stands. */
export interface RecordState {
  readonly id: string;
  readonly state: RoundRow['state'];
  /** Leaves of the newest checkpoint; 0 when there is none yet. */
  readonly size: number;
  /** Ballots and notes that wait to be published. */
  readonly staged: number;
  readonly notes: number;
  /** Ballots, staged and published: never fewer than a moment before. */
  readonly lines: number;
}

export async function recordStates(sql: BallotBox): Promise<RecordState[]> {
  const rows = await sql<(Omit<RecordState, 'lines'> & { published: number })[]>`
    select id, state,
      coalesce((select max(size) from checkpoint where round_id = round.id), 0) as size,
      (select count(*)::int from ballot where round_id = round.id and position is null) as staged,
      (select count(*)::int from note where round_id = round.id and position is null) as notes,
      (select count(*)::int from note where round_id = round.id and position is not null) as published
    from round order by id`;
  // Of the leaves, one is the manifest and the published notes are no ballots.
  return rows.map(({ published, ...row }) => ({
    ...row,
    lines: row.staged + Math.max(row.size - 1 - published, 0),
  }));
}

/** Voters whose ballots are staged, however many ballots each of them sent. */
export async function stagedCredentials(sql: BallotBox, round: string): Promise<number> {
  const [row] = await sql<{ voters: number }[]>`
    select count(distinct credential)::int as voters
    from ballot where round_id = ${round} and position is null`;
  return row?.voters ?? 0;
}

export interface CheckpointRow {
  readonly size: number;
  readonly note: string;
}

/** Checkpoints above a size, ascending. */
export async function checkpointsAbove(
  sql: BallotBox,
  round: string,
  size: number,
): Promise<CheckpointRow[]> {
  return sql<CheckpointRow[]>`
    select size, note from checkpoint where round_id = ${round} and size > ${size} order by size`;
}

export async function checkpointNote(
  sql: BallotBox,
  round: string,
  size: number,
): Promise<string | null> {
  const [row] = await sql<{ note: string }[]>`
    select note from checkpoint where round_id = ${round} and size = ${size}`;
  return row?.note ?? null;
}

/** A leaf of a ballot has a group; a leaf of a note has its text. */
export interface LeafRow {
  readonly position: number;
  readonly leaf: Uint8Array;
  readonly group: string | null;
  readonly seq: number | null;
  readonly text: string | null;
}

/** Published leaves [from, to), ascending; the manifest (position 0) is not among them. */
export async function publishedLeaves(
  sql: BallotBox,
  round: string,
  from: number,
  to: number,
): Promise<LeafRow[]> {
  return sql<LeafRow[]>`
    select position, leaf, group_id as group, seq, null as text from ballot
      where round_id = ${round} and position >= ${from} and position < ${to}
    union all
    select position, leaf, null, null, text from note
      where round_id = ${round} and position >= ${from} and position < ${to}
    order by position`;
}

/** Voters whose first ballot is staged, per group, together with the size that this goes with. */
export async function stagedVoters(
  sql: BallotBox,
  round: string,
): Promise<{ size: number; byGroup: Map<string, number> }> {
  const rows = await sql<{ size: number; group: string | null; voters: number }[]>`
    select latest.size, staged.group_id as group, coalesce(staged.voters, 0) as voters
    from (
      select coalesce(max(size), 0) as size from checkpoint where round_id = ${round}
    ) as latest
    left join (
      select group_id, count(*)::int as voters from ballot
      where round_id = ${round} and position is null and seq = 1 group by group_id
    ) as staged on true`;
  const byGroup = new Map<string, number>();
  for (const { group, voters } of rows) if (group !== null) byGroup.set(group, voters);
  return { size: rows[0]?.size ?? 0, byGroup };
}

export interface PendingNote {
  readonly leaf: Uint8Array;
  readonly text: string;
}

/** What a batch is made from, as one statement saw it. */
export interface Pending {
  readonly state: RoundRow['state'];
  readonly size: number;
  readonly closedAtMs: number | null;
  readonly ballots: Uint8Array[];
  readonly codes: string[];
  readonly notes: PendingNote[];
}

/** Null when there is no such round. */
export async function readPending(sql: BallotBox, round: string): Promise<Pending | null> {
  const [row] = await sql<
    {
      state: Pending['state'];
      size: number;
      closed: string | null;
      leaves: Buffer | null;
      codes: string | null;
      notes: { leaf: string; text: string }[] | null;
    }[]
  >`
    select state, closed_at_ms as closed,
      coalesce((select max(size) from checkpoint where round_id = round.id), 0) as size,
      (select string_agg(leaf, ''::bytea) from ballot
        where round_id = round.id and position is null) as leaves,
      (select string_agg(code, ' ') from receipt
        where round_id = round.id and batch is null) as codes,
      (select json_agg(json_build_object('leaf', encode(leaf, 'hex'), 'text', text) order by leaf)
        from note where round_id = round.id and position is null) as notes
    from round where id = ${round}`;
  if (!row) return null;
  const { state, size, closed, leaves, codes, notes } = row;
  return {
    state,
    size,
    closedAtMs: closed === null ? null : Number(closed),
    ballots: hashesIn(leaves ?? Buffer.alloc(0)),
    codes: codes === null ? [] : codes.split(' '),
    notes: (notes ?? []).map(({ leaf, text }) => ({ leaf: Buffer.from(leaf, 'hex'), text })),
  };
}

function hashesIn(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, i * 32 + 32));
}

export interface Batch {
  readonly round: string;
  /** The size that it continues; 0 for the first checkpoint, which is of the manifest alone. */
  readonly from: number;
  /** Leaves in the order of publication. */
  readonly ballots: readonly Uint8Array[];
  readonly codes: readonly string[];
  /** Leaves of notes, after the ballots. */
  readonly notes: readonly Uint8Array[];
  /** The note that seals the record, as its last leaf. */
  readonly closing: PendingNote | null;
  /** The signed checkpoint that ends the batch. */
  readonly checkpoint: string;
}

/**
 * All of it or nothing, in one statement (`publish_batch` and `seal_record` in the migrations). False
 * when it is not the next batch: another process was first, or more has come in before the seal.
 */
export async function publishBatch(sql: BallotBox, batch: Batch): Promise<boolean> {
  // Lists travel as text: the client does not know the types of arrays (see `connectBallotBox`).
  const hashes = (list: readonly Uint8Array[]) => sql`
    array(select decode(hash, 'hex')
      from unnest(string_to_array(${list.map((leaf) => hex(leaf)).join(' ')}, ' '))
        with ordinality as listed (hash, place) order by place)`;
  const codes = sql`string_to_array(${batch.codes.join(' ')}, ' ')`;
  const { round, from, closing, checkpoint } = batch;
  const lists = sql`${hashes(batch.ballots)}, ${codes}, ${hashes(batch.notes)}`;
  try {
    await (closing === null
      ? sql`select publish_batch(${round}, ${from}, ${lists}, ${checkpoint}, false)`
      : sql`select seal_record(
          ${round}, ${from}, ${lists}, ${closing.leaf}, ${closing.text}, ${checkpoint}
        )`);
    return true;
  } catch (error) {
    if (hasCode(error, 'MK002') || hasCode(error, 'MK003')) return false;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Hands in a note; handing it in again changes nothing. False: the record is sealed without it. */
export async function offerNote(
  sql: BallotBox,
  round: string,
  { leaf, text }: PendingNote,
): Promise<boolean> {
  const [known] = await sql`select from note where round_id = ${round} and leaf = ${leaf}`;
  if (known) return true;
  try {
    await sql`
      insert into note (round_id, leaf, text) values (${round}, ${leaf}, ${text})
      on conflict do nothing`;
    return true;
  } catch (error) {
    if (hasCode(error, 'MK003')) return false;
    throw error;
  }
}

/**
 * Wipes what published rows were before they were shuffled: old versions, and the index entries that
 * would tell their order. Returns how many dead rows are still there, because somebody could see them.
 */
export async function wipeOldVersions(sql: BallotBox): Promise<number> {
  await sql`vacuum (index_cleanup on, truncate off) ballot, receipt`;
  const [row] = await sql<{ dead: number }[]>`
    select (pg_stat_get_dead_tuples('ballot'::regclass)
      + pg_stat_get_dead_tuples('receipt'::regclass))::int as dead`;
  return row?.dead ?? 0;
}

export interface ExactCount {
  readonly groups: Record<string, { voters: number; lines: number }>;
  readonly receipts: number;
  readonly lines: number;
  /** Lines that stand in the log. */
  readonly published: number;
}

/** Counts every row, from one snapshot: for the monitor, not for the public. */
export async function exactCount(sql: BallotBox, round: string): Promise<ExactCount> {
  const rows = await sql<
    { group: string; voters: number; lines: number; published: number; receipts: number }[]
  >`
    select group_id as group, count(*) filter (where seq = 1)::int as voters, count(*)::int as lines,
      count(position)::int as published,
      (select count(*)::int from receipt where round_id = ${round}) as receipts
    from ballot where round_id = ${round} group by group_id
    union all
    select '', 0, 0, 0, (select count(*)::int from receipt where round_id = ${round})`;
  const groups: ExactCount['groups'] = {};
  let [lines, published, receipts] = [0, 0, 0];
  for (const row of rows) {
    if (row.group !== '') groups[row.group] = { voters: row.voters, lines: row.lines };
    lines += row.lines;
    published += row.published;
    receipts = row.receipts;
  }
  return { groups, receipts, lines, published };
}
