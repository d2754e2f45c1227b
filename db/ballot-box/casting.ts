import { CAST_OUTCOMES, type BallotRow, type CastOutcome } from './ballots';
import type { BallotBox } from './client';

/**
 * Stores ballots of one round and one manifest in one transaction; returns after the commit, one
 * outcome per ballot in their order. No credential and no receipt may stand in it twice. Rejects,
 * with none stored, when another process takes one of the receipts meanwhile (`concernsOneBallot`).
 * See `cast_ballots` in the migrations.
 */
export async function storeBallots(
  sql: BallotBox,
  rows: readonly [BallotRow, ...BallotRow[]],
): Promise<CastOutcome[]> {
  const [{ round, manifestHash }] = rows;
  // Texts of what has been checked: none of them holds the end of a line.
  const lines = (of: (row: BallotRow) => string): string => rows.map(of).join('\n');
  const [answer] = await sql<{ outcome: string }[]>`
    select cast_ballots(
      ${round}, ${manifestHash}, ${lines((row) => hex(row.credential))},
      ${lines((row) => String(row.seq))},
      ${lines((row) => (row.previous === null ? '' : hex(row.previous)))},
      ${lines((row) => row.group)}, ${lines((row) => hex(row.leaf))}, ${lines((row) => row.body)},
      ${lines((row) => row.signature)}, ${lines((row) => row.receipt)}
    ) as outcome`;
  if (answer?.outcome === 'stored') return rows.map(() => 'stored');
  const outcomes = answer?.outcome.split(',') ?? [];
  if (outcomes.length !== rows.length) throw new Error('cast_ballots did not answer for each');
  return outcomes.map((outcome) => {
    const known = CAST_OUTCOMES.find((each) => each === outcome);
    if (known === undefined) throw new Error('cast_ballots gave no known answer');
    return known;
  });
}

/** Much faster than the one for browsers. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Refusals of the server that concern one ballot: the others can be stored without it. */
export function concernsOneBallot(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return false;
  // A receipt of somebody else, a circle of locks, values that a constraint refuses.
  return error.code === 'MK001' || error.code === '40P01' || /^2[23]/.test(error.code);
}
