import { createPublicKey } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditEntry, round } from '@/db/registry/schema';
import type { Actor } from '@/lib/auth/actor';
import { lineText } from '@/lib/ballots/body';
import { composeBallot } from '@/lib/ballots/compose';
import { beginCredential, finishCredential } from '@/lib/ballots/credential';
import { issueCredential } from '@/lib/credentials/commands';
import { requestCloseRound, requestOpenRound, requestTally } from '@/lib/rounds/commands';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import type { DraftInput } from '@/lib/rounds/input';
import { RECORD_FILES } from '@/lib/record/files';
import { announcedTally, recordNote } from '@/lib/record/format';
import { roundsWithWork } from '@/lib/rounds/commands/advance-round';
import { contestsFor } from '@/lib/rounds/contests';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { groupOfDistrict } from '@/lib/rounds/rules';
import { asSuperuser, seedCycle, seedResident, TEST_CYCLE } from '@/lib/rounds/test-round';
import { fromBase64Url, toBase64Url } from '@/lib/shared/bytes';
import { freshRegistry } from '@/services/supervisor/test-support';
import { boxClient } from './box-client';
import { fakeBox, type FakeBox } from './test-box';
import { createIssuer } from './issuer';
import { orderKeyPair } from './keys';
import { advanceRound, type StepContext } from './steps';
import { startWorker } from './worker';

const OPERATOR: Actor = { kind: 'operator' };
const HOUR_MS = 60 * 60 * 1000;

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let keysFolder: string;
let box: FakeBox;
let context: StepContext;
const residents: { id: string; districtCode: string }[] = [];

beforeAll(async () => {
  fresh = await freshRegistry();
  keysFolder = await mkdtemp(join(tmpdir(), 'minka-worker-'));
  const key = await orderKeyPair(keysFolder);
  box = await fakeBox(createPublicKey(key.privateKey));
  context = {
    db: fresh.db,
    box: boxClient(box.url, key),
    keysFolder,
    orderKey: key.publicKey,
    paperPending: () => Promise.resolve({ minutes: 0, tablets: 0 }),
    municipality: 'Huancayo',
    witnesses: [],
    software: 'test',
  };
  await seedCycle(fresh.db);
  for (let i = 0; i < 60; i += 1) {
    const districtCode = i < 45 ? '120114' : i < 55 ? '120101' : '120130';
    const id = await seedResident(fresh.db, { dni: String(60_000_000 + i), districtCode });
    residents.push({ id, districtCode });
  }
});
afterAll(async () => {
  await box.stop();
  await fresh.drop();
  await rm(keysFolder, { recursive: true });
});

function draft(id: string, changes: Partial<DraftInput> = {}): DraftInput {
  return {
    id,
    cycleId: TEST_CYCLE,
    screenCode: id.toUpperCase(),
    nameEs: 'Votación de prueba',
    nameEn: 'Test vote',
    opensAt: new Date(Date.now() - HOUR_MS),
    closesAt: new Date(Date.now() + HOUR_MS),
    livePolicy: 'at-close',
    minGroup: 20,
    ranksPlan: true,
    allocates: [
      { envelopeId: 'pp2027-province', rule: 'equal-shares' },
      { envelopeId: 'pp2027-120114', rule: 'greedy' },
    ],
    ...changes,
  };
}

async function drafted(id: string, changes: Partial<DraftInput> = {}): Promise<string> {
  const answer = await draftRound(fresh.db, OPERATOR, draft(id, changes));
  if (!answer.ok) throw new Error(answer.reason);
  return id;
}

async function opened(id: string): Promise<string> {
  await drafted(id);
  expect(await requestOpenRound(fresh.db, OPERATOR, { roundId: id })).toMatchObject({ ok: true });
  await advanceRound(context, id);
  expect((await roundById(fresh.db, id))!.state).toBe('open');
  return id;
}

const actionsOf = async (id: string) =>
  (
    await fresh.db
      .select({ action: auditEntry.action, actor: auditEntry.actor })
      .from(auditEntry)
      .where(eq(auditEntry.subject, `round:${id}`))
      .orderBy(auditEntry.seq)
  ).map((entry) => `${entry.actor} ${entry.action}`);

