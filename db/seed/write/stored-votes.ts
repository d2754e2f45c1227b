import { createHash } from 'node:crypto';
import type { BallotBox } from '@/db/ballot-box/client';
import type { RegistryDatabase } from '@/db/registry/client';
import { credential, issuerLog } from '@/db/registry/schema';
import type { SignedBallot } from '@/lib/ballots/compose';
import { parseBody } from '@/lib/ballots/input';
import { fromBase64Url } from '@/lib/shared/bytes';
import { present } from '@/lib/shared/assert';
import type { IssuedRow } from './ballots';

/**
 * Puts ballots into the box as `cast_ballot` would have while the round was open: its clock refuses
 * the past, so the seed inserts the rows itself, all or none, in the order of their leaves.
 */
export async function writeBallots(
  sql: BallotBox,
  round: string,
  ballots: readonly SignedBallot[],
): Promise<void> {
  const rows = ballots
    .map(({ line, leaf }) => {
      const parsed = parseBody(line[0]);
      if (!parsed.ok) throw new Error(`A seeded ballot is ${parsed.reason}`);
      const { k, n, d } = parsed.value;
      return {
        round_id: round,
        credential: createHash('sha256').update(bytesOf(k)).digest(),
        seq: n,
        group_id: d,
        leaf: Buffer.from(bytesOf(leaf)),
        body: line[0],
        signature: line[1],
      };
    })
    .sort((a, b) => Buffer.compare(a.leaf, b.leaf));
  const receipts = ballots
    .map(({ receipt }) => ({ round_id: round, code: receipt }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  // One statement: the box's connections take no second query while one is under way, and a
  // transaction of several begins with just that.
  await sql`
    with stored as (insert into ballot ${sql(rows)})
    insert into receipt ${sql(receipts)}`;
}

/** The registry's and the issuer's rows, sorted by their hashes: in no order of arrival. */
export async function writeIssued(
  db: RegistryDatabase,
  roundId: string,
  issued: readonly IssuedRow[],
  issuedOn: string,
): Promise<void> {
  const rows = [...issued].sort((a, b) => Buffer.compare(a.blindedHash, b.blindedHash));
  await db.transaction(async (tx) => {
    const written = await tx
      .insert(credential)
      .values(rows.map((row) => ({ ...row, roundId, issuedOn })))
      .onConflictDoNothing()
      .returning({ blindedHash: credential.blindedHash });
    if (written.length === 0) return;
    const isWritten = new Set(written.map(({ blindedHash }) => blindedHash?.toString('hex')));
    await tx
      .insert(issuerLog)
      .values(
        rows
          .filter(({ blindedHash }) => isWritten.has(blindedHash.toString('hex')))
          .map(({ groupId, blindedHash }) => ({ roundId, groupId, blindedHash })),
      );
  });
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return present(fromBase64Url(text), 'base64url text');
}
