import postgres from 'postgres';
import type { RoundFixture } from '@/lib/ballots/voter.fixture';

/**
 * Puts `count` ballots of made-up credentials into a box, as its owner and in SQL: the shapes, the
 * sizes and the indexes are those of real ballots, only the signatures mean nothing.
 */
export async function preload(
  ownerUrl: string,
  { manifest }: RoundFixture,
  count: number,
  sample: { readonly body: string; readonly signature: string },
): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`
      insert into ballot (round_id, credential, seq, group_id, leaf, body, signature)
      select ${manifest.round}, sha256(convert_to('credential ' || i, 'UTF8')), 1, '120101',
        sha256(convert_to('leaf ' || i, 'UTF8')), ${sample.body}, ${sample.signature}
      from generate_series(1, ${count}::int) as i`;
    // Thirteen characters of the alphabet of the codes: hexadecimal digits are among them.
    await sql`
      insert into receipt (round_id, code)
      select ${manifest.round}, upper(lpad(to_hex(i), 13, '0'))
      from generate_series(1, ${count}::int) as i`;
    await sql`vacuum (analyze) ballot, receipt`;
    await sql`checkpoint`;
  } finally {
    await sql.end();
  }
}