async function vote(roundId: string, resident: { id: string; districtCode: string }) {
  const { manifestHash } = (await roundById(fresh.db, roundId))!;
  const manifest = await frozenManifest(fresh.db, roundId, manifestHash!);
  const group = groupOfDistrict(manifest.groups, resident.districtCode)!;
  const pending = await beginCredential(roundId, group.id, group.key);
  const issued = await issueCredential(fresh.db, createIssuer(fresh.db, keysFolder), {
    roundId,
    residentId: resident.id,
    blinded: fromBase64Url(pending.blinded)!,
  });
  if (!issued.ok) throw new Error(issued.reason);
  const credential = await finishCredential(
    pending,
    toBase64Url(issued.value.signature),
    group.key,
  );
  if (!credential.ok) throw new Error(credential.reason);
  const choices = Object.fromEntries(
    contestsFor(manifest, group.id).map((contest) => [
      contest.id,
      contest.kind === 'rank' ? ['SOC-1', 'ECO-1'] : [contest.proposals[0]!.id],
    ]),
  );
  const ballot = await composeBallot({
    manifest,
    manifestHash: manifestHash!,
    credential: credential.value,
    choices,
    seq: 1,
    previous: null,
    secret: new Uint8Array(32).fill(1),
  });
  box.rounds.get(roundId)!.lines.push(lineText(ballot.line));
}

const ordersOf = (id: string) =>
  box.orders
    .map((text) => JSON.parse(text) as { type: string; round: string; text?: string })
    .filter(({ round: of }) => of === id);

describe('a round through the worker', () => {
  it('goes from draft to a stored count, and every act is in the audit', async () => {
    const id = await opened('whole');
    const voters = [residents[0]!, residents[1]!, residents[50]!];
    for (const voter of voters) await vote(id, voter);

    expect(await requestCloseRound(fresh.db, OPERATOR, { roundId: id })).toEqual({
      ok: false,
      reason: 'reason-needed',
    });
    const reason = 'Ensayo general terminado';
    expect(await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason })).toMatchObject({
      ok: true,
    });
    await advanceRound(context, id);

    expect((await roundById(fresh.db, id))!.state).toBe('tallied');
    const [stored] = await fresh.sql`select document from result where round_id = ${id}`;
    expect(JSON.stringify(stored!['document'])).toContain('2027-003');
    expect(await actionsOf(id)).toEqual([
      'operator round.drafted',
      'operator round.open-requested',
      'worker round.opened',
      'operator round.close-requested',
      'worker round.closed',
      'worker round.tally-requested',
      'worker round.tallied',
    ]);
    expect(ordersOf(id).map(({ type }) => type)).toEqual(['open', 'close', 'seal']);
    expect(ordersOf(id)[1]).toEqual({ type: 'close', round: id, reason });
    expect(ordersOf(id)[2]).toMatchObject({ reason });
    const notes = box.rounds.get(id)!.notes.map((text) => recordNote.parse(JSON.parse(text)));
    expect(notes.map(({ type }) => type)).toEqual(['audit-head', 'issuance', 'closing']);
    expect(notes[1]).toMatchObject({
      phone: { '120114': 2, 'zona-1': 1 },
      desk: {},
      tablet: {},
      paper: {},
    });
    expect(notes[2]).toMatchObject({ lines: 3, voters: 3 });
    const waiting = await fresh.sql`
      select id from round_note where round_id = ${id} and sent_at is null`;
    expect(waiting).toHaveLength(0);
  });

  it('freezes the roll: who is added later is not on it, and opening twice changes nothing', async () => {
    const id = await drafted('frozen');
    await requestOpenRound(fresh.db, OPERATOR, { roundId: id });
    box.broken = 503;
    await expect(advanceRound(context, id)).rejects.toThrow();
    box.broken = null;
    await advanceRound(context, id);
    const [first] = await fresh.sql`select manifest from round where id = ${id}`;
    await seedResident(fresh.db, { dni: '69999999' });
    await fresh.sql`update round set state = 'opening' where id = ${id}`;
    await advanceRound(context, id);
    const again = await fresh.sql`select manifest,
      (select count(*)::int from roll_entry where round_id = ${id}) as roll from round where id = ${id}`;
    expect(again[0]!['manifest']).toBe(first!['manifest']);
    expect(again[0]!['roll']).toBe(60);
    await fresh.sql`delete from resident where not exists
      (select 1 from roll_entry where resident_id = resident.id)`;
  });

  it('the manifest carries groups, money, proposals and rules as they were', async () => {
    const id = await opened('manifest');
    const { manifestHash } = (await roundById(fresh.db, id))!;
    const manifest = await frozenManifest(fresh.db, id, manifestHash!);
    expect(
      manifest.groups.map(({ id: group, districts, eligible }) => [group, districts, eligible]),
    ).toEqual([
      ['120114', ['120114'], 45],
      ['zona-1', ['120101', '120130'], 15],
    ]);
    expect(manifest.contests.map((contest) => [contest.id, contest.groups])).toEqual([
      ['prioridades', 'all'],
      ['fondo-provincia', 'all'],
      ['fondo-120114', ['120114']],
    ]);
    expect(manifest.contests[1]).toMatchObject({
      envelopeCents: 500_000_00,
      title: { es: 'Fondo de la provincia', en: 'Provincial fund' },
      rule: { kind: 'equal-shares' },
    });
    expect(manifest.lotSeedCommitment).toMatch(/^[0-9a-f]{64}$/);
  });

  it('closes by the database’s clock without anybody asking, and forgets the issuer’s keys', async () => {
    const id = await opened('due');
    expect(await readdir(join(keysFolder, 'issuer', id))).toHaveLength(2);
    await advanceRound(context, id);
    expect((await roundById(fresh.db, id))!.state).toBe('open');
    await asSuperuser(
      fresh.owner,
      (sql) => sql`update round set closes_at = now() where id = ${id}`,
    );
    await advanceRound(context, id);
    expect((await roundById(fresh.db, id))!.state).toBe('tallied');
    expect(await actionsOf(id)).toContain('system round.close-requested');
    expect(await readdir(join(keysFolder, 'issuer', id))).toHaveLength(0);
  });

  it('while the box is away the state stays, the note says so, and the audit says it once', async () => {
    const id = await drafted('away');
    await requestOpenRound(fresh.db, OPERATOR, { roundId: id });
    box.broken = 503;
    for (let i = 0; i < 3; i += 1) await expect(advanceRound(context, id)).rejects.toThrow();
    box.broken = null;
    expect(await roundById(fresh.db, id)).toMatchObject({
      state: 'opening',
      jobNote: 'failed-box-away',
    });
    expect((await actionsOf(id)).filter((action) => action.endsWith('job-failed'))).toHaveLength(1);
    await advanceRound(context, id);
    expect(await roundById(fresh.db, id)).toMatchObject({ state: 'open', jobNote: null });
  });
});

