import { createPublicKey } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { PendingQuery, Row, TransactionSql } from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/transaction';
import { recordNote } from '@/lib/record/format';
import { openText, personKeys } from '@/lib/roll/person-crypto';
import { publicFigures, roundAlarm } from '@/lib/rounds/monitor-checks';
import { manifestHash } from '@/lib/rounds/manifest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { noteIsRecorded, queueRoundNote } from '@/lib/rounds/notes';
import { asSuperuser, seedCycle, seedOpenRound, seedResident } from '@/lib/rounds/test-round';
import { ok } from '@/lib/shared/result';
import { freshRegistry } from '@/services/supervisor/test-support';
import { boxClient } from './box-client';
import { doChores, watchAudit, watchRounds } from './chores';
import { orderKeyPair } from './keys';
import { fakeBox, type FakeBox } from './test-box';

const ID = 'vigilada';
const GROUP = '120114';
const PEOPLE = 60;
const K = 20;
const silent = pino({ level: 'silent' });

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let folder: string;
let box: FakeBox;
let context: { db: typeof fresh.db; box: ReturnType<typeof boxClient> };
const residents: string[] = [];

beforeAll(async () => {
  fresh = await freshRegistry();
  folder = await mkdtemp(join(tmpdir(), 'minka-chores-'));
  const key = await orderKeyPair(folder);
  box = await fakeBox(createPublicKey(key.privateKey));
  context = { db: fresh.db, box: boxClient(box.url, key) };
  await seedCycle(fresh.db);
  for (let i = 0; i < PEOPLE; i += 1) {
    residents.push(await seedResident(fresh.db, { dni: String(50_000_000 + i) }));
  }
  const fixture = manifestFixture();
  const [first] = fixture.groups;
  const text = JSON.stringify(
    manifestFixture({
      round: ID,
      minGroup: K,
      groups: [{ ...first!, id: GROUP, districts: [GROUP], eligible: PEOPLE }],
      contests: fixture.contests.slice(0, 2),
    }),
  );
  await seedOpenRound(fresh.db, {
    id: ID,
    residents: residents.map((id) => ({ id, districtCode: GROUP })),
    manifest: text,
    manifestHash: await manifestHash(text),
  });
  const rights = residents.slice(0, 40);
  for (const [index, resident] of rights.entries()) {
    const hash = Buffer.alloc(32, index + 1);
    await fresh.sql`insert into credential
      (round_id, resident_id, group_id, channel, blinded_hash, blind_signature, issued_on)
      values (${ID}, ${resident}, ${GROUP}, 'phone', ${hash}, ${hash}, current_date)`;
    await fresh.sql`insert into issuer_log (round_id, group_id, blinded_hash)
      values (${ID}, ${GROUP}, ${hash})`;
  }
  box.rounds.set(ID, { manifest: text, state: 'open', lines: [], notes: [], tally: null });
});
afterAll(async () => {
  await box.stop();
  await fresh.drop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  box.counts.clear();
  box.broken = null;
  await fresh.sql`delete from monitor_check`;
});

function boxSays(voters: number, changes: object = {}): void {
  const groups = { [GROUP]: { voters, lines: voters } };
  box.counts.set(ID, { groups, receipts: voters, lines: voters, published: 0, ...changes });
}
const look = () => watchRounds(context, silent);
const figures = () => publicFigures(fresh.db, { id: ID, minGroup: K });
const actions = async () =>
  (await fresh.sql`select action from audit_entry where action like 'monitor.%' order by seq`).map(
    (row): unknown => row['action'],
  );

type Forgery = (sql: TransactionSql) => PendingQuery<Row[]>;

