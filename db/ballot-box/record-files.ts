import type { BallotBox } from './client';

/** What the files of the public record are made from. */

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
      (select coalesce(json_agg(size order by size), '[]') from live_figures
        where round_id = ${round} and size is not null) as live,
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