describe('the end of a record', () => {
  it('waits for paper: nobody votes any more, and nothing is sealed or counted', async () => {
    const id = await opened('paper');
    await vote(id, residents[5]!);
    const reason = 'Se prueban actas pendientes';
    await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason });
    const pending = vi.fn(() => Promise.resolve({ minutes: 1, tablets: 0 }));
    const waiting = { ...context, paperPending: pending };
    for (let i = 0; i < 3; i += 1) await advanceRound(waiting, id);
    expect(await roundById(fresh.db, id)).toMatchObject({
      state: 'closing',
      jobNote: 'closing-paper',
    });
    expect(box.rounds.get(id)!.state).toBe('closed');
    expect(ordersOf(id).map(({ type }) => type)).toEqual(['open', 'close']);

    const keyed = {
      v: 1,
      type: 'paper-ballots',
      round: id,
      minutes: 'mesa-1',
      keyedBy: ['a', 'b'],
      arbitratedBy: null,
      ballots: [
        {
          group: '120114',
          choices: { prioridades: ['SOC-1'], 'fondo-provincia': ['2027-002'], 'fondo-120114': [] },
        },
      ],
    };
    await fresh.sql`insert into round_note (round_id, id, text)
      values (${id}, 'paper-ballots:mesa-1', ${JSON.stringify(keyed)})`;
    await fresh.sql`insert into credential (round_id, resident_id, group_id, channel, issued_on)
      values (${id}, ${residents[6]!.id}, '120114', 'paper', current_date)`;
    await advanceRound(context, id);
    expect((await roundById(fresh.db, id))!.state).toBe('tallied');
    const [stored] = await fresh.sql`select document from result where round_id = ${id}`;
    expect(stored!['document']).toMatchObject({ ballots: 2 });
  });

  it('tells a cut seal again with the same words', async () => {
    const id = await opened('cut');
    const reason = 'Se prueba un sello cortado';
    await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason });
    const cut = { ...context, box: { ...context.box, round: () => Promise.reject(new Error()) } };
    await expect(advanceRound(cut, id)).rejects.toThrow();
    expect((await roundById(fresh.db, id))!.state).toBe('closing');
    await advanceRound(context, id);
    const seals = ordersOf(id).filter(({ type }) => type === 'seal');
    expect(seals).toHaveLength(2);
    expect(seals[1]).toEqual(seals[0]);
    expect((await roundById(fresh.db, id))!.state).toBe('tallied');
  });

  it('has the announced count once it is published, and not before', async () => {
    const id = await opened('announced');
    await vote(id, residents[7]!);
    const reason = 'Se prueba el anuncio';
    await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason });
    await advanceRound(context, id);
    expect(await roundsWithWork(fresh.db)).not.toContain(id);
    expect(box.rounds.get(id)!.tally).toBeNull();
    await fresh.sql`update round set state = 'published' where id = ${id}`;
    await fresh.sql`update result set published_at = now() where round_id = ${id}`;
    expect(await roundsWithWork(fresh.db)).toContain(id);
    await advanceRound(context, id);
    const tally = announcedTally.parse(JSON.parse(box.rounds.get(id)!.tally!));
    expect(tally).toMatchObject({ round: id, ballots: 1 });
    expect(await roundsWithWork(fresh.db)).not.toContain(id);
  });
});