describe('a round while it is voted', () => {
  it('is calm when its figures agree, and tells totals once k have voted', async () => {
    boxSays(K - 1);
    await look();
    expect(await figures()).toMatchObject({ holds: true, totals: null });
    boxSays(K);
    await look();
    expect(await figures()).toMatchObject({
      holds: true,
      totals: { voters: K, issued: 40, eligible: PEOPLE },
    });
    expect(await roundAlarm(fresh.db, ID)).toBeNull();
    expect(await actions()).toEqual([]);
  });

  it('raises one alarm when a forged ballot or receipt is there, and says when it is over', async () => {
    const forged = [
      [{ [GROUP]: { voters: 41, lines: 41 } }, 41, 41, 'more-voters-than-issued'],
      [{ [GROUP]: { voters: 30, lines: 30 } }, 31, 30, 'receipts-differ'],
      [{ [GROUP]: { voters: 30, lines: 30 } }, 31, 31, 'lines-differ'],
    ] as const;
    for (const [groups, receipts, lines, kind] of forged) {
      boxSays(30, { groups, receipts, lines });
      for (let minute = 0; minute < 3; minute += 1) await look();
      expect((await roundAlarm(fresh.db, ID))?.problems.map((one) => one.kind)).toContain(kind);
      expect(await figures()).toMatchObject({ holds: false });
      await fresh.sql`delete from monitor_check`;
    }
    const raised = await actions();
    expect(raised).toEqual(['monitor.alarm', 'monitor.alarm', 'monitor.alarm']);
    boxSays(41);
    await look();
    await asSuperuser(fresh.owner, (tx) => tx`delete from monitor_check`);
    boxSays(30, { receipts: 31 });
    await look();
    boxSays(31);
    await look();
    expect((await actions()).slice(raised.length)).toEqual([
      'monitor.alarm',
      'monitor.alarm',
      'monitor.calm',
    ]);
    expect(await roundAlarm(fresh.db, ID)).toBeNull();
  });

  it('tells two people once when it begins and once when it is over', async () => {
    const keys = personKeys('k'.repeat(43), '');
    const alarmed = { ...context, alarm: { keys, phones: ['964000001', '964000002'] } };
    boxSays(30, { receipts: 31 });
    for (let minute = 0; minute < 3; minute += 1) await watchRounds(alarmed, silent);
    const sent = async () =>
      (await fresh.sql`select payload_sealed from sms_message order by id`).map(
        (row) =>
          JSON.parse(openText(keys, 'sms', row['payload_sealed'] as Buffer)) as {
            phone: string;
            body: string;
          },
      );
    const raised = await sent();
    expect(raised.map(({ phone }) => phone).sort()).toEqual(['964000001', '964000002']);
    expect(raised[0]?.body).toContain(`la votación ${ID} no cuadran`);
    boxSays(31);
    await watchRounds(alarmed, silent);
    const all = await sent();
    expect(all).toHaveLength(4);
    expect(all.filter(({ body }) => body.includes('vuelven a cuadrar'))).toHaveLength(2);
  });

  it.each<[string, string, Forgery, Forgery]>([
    [
      'rights are taken away from those who voted',
      'more-voters-than-issued',
      (tx) => tx`delete from credential where blinded_hash > ${Buffer.alloc(32, 25)}`,
      (tx) => tx`insert into credential select ${ID}, r.id, ${GROUP}, 'phone', l.blinded_hash,
        l.blinded_hash, current_date
        from (select id, row_number() over () n from resident
          where id not in (select resident_id from credential)) r
        join (select blinded_hash, row_number() over () n from issuer_log
          where blinded_hash not in (select blinded_hash from credential)) l using (n)`,
    ],
    [
      'somebody is taken off the roll',
      'roll-changed',
      (tx) => tx`delete from roll_entry where resident_id = ${residents[59]!}`,
      (tx) => tx`insert into roll_entry values (${ID}, ${residents[59]!}, ${GROUP})`,
    ],
    [
      'a right is moved to another group',
      'unknown-group',
      (tx) =>
        tx`update credential set group_id = 'zona-9' where blinded_hash = ${Buffer.alloc(32, 1)}`,
      (tx) => tx`update credential set group_id = ${GROUP}`,
    ],
    [
      'the issuer signed behind the registry’s back',
      'signed-without-right',
      (tx) => tx`insert into issuer_log values (${ID}, ${GROUP}, ${Buffer.alloc(32, 99)})`,
      (tx) => tx`delete from issuer_log where blinded_hash = ${Buffer.alloc(32, 99)}`,
    ],
    [
      'a right was made without the issuer',
      'right-without-signing',
      (tx) => tx`delete from issuer_log where blinded_hash = ${Buffer.alloc(32, 2)}`,
      (tx) => tx`insert into issuer_log values (${ID}, ${GROUP}, ${Buffer.alloc(32, 2)})`,
    ],
    [
      'a right on paper is given out at no table',
      'paper-differs',
      (tx) => tx`insert into credential (round_id, resident_id, group_id, channel, issued_on)
        values (${ID}, ${residents[50]!}, ${GROUP}, 'paper', current_date)`,
      (tx) => tx`delete from credential where channel = 'paper'`,
    ],
    [
      'a table lists somebody who has no right on paper',
      'paper-differs',
      (tx) => tx`with mesa as (
          insert into paper_table (request_key, round_id, number, group_id, place, papers, opened_by)
          values (gen_random_uuid(), ${ID}, 1, ${GROUP}, 'Plaza', 10, 'x') returning id)
        insert into paper_check_in (round_id, resident_id, table_id, stub)
        select ${ID}, ${residents[50]!}, id, 1 from mesa`,
      (tx) => tx`with gone as (delete from paper_check_in) delete from paper_table`,
    ],
    [
      'minutes have more papers than people on the table’s list',
      'more-papers-than-people',
      (tx) => tx`insert into paper_table (request_key, round_id, number, group_id, place, papers,
          opened_by, state, closed_by, check_ins, ballots, spoiled, unused, photo_sha256)
        values (gen_random_uuid(), ${ID}, 1, ${GROUP}, 'Plaza', 10, 'x', 'closed', 'x', 2, 1, 1, 8,
          ${Buffer.alloc(32)})`,
      (tx) => tx`delete from paper_table`,
    ],
    [
      'a right of a tablet has nobody on its list',
      'tablets-differ',
      (tx) => tx`insert into credential (round_id, resident_id, group_id, channel, issued_on)
        values (${ID}, ${residents[50]!}, ${GROUP}, 'tablet', current_date)`,
      (tx) => tx`delete from credential where channel = 'tablet'`,
    ],
  ])('alarms when %s', async (_name, kind, forge, undo) => {
    boxSays(30);
    await asSuperuser(fresh.owner, forge);
    await look();
    await asSuperuser(fresh.owner, undo);
    expect((await roundAlarm(fresh.db, ID))?.problems.map((one) => one.kind)).toContain(kind);
    await look();
    expect(await roundAlarm(fresh.db, ID)).toBeNull();
  });

  it('is calm when tables and tablets gave out what the rights say', async () => {
    const right =
      (resident: string, channel: string): Forgery =>
      (tx) =>
        tx`insert into credential (round_id, resident_id, group_id, channel, issued_on)
        values (${ID}, ${resident}, ${GROUP}, ${channel}, current_date)`;
    const on =
      (resident: string, state: string, place: number): Forgery =>
      (tx) =>
        tx`insert into tablet_resident values
        ('T-2345', ${ID}, ${resident}, ${GROUP}, ${place}, ${Buffer.alloc(32)}, ${state})`;
    const [paper, reserved, voted, released] = residents.slice(50);
    for (const forge of [
      right(paper!, 'paper'),
      right(reserved!, 'tablet'),
      right(voted!, 'tablet'),
      on(reserved!, 'reserved', 0),
      on(voted!, 'voted', 1),
      // Free again: votes in another way, or not at all.
      on(released!, 'released', 2),
      (tx) => tx`with mesa as (
          insert into paper_table (request_key, round_id, number, group_id, place, papers, opened_by,
            state, closed_by, check_ins, ballots, spoiled, unused, photo_sha256)
          values (gen_random_uuid(), ${ID}, 1, ${GROUP}, 'Plaza', 10, 'x', 'closed', 'x', 1, 1, 0, 9,
            ${Buffer.alloc(32)}) returning id)
        insert into paper_check_in (round_id, resident_id, table_id, stub)
        select ${ID}, ${paper!}, id, 1 from mesa`,
    ] satisfies Forgery[]) {
      await asSuperuser(fresh.owner, forge);
    }
    boxSays(30);
    await look();
    expect(await roundAlarm(fresh.db, ID)).toBeNull();
    await asSuperuser(
      fresh.owner,
      (tx) => tx`with gone as (delete from paper_check_in),
      tables as (delete from paper_table), listed as (delete from tablet_resident)
      delete from credential where channel in ('paper', 'tablet')`,
    );
  });

  it('keeps a day of looks and no more', async () => {
    boxSays(30);
    await look();
    await fresh.sql`insert into monitor_check (round_id, checked_at, holds, problems, figures)
      select round_id, checked_at - n * interval '1 minute', holds, problems, figures
      from monitor_check, generate_series(1, 1500) n`;
    await look();
    const [kept] = await fresh.sql`select count(*)::int as checks from monitor_check`;
    expect(kept!['checks']).toBe(1440);
  });
});

