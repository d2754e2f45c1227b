import { createHash, randomBytes } from 'node:crypto';
import type postgres from 'postgres';
import { codeFromDigest } from '@/lib/ballots/receipt';
import type { RoundFixture } from '@/lib/ballots/voter.fixture';

/** For tests of the database: ballots that nobody signed, cast straight into it. */
export interface TestRow {
  readonly credential: Buffer;
  readonly seq: number;
  readonly previous: Buffer | null;
  readonly group: string;
  readonly leaf: Buffer;
  readonly receipt: string;
}

export function testRow(changes: Partial<TestRow> = {}): TestRow {
  return {
    credential: randomBytes(32),
    seq: 1,
    previous: null,
    group: '120101',
    leaf: randomBytes(32),
    receipt: codeFromDigest(randomBytes(32)),
    ...changes,
  };
}

/** As long as a real body, and with choices that can be counted. */
function bodyOf({ leaf, seq }: TestRow): string {
  const filling = createHash('sha512').update(leaf).digest('hex').repeat(6);
  return `{"v":1,"n":${String(seq)},"s":"${filling}","c":{"prioridades":[],"fondo-provincia":[]}}`;
}

/** One cast as the service makes it; returns what the database says. */
export async function castRow(
  sql: postgres.Sql,
  round: RoundFixture,
  row: TestRow,
): Promise<string> {
  const [answer] = await sql<{ outcome: string }[]>`
    select cast_ballot(
      ${round.manifest.round}, ${round.hash}, ${row.credential}, ${row.seq}::smallint,
      ${row.previous}, ${row.group}, ${row.leaf}, ${bodyOf(row)}, ${'s'.repeat(86)}, ${row.receipt}
    ) as outcome`;
  return answer?.outcome ?? '';
}

/** The log as an outsider reads it, and what it must hold. */
export interface ReadLog {
  readonly size: number;
  /** Hex, the manifest's first. */
  readonly leaves: string[];
  readonly checkpoints: number[];
}

export async function readLog(url: string, round: string): Promise<ReadLog> {
  const base = `${url}/public-record/${round}`;
  const index = (await (await fetch(`${base}/index.json`)).json()) as {
    size: number;
    leafFiles: number;
    checkpoints: number[];
  };
  const parts: Buffer[] = [];
  for (let file = 0; file < index.leafFiles; file++) {
    const name = `leaves/${String(file).padStart(6, '0')}.bin`;
    parts.push(Buffer.from(await (await fetch(`${base}/${name}`)).arrayBuffer()));
  }
  const bytes = Buffer.concat(parts);
  const leaves = Array.from({ length: bytes.length / 32 }, (_, i) =>
    bytes.subarray(i * 32, i * 32 + 32).toString('hex'),
  );
  return { size: index.size, leaves, checkpoints: index.checkpoints };
}
