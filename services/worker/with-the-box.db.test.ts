import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/auth/actor';
import { composeBallot } from '@/lib/ballots/compose';
import { beginCredential, finishCredential } from '@/lib/ballots/credential';
import { issueCredential } from '@/lib/credentials/commands';
import { publishResults } from '@/lib/priorities/publish';
import { exportOf } from '@/lib/results/export';
import { tallyOptions } from '@/lib/results/pabulib';
import { publishedResult } from '@/lib/results/queries';
import { requestCloseRound, requestOpenRound } from '@/lib/rounds/commands';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import { contestsFor } from '@/lib/rounds/contests';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { groupOfDistrict } from '@/lib/rounds/rules';
import { roundAlarm } from '@/lib/rounds/monitor-checks';
import { asSuperuser, seedCycle, seedResident, TEST_CYCLE } from '@/lib/rounds/test-round';
import { fromBase64Url, toBase64Url } from '@/lib/shared/bytes';
import { boxKeys } from '@/services/ballot-box/keys';
import { startBallotBox, type RunningBox } from '@/services/ballot-box/server';
import { castAt } from '@/services/ballot-box/test-box';
import { countFile } from '@/services/cli/tally/count-file';
import { readOrder } from '@/services/cli/tally/order';
import { freshBallotBox, freshRegistry } from '@/services/supervisor/test-support';
import { verifyRecord } from '@/verify/run';
import { inlineCrypto } from '@/verify/testing/inline-crypto';
import { urlSource } from '@/verify/url-source';
import { boxClient } from './box-client';
import { watchAudit, watchRounds } from './chores';
import { createIssuer } from './issuer';
import { orderKeyPair } from './keys';
import { advanceRound, type StepContext } from './steps';

const OPERATOR: Actor = { kind: 'operator' };
const HOUR_MS = 60 * 60 * 1000;
const ID = 'de-verdad';
const silent = pino({ level: 'silent' });

let registry: Awaited<ReturnType<typeof freshRegistry>>;
let boxDatabase: Awaited<ReturnType<typeof freshBallotBox>>;
let folder: string;
let box: RunningBox;
let context: StepContext;
let url: string;

beforeAll(async () => {
  [registry, boxDatabase] = await Promise.all([freshRegistry(), freshBallotBox()]);
  folder = await mkdtemp(join(tmpdir(), 'minka-box-'));
  const key = await orderKeyPair(folder);
  box = await startBallotBox({
    databaseUrl: boxDatabase.url,
    connections: 10,
    port: 0,
    siteUrl: 'http://localhost:3000',
    keys: boxKeys(generateKeyPairSync('ed25519').privateKey, key.publicKey),
    version: 'test',
    log: silent,
    ticking: false,
    answerWithinMs: 30_000,
  });
  url = `http://localhost:${String(box.port)}`;
  context = {
    db: registry.db,
    box: boxClient(url, key),
    keysFolder: folder,
    orderKey: key.publicKey,
    paperPending: () => Promise.resolve({ minutes: 0, tablets: 0 }),
    municipality: 'Huancayo',
    witnesses: [],
    software: 'test',
  };
  await seedCycle(registry.db);
});
afterAll(async () => {
  await box.close();
  await Promise.all([registry.drop(), boxDatabase.drop()]);
  await rm(folder, { recursive: true });
});

/** Everything a phone does, with the protocol's own code. */
async function vote(residentId: string, districtCode: string): Promise<number> {
  const { manifestHash } = (await roundById(registry.db, ID))!;
  const manifest = await frozenManifest(registry.db, ID, manifestHash!);
  const group = groupOfDistrict(manifest.groups, districtCode)!;
  const pending = await beginCredential(ID, group.id, group.key);
  const issued = await issueCredential(registry.db, createIssuer(registry.db, folder), {
    roundId: ID,
    residentId,
    blinded: fromBase64Url(pending.blinded)!,
  });
  if (!issued.ok) throw new Error(issued.reason);
  const signature = toBase64Url(issued.value.signature);
  const credential = await finishCredential(pending, signature, group.key);
  if (!credential.ok) throw new Error(credential.reason);
  const ballot = await composeBallot({
    manifest,
    manifestHash: manifestHash!,
    credential: credential.value,
    choices: Object.fromEntries(
      contestsFor(manifest, group.id).map((contest) => [
        contest.id,
        contest.kind === 'rank' ? ['SOC-1', 'INS-1'] : [contest.proposals[0]!.id],
      ]),
    ),
    seq: 1,
    previous: null,
    secret: crypto.getRandomValues(new Uint8Array(32)),
  });
  return (await castAt(url, { line: ballot.line, receipt: ballot.receipt })).status;
}

/** What the monitor says of the round, gravest first. */
async function problemsSeen(): Promise<string[]> {
  await watchRounds(context, silent);
  const alarm = await roundAlarm(registry.db, ID);
  return (alarm?.problems ?? []).map(({ kind }) => kind);
}