describe('what the registry tells the record', () => {
  it('is the head of the audit, once a day, after the chain was checked', async () => {
    await watchAudit(context, silent);
    await watchAudit(context, silent);
    const heads = await fresh.sql`select text from round_note where id like 'audit-head:%'`;
    expect(heads).toHaveLength(1);
    const note = recordNote.parse(JSON.parse(heads[0]!['text'] as string));
    const [entry] = await fresh.sql`select seq, hash from audit_entry order by seq desc limit 1`;
    expect(note).toMatchObject({
      type: 'audit-head',
      round: ID,
      seq: Number(entry!['seq']),
      hash: (entry!['hash'] as Buffer).toString('hex'),
    });
    const checks = await fresh.sql`select problem from audit_check`;
    expect(checks.map((row): unknown => row['problem'])).toEqual([null, null]);
  });

  it('is sent until the box has it, and a failing chore keeps no other from its turn', async () => {
    const minutes = JSON.stringify({
      v: 1,
      type: 'paper-minutes',
      round: ID,
      minutes: 'mesa-1',
      group: GROUP,
      place: 'Plaza',
      checkIns: 3,
      ballots: 3,
      spoiled: 0,
      unused: 0,
      photoSha256: '0'.repeat(64),
    });
    const note = { roundId: ID, id: 'paper-minutes:mesa-1', text: minutes };
    const queue = () =>
      inTransaction(fresh.db, async (tx) => {
        const queued = await queueRoundNote(tx, note);
        return queued.ok ? ok(null) : queued;
      });
    expect(await queue()).toMatchObject({ ok: true });
    expect(await queue()).toMatchObject({ ok: true });
    await fresh.sql`insert into outbox_message (phone, body, created_at)
      values ('900000001', 'x', now() - interval '30 days')`;
    box.broken = 503;
    await doChores(context, silent, 0);
    expect(await noteIsRecorded(fresh.db, ID, note.id)).toBe(false);
    expect(await fresh.sql`select 1 from outbox_message`).toHaveLength(0);
    box.broken = null;
    await doChores(context, silent, 1);
    expect(await noteIsRecorded(fresh.db, ID, note.id)).toBe(true);
    expect(box.rounds.get(ID)!.notes).toContain(minutes);
    await doChores(context, silent, 2);
    expect(box.rounds.get(ID)!.notes.filter((text) => text === minutes)).toHaveLength(1);
  });

  it('is never another text under the same name', async () => {
    const note = { roundId: ID, id: 'paper-minutes:mesa-1', text: '{}' };
    expect(await inTransaction(fresh.db, (tx) => queueRoundNote(tx, note))).toEqual({
      ok: false,
      reason: 'other-text',
    });
    await expect(fresh.sql`update round_note set text = '{}'`).rejects.toThrow(/permission denied/);
    await expect(fresh.owner`update round_note set text = '{}'`).rejects.toThrow(/append-only/);
    await expect(fresh.owner`delete from round_note`).rejects.toThrow(/append-only/);
  });

  it('says when the audit chain is broken', async () => {
    await asSuperuser(
      fresh.owner,
      (tx) => tx`update audit_entry set actor = 'operator' where seq = 2`,
    );
    await fresh.owner`update audit_check set checked_at = checked_at - interval '1 day'`;
    await watchAudit(context, silent);
    const [last] =
      await fresh.sql`select action, details from audit_entry order by seq desc limit 1`;
    expect(last).toMatchObject({ action: 'audit.broken', details: { kind: 'altered', seq: 2 } });
  });
});

