import type { BallotBox } from './client';

/** One ballot as it is stored; bytes are 32 long. */
export interface BallotRow {
  readonly round: string;
  readonly manifestHash: string;
  readonly credential: Uint8Array;
  readonly seq: number;
  readonly previous: Uint8Array | null;
  readonly group: string;
  readonly leaf: Uint8Array;
  readonly body: string;
  readonly signature: string;
  readonly receipt: string;
}

export const CAST_OUTCOMES = [
  'stored',
  'same',
  'sequence-taken',
  'receipt-differs',
  'chain-broken',
  'unknown-round',
  'other-manifest',
  'not-open-yet',
  'closed',
] as const;
export type CastOutcome = (typeof CAST_OUTCOMES)[number];

/** Stores one ballot; returns after the commit. See `cast_ballot` in the migrations. */
export async function storeBallot(sql: BallotBox, row: BallotRow): Promise<CastOutcome> {
  try {
    const [answer] = await sql<{ outcome: string }[]>`
      select cast_ballot(
        ${row.round}, ${row.manifestHash}, ${row.credential}, ${row.seq}::smallint,
        ${row.previous}, ${row.group}, ${row.leaf}, ${row.body}, ${row.signature}, ${row.receipt}
      ) as outcome`;
    const outcome = CAST_OUTCOMES.find((each) => each === answer?.outcome);
    if (outcome === undefined) throw new Error('cast_ballot gave no known answer');
    return outcome;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MK001') {
      return 'receipt-differs';
    }
    throw error;
  }
}

export interface ChoiceCount {
  readonly group: string;
  /** JSON text of the choices, as in the ballot's body. */
  readonly choices: string;
  readonly voters: number;
}

/**
 * The choices that count among the first `size` leaves (highest sequence of each credential),
 * identical ones together.
 */
export async function choiceCounts(
  sql: BallotBox,
  round: string,
  size: number,
): Promise<ChoiceCount[]> {
  // A body ends with its choices: "c" is the last key and its text appears nowhere before.
  const rows = await sql<{ group_id: string; choices: string; voters: number }[]>`
    select group_id, choices, count(*)::int as voters from (
      select distinct on (credential)
        group_id, substring(body from position(',"c":{' in body) + 5 for 4096) as choices
      from ballot where round_id = ${round} and position < ${size}
      order by credential, seq desc
    ) as effective group by group_id, choices`;
  return rows.map((row) => ({
    group: row.group_id,
    choices: row.choices.slice(0, -1),
    voters: row.voters,
  }));
}