describe('a public record that does not hold', () => {
  it.each([
    ['another manifest', 'manifest.json', (text: string) => `${text} `],
    [
      'a ballot taken away',
      'ballots/000000.ndjson',
      (text: string) => text.slice(text.indexOf('\n') + 1),
    ],
    ['a note taken away', 'notes.ndjson', (text: string) => text.slice(text.indexOf('\n') + 1)],
    ['other rights issued', 'notes.ndjson', (text: string) => text.replace('120114', '120101')],
    ['a ballot twice', 'ballots/000000.ndjson', (text: string) => text + text],
    ['a changed ballot', 'ballots/000000.ndjson', (text: string) => text.replace('SOC-1', 'AMB-1')],
    [
      'a checkpoint signed by nobody',
      'checkpoint',
      (text: string) => text.replace(/— .*/, '— x eA=='),
    ],
    [
      'a checkpoint of another size',
      'checkpoint',
      (text: string) => text.replace(/\n(\d+)\n/, (_, size) => `\n${String(Number(size) + 1)}\n`),
    ],
  ])('with %s is not counted', async (_name, file, lie) => {
    const id = await opened(`lie${String((lies += 1))}`);
    await vote(id, residents[2]!);
    await vote(id, residents[3]!);
    const reason = 'Se prueba un registro falso';
    await requestCloseRound(fresh.db, OPERATOR, { roundId: id, reason });
    box.lies.set(RECORD_FILES.index, '{}');
    await expect(advanceRound(context, id)).rejects.toThrow('failed-box-refused');
    box.lies.clear();
    const truth = await context.box.record(id, file);
    const told = lie(truth!);
    expect(told).not.toBe(truth);
    box.lies.set(file, told);
    await expect(advanceRound(context, id)).rejects.toThrow('failed-record');
    box.lies.clear();
    expect(await roundById(fresh.db, id)).toMatchObject({
      state: 'tallying',
      jobNote: 'failed-record',
    });
    const results = await fresh.sql`select 1 from result where round_id = ${id}`;
    expect(results).toHaveLength(0);
    // Asked again with the true record, it counts.
    expect(await requestTally(fresh.db, OPERATOR, { roundId: id })).toMatchObject({ ok: true });
    await advanceRound(context, id);
    expect((await roundById(fresh.db, id))!.state).toBe('tallied');
  });

  it('with more ballots than credentials issued is not counted', async () => {
    const id = await opened('stuffed');
    await vote(id, residents[4]!);
    await asSuperuser(fresh.owner, (sql) => sql`delete from credential where round_id = ${id}`);
    await fresh.sql`update round set state = 'closing' where id = ${id}`;
    await expect(advanceRound(context, id)).rejects.toThrow('more-cast-than-issued');
  });
});
let lies = 0;

describe('the worker process', () => {
  it('opens what is asked for within its ticks, and stops cleanly', async () => {
    const id = await drafted('ticking');
    const worker = await startWorker({
      databaseUrl: fresh.url,
      ballotBoxUrl: box.url,
      issuerSocket: join(keysFolder, 'issuer.sock'),
      keysFolder,
      municipality: 'Huancayo',
      witnesses: [],
      version: 'test',
      log: pino({ level: 'silent' }),
    });
    try {
      await requestOpenRound(fresh.db, OPERATOR, { roundId: id });
      await vi.waitFor(
        async () => {
          const [row] = await fresh.db
            .select({ state: round.state })
            .from(round)
            .where(eq(round.id, id));
          expect(row!.state).toBe('open');
        },
        { timeout: 60_000, interval: 200 },
      );
    } finally {
      await worker.stop();
    }
    expect(await actionsOf(id)).toEqual([
      'operator round.drafted',
      'operator round.open-requested',
      'worker round.opened',
    ]);
  });
});