describe('a ballot box that is away', () => {
  const OTHER = 'a-la-urna-sola';
  const alarmOf = async (round: string) =>
    (await roundAlarm(fresh.db, round))?.problems.map(({ kind }) => kind) ?? [];
  const told = async (round: string) =>
    (
      await fresh.sql`select action from audit_entry
        where subject = ${`round:${round}`} and action like 'monitor.%' order by seq`
    ).map((row): unknown => row['action']);

  it('for one round raises its alarm at the third look, and the others are looked at', async () => {
    const { manifest } = box.rounds.get(ID)!;
    const text = JSON.stringify({ ...(JSON.parse(manifest) as object), round: OTHER });
    await seedOpenRound(fresh.db, {
      id: OTHER,
      residents: [],
      manifest: text,
      manifestHash: await manifestHash(text),
    });
    boxSays(30);
    // The box knows nothing of a round that is open: an old copy was restored.
    for (const expected of [[], [], ['box-away'], ['box-away']]) {
      await look();
      expect(await alarmOf(OTHER)).toEqual(expected);
      expect(await figures()).toMatchObject({ holds: true, isAway: false });
    }
    expect(await publicFigures(fresh.db, { id: OTHER, minGroup: K })).toMatchObject({
      holds: false,
      isAway: true,
      totals: null,
    });
    expect(await told(OTHER)).toEqual(['monitor.alarm']);
    await asSuperuser(fresh.owner, (tx) => tx`delete from round where id = ${OTHER}`);
  });

  it('tells two people once, and once that it is back; what it tells then must be no less', async () => {
    const keys = personKeys('k'.repeat(43), '');
    const alarmed = { ...context, alarm: { keys, phones: ['964000001', '964000002'] } };
    await fresh.sql`delete from sms_message`;
    const sent = async () =>
      (await fresh.sql`select payload_sealed from sms_message order by id`).map(
        (row) =>
          (JSON.parse(openText(keys, 'sms', row['payload_sealed'] as Buffer)) as { body: string })
            .body,
      );
    boxSays(30);
    await watchRounds(alarmed, silent);
    box.broken = 503;
    // A restart of the box takes less than three looks: nobody is woken.
    for (let minute = 0; minute < 2; minute += 1) await watchRounds(alarmed, silent);
    expect([await alarmOf(ID), await sent()]).toEqual([[], []]);
    box.broken = null;
    await watchRounds(alarmed, silent);
    box.broken = 503;
    for (let minute = 0; minute < 5; minute += 1) await watchRounds(alarmed, silent);
    expect(await alarmOf(ID)).toEqual(['box-away']);
    const alarms = await sent();
    expect(alarms).toHaveLength(2);
    for (const body of alarms) expect(body).toContain(`la urna no responde en la votación ${ID}`);
    expect(await figures()).toMatchObject({ isAway: true, totals: { voters: 30 } });
    box.broken = null;
    boxSays(29);
    await watchRounds(alarmed, silent);
    expect(await alarmOf(ID)).toEqual(['fewer-than-before']);
    await watchRounds(alarmed, silent);
    expect(await alarmOf(ID)).toEqual([]);
    expect((await sent()).filter((body) => body.includes('vuelven a cuadrar'))).toHaveLength(2);
  });

  it('and hangs makes no look come less often: what became due meanwhile is done', async () => {
    boxSays(30);
    await doChores(context, silent, 59, 1);
    expect(await figures()).toBeNull();
    await doChores(context, silent, 75, 59);
    expect(await figures()).toMatchObject({ holds: true });
  });
});
