import { createHash, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CastPromise } from '@/lib/ballots/types';
import { ballotFixture, voterFixture } from '@/lib/ballots/voter.fixture';
import { parseCheckpoint } from '@/lib/record/checkpoint';
import { cosign } from '@/lib/record/cosignature';
import { readRecord } from '@/lib/record/ballots';
import type { RecordNote } from '@/lib/record/format';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import { announcedTallyOf } from '@/lib/results/announced';
import { countRound } from '@/lib/results/count';
import { present } from '@/lib/shared/assert';
import { utf8 } from '@/lib/shared/bytes';
import { testBox, type TestBox } from '@/services/ballot-box/test-box';
import { folderSource } from '@/verify/node/folder-source';
import { mirrorRecord } from '@/verify/node/mirror';
import { readProof } from '@/verify/proof';
import type { CheckId, Report } from '@/verify/report';
import { verifyRecord } from '@/verify/run';
import { inlineCrypto } from '@/verify/testing/inline-crypto';
import { makeWitness, sha256, witnessInManifest } from '@/verify/testing/record-draft';
import { urlSource } from '@/verify/url-source';

/** The verifier and the mirror against a real ballot box over HTTP, through a round's whole life. */

const LOT_SEED = 'lote';
const witness = makeWitness('universidad.example');
let test: TestBox;
let folder: string;
let record: string;
/** What the box promised to the last voter. */
let promise: CastPromise;

beforeAll(async () => {
  test = await testBox({
    witnesses: [witnessInManifest(witness)],
    lotSeedCommitment: createHash('sha256').update(LOT_SEED).digest('hex'),
  });
  folder = mkdtempSync(join(tmpdir(), 'minka-box-record-'));
  record = `${test.url}/public-record/${test.round.manifest.round}/`;
  await test.openRound();
});
afterAll(async () => {
  await test.stop();
  rmSync(folder, { recursive: true, force: true });
});

const round = (): string => test.round.manifest.round;
const verify = (since: string | null = null): Promise<Report> =>
  verifyRecord(urlSource(record), inlineCrypto, { manifestHash: test.round.hash, since });
const of = ({ checks }: Report, verdict: string): CheckId[] =>
  checks.filter((check) => check.verdict === verdict).map(({ id }) => id);
const text = async (path: string): Promise<string> => (await test.file(path)).text();

const queue = (note: RecordNote): Promise<Response> =>
  test.order({ type: 'note', round: round(), text: JSON.stringify(note) });
const minutes: RecordNote = {
  v: 1,
  type: 'paper-minutes',
  round: 'pp2027-votacion',
  minutes: 'mesa-1',
  group: 'zona-1',
  place: 'Cullpa',
  checkIns: 3,
  ballots: 2,
  spoiled: 1,
  unused: 10,
  photoSha256: 'a'.repeat(64),
};
const pile: RecordNote = {
  v: 1,
  type: 'paper-ballots',
  round: 'pp2027-votacion',
  minutes: 'mesa-1',
  keyedBy: ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'],
  arbitratedBy: null,
  ballots: [
    { group: 'zona-1', choices: { prioridades: ['ECO-1'], 'fondo-provincia': ['2027-003'] } },
    { group: 'zona-1', choices: { prioridades: ['SOC-1'], 'fondo-provincia': [] } },
  ],
};
const head = (day: string, seq: number): RecordNote => ({
  v: 1,
  type: 'audit-head',
  round: 'pp2027-votacion',
  day,
  seq,
  hash: createHash('sha256').update(String(seq)).digest('hex'),
});

async function castSome(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const voter = await voterFixture(test.round, i % 2 === 0 ? '120101' : 'zona-1');
    const first = await ballotFixture(test.round, voter);
    const cast = await test.cast(first);
    expect(cast.status).toBe(201);
    promise = present(cast.promise, 'a promise');
    if (i % 3 > 0) continue;
    const again = { seq: 2, previous: first.leaf, choices: { prioridades: ['INS-1'] } };
    expect((await test.cast(await ballotFixture(test.round, voter, again))).status).toBe(201);
  }
}

/** The count as the worker would announce it. */
async function announce(): Promise<void> {
  const { manifest, hash } = test.round;
  const files = {
    manifest: utf8(test.round.text),
    lines: (await text('ballots/000000.ndjson')).trimEnd().split('\n'),
    notes: await text('notes.ndjson'),
  };
  const read = readRecord({ manifest, hash }, files, nodeBallotCrypto);
  if (!read.ok) throw new Error(read.problem);
  const signed = present(parseCheckpoint(await text('checkpoint')), 'the closing checkpoint');
  expect(Buffer.from(read.root)).toEqual(Buffer.from(signed.checkpoint.root));
  const document = countRound({
    manifest,
    manifestHash: hash,
    ballots: read.effective,
    recordRoot: Buffer.from(read.root).toString('base64'),
    lotSeed: LOT_SEED,
    issuedByGroup: {},
    voteEffect: 'consultivo',
  });
  const order = { type: 'tally', round: round(), text: JSON.stringify(announcedTallyOf(document)) };
  expect((await test.order(order)).status).toBe(200);
}