describe('registry, worker and the real ballot box', () => {
  it('a round goes from draft to published results, and what was cast is what was counted', async () => {
    const { db } = registry;
    const residents: string[] = [];
    for (let i = 0; i < 45; i += 1) {
      residents.push(await seedResident(db, { dni: String(71_000_000 + i) }));
    }
    const drafted = await draftRound(db, OPERATOR, {
      id: ID,
      cycleId: TEST_CYCLE,
      screenCode: 'VERDAD',
      nameEs: 'Votación de verdad',
      nameEn: 'A true vote',
      opensAt: new Date(Date.now() - HOUR_MS),
      closesAt: new Date(Date.now() + HOUR_MS),
      livePolicy: 'at-close',
      minGroup: 20,
      ranksPlan: true,
      allocates: [
        { envelopeId: 'pp2027-province', rule: 'equal-shares' },
        { envelopeId: 'pp2027-120114', rule: 'greedy' },
      ],
    });
    expect(drafted.ok).toBe(true);
    expect((await requestOpenRound(db, OPERATOR, { roundId: ID })).ok).toBe(true);
    await advanceRound(context, ID);
    // As every day; the seal brings another head of the same day, and both wait for one batch.
    await watchAudit(context, silent);

    const cast = await Promise.all(
      residents.slice(0, 25).map((resident) => vote(resident, '120114')),
    );
    expect(cast).toEqual(cast.map(() => 201));

    expect(await problemsSeen()).toEqual([]);
    const { owner } = boxDatabase;
    await asSuperuser(owner, (sql) => sql`insert into receipt values (${ID}, '0000000000000')`);
    expect(await problemsSeen()).toEqual(['receipts-differ']);
    await asSuperuser(owner, (sql) => sql`delete from receipt where code = '0000000000000'`);
    expect(await problemsSeen()).toEqual(['fewer-than-before']);
    await asSuperuser(
      owner,
      (sql) => sql`insert into ballot (round_id, credential, seq, group_id, leaf, body, signature)
        select round_id, sha256(credential), seq, group_id, sha256(leaf), body, signature
        from ballot limit 1`,
    );
    expect(await problemsSeen()).toEqual(['more-voters-than-issued', 'receipts-differ']);
    await asSuperuser(
      owner,
      (sql) => sql`delete from ballot where leaf in (select sha256(leaf) from ballot)`,
    );
    expect(await problemsSeen()).toEqual(['fewer-than-before']);
    expect(await problemsSeen()).toEqual([]);

    const reason = 'Prueba de la votación entera';
    expect((await requestCloseRound(db, OPERATOR, { roundId: ID, reason })).ok).toBe(true);
    await advanceRound(context, ID);
    expect(await roundById(db, ID)).toMatchObject({ state: 'tallied', jobNote: null });
    const [closed] = await registry.sql`select details from audit_entry
      where subject = ${`round:${ID}`} and action = 'round.closed'`;
    expect(closed!['details']).toEqual({ ballots: 25 });

    const province = { roundId: ID, contestId: 'fondo-provincia' };
    expect(await exportOf(province, url, db)).toEqual({ ok: false, reason: 'not-published' });
    expect((await publishResults(db, OPERATOR, { roundId: ID })).ok).toBe(true);
    const winners =
      await registry.sql`select code from proposal where state = 'funded' order by code`;
    expect(winners.map((row): unknown => row['code'])).toEqual(['2027-001', '2027-003']);
    expect(await publishResults(db, OPERATOR, { roundId: ID })).toEqual({
      ok: false,
      reason: 'already-published',
    });

    await advanceRound(context, ID);
    const record = urlSource(`${url}/public-record/${ID}/`);
    const since = { manifestHash: (await roundById(db, ID))!.manifestHash, since: null };
    const report = await verifyRecord(record, inlineCrypto, since);
    expect(report.checks.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
    expect(report.verdict).toBe('passed');
    expect(report.checks.find(({ id }) => id === 'V14')?.facts).toEqual({ heads: 2 });

    const exported = await exportOf(province, url, db);
    const written = exported.ok ? await exported.value.write() : exported;
    if (!written.ok) throw new Error(written.reason);
    const path = join(folder, 'fondo-provincia.pb');
    await writeFile(path, written.value);
    const contest = (await publishedResult(ID, db))!.result.contests.find(
      (one) => one.id === 'fondo-provincia',
    );
    if (contest?.kind !== 'allocate' || contest.result === null) throw new Error('no result');
    const { order } = readOrder([path, ...tallyOptions(contest.result.rule)]);
    expect(JSON.parse(countFile(path, path, order).line)).toMatchObject({
      winners: contest.winners,
      cost: (Number(contest.result.cost) / 100).toString(),
    });

    const refused = (roundId: string, contestId: string) =>
      exportOf({ roundId, contestId }, url, db);
    expect(await refused(ID, 'prioridades')).toEqual({ ok: false, reason: 'no-envelope' });
    expect(await refused(ID, 'fondo-inventado')).toEqual({ ok: false, reason: 'not-found' });
    expect(await refused('otra', 'fondo-provincia')).toEqual({ ok: false, reason: 'not-found' });
    const nobody = await exportOf(province, 'http://localhost:9', db);
    expect(nobody.ok && (await nobody.value.write())).toEqual({ ok: false, reason: 'box-away' });
  });
});
