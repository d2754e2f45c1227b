import { hash } from 'node:crypto';
import postgres from 'postgres';
import { openRound } from '@/db/ballot-box/rounds';
import type { RoundFixture } from '@/lib/ballots/voter.fixture';
import { EMPTY_RANGE, extendRange, rangeRoot } from '@/lib/record/compact-range';
import { leafHash } from '@/lib/record/merkle';
import { utf8 } from '@/lib/shared/bytes';
import { boxKeys } from '@/services/ballot-box/keys';

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

/**
 * Puts a round with `count` published ballots of made-up credentials into a database, as its owner
 * and in SQL, before a box starts on it. Shapes, sizes, indexes and the signed checkpoint are those of
 * a real round; only the signatures of the ballots mean nothing.
 */
export async function preload(
  ownerUrl: string,
  { manifest, text, hash: manifestHash, recordKey }: RoundFixture,
  count: number,
  sample: { readonly body: string; readonly signature: string },
): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await openRound(sql, {
      id: manifest.round,
      manifest: text,
      manifestHash,
      opensAtMs: Date.parse(manifest.opensAt),
      closesAtMs: Date.parse(manifest.closesAt),
    });
    await sql`
      insert into ballot (round_id, credential, seq, group_id, leaf, body, signature, position)
      select ${manifest.round}, sha256(convert_to('credential ' || i, 'UTF8')), 1, '120101',
        sha256(convert_to('leaf ' || i, 'UTF8')), ${sample.body}, ${sample.signature}, i
      from generate_series(1, ${count}::int) as i`;
    // Thirteen characters of the alphabet of the codes: hexadecimal digits are among them.
    await sql`
      insert into receipt (round_id, code, batch)
      select ${manifest.round}, upper(lpad(to_hex(i), 13, '0')), ${count + 1}
      from generate_series(1, ${count}::int) as i`;
    const leaves = Array.from({ length: count }, (_, i) => sha256(utf8(`leaf ${String(i + 1)}`)));
    const all = Buffer.concat([leafHash(utf8(text), sha256), ...leaves]);
    const root = rangeRoot(extendRange(EMPTY_RANGE, all, sha256), sha256);
    const keys = boxKeys(recordKey, manifest.orderKey);
    await sql`
      insert into checkpoint (round_id, size, note)
      values (${manifest.round}, ${count + 1}, ${keys.checkpoint(manifest.round, count + 1, root)})`;
    await sql`vacuum (analyze) ballot, receipt`;
    await sql`checkpoint`;
  } finally {
    await sql.end();
  }
}
