import type postgres from 'postgres';
import type { BallotBox } from './client';
import type { RoundRow } from './rounds';

/** The log of a round: what is published, what waits to be, and how a batch gets there. */

const BYTEA = 17;
const TEXT = 25;

type Transaction = postgres.TransactionSql;

/** Where a round's record stands. */
export interface RecordState {
  readonly id: string;
  readonly state: RoundRow['state'];
  /** Leaves of the newest checkpoint; 0 when there is none yet. */
  readonly size: number;
  /** Ballots and notes that wait to be published. */
  readonly staged: number;
  readonly notes: number;
}

export async function recordStates(sql: BallotBox): Promise<RecordState[]> {
  return sql<RecordState[]>`
    select id, state,
      coalesce((select max(size) from checkpoint where round_id = round.id), 0) as size,
      (select count(*)::int from ballot where round_id = round.id and position is null) as staged,
      (select count(*)::int from note where round_id = round.id and position is null) as notes
    from round order by id`;
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

/**
 * Whether this transaction is now the only one that appends to the round's log. Each later statement
 * sees what was committed before the lock was given.
 */
export async function lockRecord(
  tx: Transaction,
  round: string,
  patience: 'wait' | 'try',
): Promise<boolean> {
  if (patience === 'wait') {
    await tx`select pg_advisory_xact_lock(record_lock(${round}))`;
    return true;
  }
  const [row] = await tx<{ mine: boolean }[]>`
    select pg_try_advisory_xact_lock(record_lock(${round})) as mine`;
  return row?.mine === true;
}

export async function readPending(tx: Transaction, round: string): Promise<Pending | null> {
  const [row] = await tx<
    (Omit<Pending, 'notes' | 'closedAtMs'> & {
      closed: string | null;
      leaves: Uint8Array[];
      texts: string[];
    })[]
  >`
    select state, closed_at_ms as closed,
      coalesce((select max(size) from checkpoint where round_id = round.id), 0) as size,
      array(select leaf from ballot where round_id = round.id and position is null) as ballots,
      array(select code from receipt where round_id = round.id and batch is null) as codes,
      array(select leaf from note where round_id = round.id and position is null order by leaf)
        as leaves,
      array(select text from note where round_id = round.id and position is null order by leaf)
        as texts
    from round where id = ${round}`;
  if (!row) return null;
  const { leaves, texts, closed, ...rest } = row;
  return {
    ...rest,
    closedAtMs: closed === null ? null : Number(closed),
    notes: leaves.map((leaf, index) => ({ leaf, text: texts[index] ?? '' })),
  };
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
  /** The signed checkpoint that ends the batch. */
  readonly checkpoint: string;
  readonly seal: boolean;
}

/** All of it or nothing; see `publish_batch` in the migrations. */
export async function publishBatch(tx: Transaction, batch: Batch): Promise<void> {
  await tx`
    select publish_batch(
      ${batch.round}, ${batch.from}, ${tx.array([...batch.ballots], BYTEA)},
      ${tx.array([...batch.codes], TEXT)}, ${tx.array([...batch.notes], BYTEA)},
      ${batch.checkpoint}, ${batch.seal}
    )`;
}

/** Hands in a note; handing it in again changes nothing. False: the record is sealed without it. */
export async function offerNote(
  sql: BallotBox | Transaction,
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
    if (error instanceof Error && 'code' in error && error.code === 'MK003') return false;
    throw error;
  }
}

/** Published notes, ascending by position. */
export async function publishedNotes(
  sql: BallotBox,
  round: string,
  size: number,
): Promise<{ position: number; text: string }[]> {
  return sql<{ position: number; text: string }[]>`
    select position, text from note
    where round_id = ${round} and position < ${size} order by position`;
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

/** Receipt codes of the batch that ended at this size, sorted. */
export async function receiptsOfBatch(
  sql: BallotBox,
  round: string,
  size: number,
): Promise<string[]> {
  const rows = await sql<{ code: string }[]>`
    select code from receipt
    where round_id = ${round} and batch = ${size} order by code collate "C"`;
  return rows.map((row) => row.code);
}

/** Whether a receipt is in the box, and in which batch it was published. */
export async function findReceipt(
  sql: BallotBox,
  round: string,
  code: string,
): Promise<{ batch: number | null } | null> {
  const [row] = await sql<{ batch: number | null }[]>`
    select batch from receipt where round_id = ${round} and code = ${code}`;
  return row ?? null;
}

/** Lines of the ballots at positions [from, to), in order, in portions. */
export async function* publishedLines(
  sql: BallotBox,
  round: string,
  from: number,
  to: number,
  portion = 500,
): AsyncGenerator<(readonly [body: string, signature: string])[]> {
  for (let start = from; start < to; start += portion) {
    const rows = await sql<{ body: string; signature: string }[]>`
      select body, signature from ballot
      where round_id = ${round} and position >= ${start}
        and position < ${Math.min(start + portion, to)}
      order by position`;
    yield rows.map((row) => [row.body, row.signature] as const);
  }
}

/** Keeps a witness's line unless it has signed this checkpoint before. */
export async function addCosignature(
  sql: BallotBox,
  round: string,
  cosignature: { size: number; witness: string; line: string },
): Promise<'added' | 'known'> {
  const rows = await sql`
    insert into cosignature (round_id, size, witness, line)
    values (${round}, ${cosignature.size}, ${cosignature.witness}, ${cosignature.line})
    on conflict do nothing returning size`;
  return rows.length > 0 ? 'added' : 'known';
}

export async function cosignaturesOf(
  sql: BallotBox,
  round: string,
  size: number,
): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select line from cosignature where round_id = ${round} and size = ${size} order by witness`;
  return rows.map((row) => row.line);
}

/** Keeps the announced count; false when another one is kept already. Throws before the seal. */
export async function keepTally(sql: BallotBox, round: string, text: string): Promise<boolean> {
  await sql`insert into tally (round_id, text) values (${round}, ${text}) on conflict do nothing`;
  return (await tallyOf(sql, round)) === text;
}

export async function tallyOf(sql: BallotBox, round: string): Promise<string | null> {
  const [row] = await sql<{ text: string }[]>`select text from tally where round_id = ${round}`;
  return row?.text ?? null;
}

/** Sizes at which something was shown live, ascending; and whether there is a tally. */
export async function shownSizes(
  sql: BallotBox,
  round: string,
): Promise<{ live: number[]; hasTally: boolean }> {
  const [row] = await sql<{ live: number[]; hasTally: boolean }[]>`
    select
      array(select size from live_figures
        where round_id = ${round} and size is not null order by size) as live,
      exists (select from tally where round_id = ${round}) as "hasTally"`;
  return row ?? { live: [], hasTally: false };
}

export async function figuresAt(
  sql: BallotBox,
  round: string,
  size: number,
): Promise<string | null> {
  const [row] = await sql<{ figures: string }[]>`
    select figures from live_figures where round_id = ${round} and size = ${size}`;
  return row?.figures ?? null;
}

export interface ExactCount {
  readonly groups: Record<string, { voters: number; lines: number }>;
  readonly receipts: number;
  readonly lines: number;
  /** Lines that stand in the log. */
  readonly published: number;
}

/** Counts every row, from one snapshot: for the monitor, not for the public. */
export async function exactCount(sql: BallotBox | Transaction, round: string): Promise<ExactCount> {
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