describe('the record of a real ballot box', () => {
  it('is verified as far as it is public while people vote', async () => {
    // Of days on which the box was away: they wait together, and go in as the chain grew.
    for (const [day, seq] of [
      [29, 4],
      [30, 7],
      [31, 9],
    ] as const) {
      await queue(head(`2026-10-${String(day)}`, seq));
    }
    await queue(head('2026-11-01', 9));
    await castSome(6);
    await test.box.tick();
    await queue(minutes);
    await castSome(6);
    await test.box.tick();
    const report = await verify();
    expect(of(report, 'failed')).toEqual([]);
    expect(report.verdict).toBe('partial');
    await mirrorRecord(urlSource(record), folder, () => undefined);
  });

  it('passes every check once sealed and counted, also against its older copy', async () => {
    const since = await text('checkpoint');
    await test.closeRound();
    await test.box.tick();
    await queue(pile);
    const issued = { '120101': 6, 'zona-1': 6 };
    const none = { '120101': 0, 'zona-1': 0 };
    const issuance: RecordNote = {
      v: 1,
      type: 'issuance',
      round: round(),
      phone: issued,
      desk: none,
      tablet: none,
      paper: { ...none, 'zona-1': 3 },
    };
    await queue(head('2026-11-02', 11));
    const notes = [head('2026-11-02', 12), issuance].map((note) => JSON.stringify(note));
    expect((await test.sealRound(notes)).status).toBe(200);
    await test.box.tick();
    expect((await verify(since)).verdict).toBe('partial');
    await announce();
    const newest = present(parseCheckpoint(await text('checkpoint')), 'the closing checkpoint');
    const line = cosign(newest.text, 1_790_000_000, witness, sha256, (signed) =>
      sign(null, signed, witness.privateKey),
    );
    const cosigned = await fetch(`${test.url}/v1/rounds/${round()}/cosignatures`, {
      method: 'POST',
      body: JSON.stringify({ size: newest.checkpoint.size, line }),
    });
    expect(cosigned.status).toBe(201);

    const report = await verify(since);
    expect(of(report, 'failed')).toEqual([]);
    expect(report.verdict).toBe('passed');
    expect(report.ballots).toEqual({ lines: 16, voters: 12, paper: 2 });
    expect(report.checks.find(({ id }) => id === 'V2')?.facts['witnesses']).toBe(1);
    expect(report.checks.find(({ id }) => id === 'V11')?.facts['files']).not.toBe(0);
  });

  it('bears out what the box promised, and no promise that it never gave', async () => {
    const proof = async (changes: Partial<CastPromise>) => {
      const checkpoint = await text('checkpoint');
      const told = { ...promise, ...changes };
      const content = {
        kind: 'minka/proof/v1',
        round: round(),
        promise: told,
        checkpoint,
        seen: null,
      };
      const file = present(readProof(utf8(JSON.stringify(content))), 'a proof');
      const options = { manifestHash: null, since: null, proof: { file, now: new Date() } };
      return (await verifyRecord(urlSource(record), inlineCrypto, options)).proof?.verdict;
    };
    expect(await proof({})).toBe('kept');
    expect(await proof({ code: '0000000000000' })).toBe('invalid');
  });

  it('is the same in the mirror that was begun while people voted', async () => {
    await mirrorRecord(urlSource(record), folder, () => undefined);
    const options = { manifestHash: test.round.hash, since: null };
    const report = await verifyRecord(folderSource(folder), inlineCrypto, options);
    expect(report).toEqual(await verify());
  });
});

type Sql = Parameters<Parameters<TestBox['database']['owner']['begin']>[1]>[0];

describe('a superuser of the database (threat T5)', () => {
  /** As the owner, with every trigger switched off; undone afterwards. */
  async function tampered(tamper: (sql: Sql, first: number, last: number) => Promise<unknown>) {
    const { owner } = test.database;
    await owner.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`create table kept as table ballot`;
      const [ends] = await sql<{ first: number; last: number }[]>`
        select min(position) as first, max(position) as last from ballot`;
      const { first, last } = present(ends, 'ballots');
      await tamper(sql, first, last);
    });
    try {
      return await verify();
    } finally {
      await owner.begin(async (sql) => {
        await sql`set local session_replication_role = replica`;
        await sql`delete from ballot`;
        await sql`insert into ballot select * from kept`;
        await sql`drop table kept`;
      });
    }
  }

  it('who edits a choice is found out', async () => {
    const report = await tampered(
      (sql, first) =>
        sql`update ballot set body = replace(body, 'IN', 'SO') || ' ' where position = ${first}`,
    );
    expect(of(report, 'failed')).toContain('V5');
  });

  it('who deletes a ballot is found out', async () => {
    const report = await tampered(
      (sql, first) => sql`delete from ballot where position = ${first}`,
    );
    expect(of(report, 'failed')).toContain('V5');
  });

  it('who puts one ballot in the place of another is found out', async () => {
    const report = await tampered(
      (sql, first, last) => sql`
        update ballot b set body = s.body, signature = s.signature
        from ballot s where b.position = ${first} and s.position = ${last}`,
    );
    expect(of(report, 'failed')).toEqual(expect.arrayContaining(['V5', 'V9']));
  });

  it('who changes the order of two ballots is found out', async () => {
    const report = await tampered(async (sql, first, last) => {
      await sql`update ballot set position = ${last + 1} where position = ${first}`;
      await sql`update ballot set position = ${first} where position = ${last}`;
      await sql`update ballot set position = ${last} where position = ${last + 1}`;
    });
    expect(of(report, 'failed')).toContain('V5');
  });

  it('who adds a ballot after the end adds nothing to the record', async () => {
    const report = await tampered(
      (sql, first, last) => sql`
        insert into ballot (round_id, credential, seq, group_id, leaf, body, signature, position)
        select round_id, ${sha256(utf8('somebody'))}, 1, group_id, ${sha256(utf8('more'))},
          body, signature, ${last + 100}
        from ballot where position = ${first}`,
    );
    expect(report.verdict).toBe('passed');
  });

  it('leaves no trace once she has put everything back', async () => {
    expect((await verify()).verdict).toBe('passed');
  });
});
