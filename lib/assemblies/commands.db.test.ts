import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '@/lib/auth/actor';
import { checkInOnPaper } from '@/lib/credentials/commands/check-in-on-paper';
import { seedDeskRound, seedStaff, TEST_GROUP } from '@/lib/credentials/desk.fixture';
import { recordNote } from '@/lib/record/format';
import { officerPseudonym } from '@/lib/rounds/officer-pseudonym';
import { seedCycle } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { beginKeying, discardEntry } from './commands/begin-keying';
import { closeTable } from './commands/close-table';
import { finishKeying } from './commands/finish-keying';
import { keyPaper } from './commands/key-paper';
import { openTable } from './commands/open-table';
import { MAX_PHOTO_BYTES, readPhoto } from './photo';
import { PHOTO } from './photo.fixture';
import { paperPending, paperPhotoOf, paperTableById } from './queries';

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let officers: [StaffActor, StaffActor, StaffActor, StaffActor];
let rounds = 0;
let dnis = 60_000_000;

/** As the table keeps it: drawn anew (photo.test.ts). */
const KEPT = await readPhoto(PHOTO).then((photo) => (photo.ok ? photo.value.content : Buffer.of()));
const VALID = { prioridades: ['SOC-1'], 'fondo-provincia': ['2027-001'] };
const OTHER = { prioridades: ['ECO-1'], 'fondo-provincia': [] };
const BLANK = { prioridades: [], 'fondo-provincia': [] };

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  officers = [
    await seedStaff(fresh.db, 'oficial-1'),
    await seedStaff(fresh.db, 'oficial-2'),
    await seedStaff(fresh.db, 'oficial-3'),
    await seedStaff(fresh.db, 'oficial-4'),
  ];
});
afterAll(() => fresh.drop());

const tableOf = async (id: string) => (await paperTableById(fresh.db, id))!;
const notes = (roundId: string) =>
  fresh.sql<{ id: string; text: string }[]>`
    select id, text from round_note where round_id = ${roundId} order by id`;
const closeRound = (roundId: string) =>
  fresh.sql`update round set state = 'closing' where id = ${roundId}`;
const send = (roundId: string) =>
  fresh.sql`update round_note set sent_at = now() where round_id = ${roundId}`;

function open(roundId: string, change: Partial<Parameters<typeof openTable>[2]> = {}) {
  return openTable(fresh.db, officers[0], {
    requestKey: randomUUID(),
    roundId,
    groupId: TEST_GROUP,
    place: 'Coliseo de El Tambo',
    papers: 10,
    ...change,
  });
}

async function openedTable(people = 5) {
  const roundId = `papel-${String((rounds += 1))}`;
  const { residents } = await seedDeskRound(
    fresh.db,
    roundId,
    Array.from({ length: people }, () => ({ dni: String((dnis += 1)) })),
  );
  const opened = await open(roundId);
  if (!opened.ok) throw new Error(opened.reason);
  return { roundId, residents, tableId: opened.value.id };
}

const MINUTES = { checkIns: 5, ballots: 3, spoiled: 1, unused: 6 };

function close(tableId: string, minutes = MINUTES, photo: Uint8Array = PHOTO) {
  return closeTable(fresh.db, officers[0], { tableId, minutes, photo });
}

/** Five people came; three valid papers and a void one are in the urn; voting is over. */
async function closedTable() {
  const of = await openedTable();
  for (const residentId of of.residents) {
    await checkInOnPaper(fresh.db, officers[0], { residentId, tableId: of.tableId });
  }
  expect(await close(of.tableId)).toEqual({ ok: true, value: null });
  await closeRound(of.roundId);
  return of;
}

async function recordedTable() {
  const of = await closedTable();
  await send(of.roundId);
  return of;
}

const begin = (actor: StaffActor, tableId: string) => beginKeying(fresh.db, actor, { tableId });
const finish = (actor: StaffActor, tableId: string) => finishKeying(fresh.db, actor, { tableId });

async function key(
  actor: StaffActor,
  tableId: string,
  papers: readonly (Record<string, string[]> | null)[],
  from = 1,
) {
  for (const [at, choices] of papers.entries()) {
    const number = from + at;
    expect(await keyPaper(fresh.db, actor, { tableId, number, choices, replaces: false })).toEqual({
      ok: true,
      value: null,
    });
  }
}

/** Both officers have keyed these; neither has finished. */
async function keyed(
  first: readonly (Record<string, string[]> | null)[],
  second: readonly (Record<string, string[]> | null)[],
) {
  const of = await recordedTable();
  expect(await begin(officers[0], of.tableId)).toEqual({ ok: true, value: { pass: 1 } });
  expect(await begin(officers[1], of.tableId)).toEqual({ ok: true, value: { pass: 2 } });
  await key(officers[0], of.tableId, first);
  await key(officers[1], of.tableId, second);
  return of;
}

async function reconciledTable() {
  const of = await keyed([VALID, OTHER, BLANK, null], [VALID, OTHER, BLANK, null]);
  expect(await finish(officers[0], of.tableId)).toEqual({ ok: true, value: { state: 'keying' } });
  expect(await finish(officers[1], of.tableId)).toEqual({
    ok: true,
    value: { state: 'reconciled' },
  });
  return of;
}

describe('a paper table', () => {
  it('is opened once however often its form is sent, and numbered in its round', async () => {
    const { roundId } = await openedTable(1);
    const requestKey = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => open(roundId, { requestKey })),
    );
    expect(new Set(answers.map((a) => (a.ok ? a.value.id : a.reason))).size).toBe(1);
    const [rows] = await fresh.sql`select array_agg(number order by number) as numbers
      from paper_table where round_id = ${roundId}`;
    expect(rows?.['numbers']).toEqual([1, 2]);
  });

  it('is opened by officers, in an open round, for a group of it', async () => {
    const { roundId } = await openedTable(1);
    const input = { requestKey: randomUUID(), roundId, groupId: TEST_GROUP, place: 'x', papers: 1 };
    expect(await openTable(fresh.db, { kind: 'operator' }, input)).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await open(roundId, { groupId: 'zona-9' })).toMatchObject({ reason: 'unknown-group' });
    await closeRound(roundId);
    expect(await open(roundId)).toMatchObject({ reason: 'round-not-open' });
  });

  it('closes with minutes that add up, a photo, and a note for the public record', async () => {
    const { roundId, tableId, residents } = await openedTable();
    for (const residentId of residents) {
      await checkInOnPaper(fresh.db, officers[0], { residentId, tableId });
    }
    expect(await close(tableId, { ...MINUTES, checkIns: 4 })).toMatchObject({
      reason: 'check-ins-differ',
    });
    expect(await close(tableId, { ...MINUTES, unused: 5 })).toMatchObject({
      reason: 'papers-differ',
    });
    expect(await close(tableId, { checkIns: 5, ballots: 5, spoiled: 1, unused: 4 })).toMatchObject({
      reason: 'urn-exceeds-check-ins',
    });
    expect(await close(tableId, MINUTES, Buffer.from('<svg/>'))).toMatchObject({
      reason: 'photo-not-image',
    });
    const large = Buffer.concat([PHOTO, Buffer.alloc(MAX_PHOTO_BYTES)]);
    expect(await close(tableId, MINUTES, large)).toMatchObject({ reason: 'photo-too-large' });
    expect(await notes(roundId)).toEqual([]);

    expect(await close(tableId)).toEqual({ ok: true, value: null });
    const [note] = await notes(roundId);
    expect(note?.id).toBe('paper-minutes:mesa-1');
    expect(recordNote.parse(JSON.parse(note?.text ?? ''))).toEqual({
      v: 1,
      type: 'paper-minutes',
      round: roundId,
      minutes: 'mesa-1',
      group: TEST_GROUP,
      place: 'Coliseo de El Tambo',
      ...MINUTES,
      photoSha256: createHash('sha256').update(KEPT).digest('hex'),
    });
    expect(await paperPhotoOf(fresh.db, tableId)).toEqual({
      mediaType: 'image/jpeg',
      content: KEPT,
    });
    // Sent again it is done; with other figures it is refused.
    expect(await close(tableId)).toEqual({ ok: true, value: null });
    expect(await close(tableId, { ...MINUTES, ballots: 2, unused: 7 })).toMatchObject({
      reason: 'already-closed',
    });
    expect(
      await checkInOnPaper(fresh.db, officers[0], { residentId: randomUUID(), tableId }),
    ).toMatchObject({ reason: 'table-closed' });
  });

  it('keeps the round waiting until it is reconciled', async () => {
    const { roundId } = await openedTable(1);
    expect(await paperPending(fresh.db, roundId)).toEqual({ minutes: 1 });
    const done = await reconciledTable();
    expect(await paperPending(fresh.db, done.roundId)).toEqual({ minutes: 0 });
  });
});

describe('keying', () => {
  it('begins only when the record has the minutes, and only when nobody votes any more', async () => {
    const { tableId, roundId } = await closedTable();
    expect(await begin(officers[0], tableId)).toMatchObject({ reason: 'not-recorded' });
    expect((await tableOf(tableId)).state).toBe('closed');
    // Not even as the owner of the database.
    await expect(
      fresh.owner`update paper_table set state = 'keying' where id = ${tableId}`,
    ).rejects.toThrow('the public record has no minutes');
    await send(roundId);
    expect((await tableOf(tableId)).state).toBe('recorded');
    await fresh.sql`update round set state = 'open' where id = ${roundId}`;
    expect(await begin(officers[0], tableId)).toMatchObject({ reason: 'voting-not-over' });
    await closeRound(roundId);
    expect(await begin(officers[0], tableId)).toMatchObject({ ok: true });
  });

  it('is refused to the same officer twice', async () => {
    const { tableId } = await recordedTable();
    await begin(officers[0], tableId);
    expect(await begin(officers[0], tableId)).toEqual({ ok: true, value: { pass: 1 } });
    await key(officers[0], tableId, [VALID, OTHER, BLANK, null]);
    await finish(officers[0], tableId);
    expect(await begin(officers[0], tableId)).toMatchObject({ reason: 'same-officer' });
    await expect(
      fresh.owner`update paper_table set second_by = first_by where id = ${tableId}`,
    ).rejects.toThrow('paper_table_two_officers');
    expect((await tableOf(tableId)).secondBy).toBeNull();
  });

  it('has two places however many officers ask at once', async () => {
    const { tableId } = await recordedTable();
    const answers = await Promise.all(officers.map((officer) => begin(officer, tableId)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(2);
    const { firstBy, secondBy } = await tableOf(tableId);
    expect(firstBy).not.toBe(secondBy);
  });

  it('is refused to whoever has no place, for numbers that are not in the pile, for invalid papers', async () => {
    const { tableId } = await recordedTable();
    await begin(officers[0], tableId);
    const of = { tableId, number: 1, choices: VALID, replaces: false };
    expect(await keyPaper(fresh.db, officers[2], of)).toMatchObject({ reason: 'not-your-turn' });
    expect(await keyPaper(fresh.db, officers[0], { ...of, number: 5 })).toMatchObject({
      reason: 'no-such-number',
    });
    const foreign = { prioridades: ['SOC-9'], 'fondo-provincia': [] };
    expect(await keyPaper(fresh.db, officers[0], { ...of, choices: foreign })).toMatchObject({
      reason: 'not-valid',
    });
  });

  it('takes the same paper twice as once, and another under its number only on purpose', async () => {
    const { tableId } = await recordedTable();
    await begin(officers[0], tableId);
    const of = { tableId, number: 1, choices: VALID, replaces: false };
    for (let time = 0; time < 2; time += 1) {
      expect(await keyPaper(fresh.db, officers[0], of)).toEqual({ ok: true, value: null });
    }
    const other = { ...of, choices: OTHER };
    expect(await keyPaper(fresh.db, officers[0], other)).toMatchObject({ reason: 'number-taken' });
    expect(await keyPaper(fresh.db, officers[0], { ...other, replaces: true })).toMatchObject({
      ok: true,
    });
  });

  it('cannot end with sums other than the minutes', async () => {
    const { tableId } = await recordedTable();
    await begin(officers[0], tableId);
    await key(officers[0], tableId, [VALID, OTHER, null]);
    expect(await finish(officers[0], tableId)).toMatchObject({ reason: 'sums-differ' });
    await key(officers[0], tableId, [null], 4);
    expect(await finish(officers[0], tableId)).toMatchObject({ reason: 'sums-differ' });
    await keyPaper(fresh.db, officers[0], { tableId, number: 3, choices: BLANK, replaces: true });
    expect(await finish(officers[0], tableId)).toMatchObject({ ok: true });
    expect(
      await keyPaper(fresh.db, officers[0], { tableId, number: 3, choices: VALID, replaces: true }),
    ).toMatchObject({ reason: 'not-your-turn' });
  });

  it('is given up with a reason by its officer or an administrator, while it is not finished', async () => {
    const { tableId } = await recordedTable();
    await begin(officers[0], tableId);
    await key(officers[0], tableId, [VALID]);
    const discard = { tableId, pass: 1 as const, reason: 'Empecé por otro fajo' };
    expect(await discardEntry(fresh.db, officers[1], discard)).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await discardEntry(fresh.db, officers[0], discard)).toEqual({ ok: true, value: null });
    expect(await begin(officers[2], tableId)).toEqual({ ok: true, value: { pass: 1 } });
    const [left] =
      await fresh.sql`select count(*)::int as entries from paper_entry where table_id = ${tableId}`;
    expect(left?.['entries']).toBe(0);
    const [act] = await fresh.sql`select details from audit_entry
      where action = 'paper.keying-discarded' order by seq desc limit 1`;
    expect(act?.['details']).toEqual({ table: 1, pass: 1, papers: 1, reason: discard.reason });
    await key(officers[2], tableId, [VALID, OTHER, BLANK, null]);
    await finish(officers[2], tableId);
    expect(await discardEntry(fresh.db, { kind: 'operator' }, discard)).toMatchObject({
      reason: 'not-your-turn',
    });
  });
});

describe('reconciliation', () => {
  it('of two equal entries, in whatever order, writes the ballots for the record and no order', async () => {
    const of = await keyed([VALID, OTHER, BLANK, null], [null, BLANK, OTHER, VALID]);
    await finish(officers[1], of.tableId);
    expect(await finish(officers[0], of.tableId)).toMatchObject({ value: { state: 'reconciled' } });
    const [note] = await notes(of.roundId);
    expect(note?.id).toBe('paper-ballots:mesa-1');
    const parsed = recordNote.parse(JSON.parse(note?.text ?? ''));
    const ballots = [OTHER, VALID, BLANK].map((choices) => ({ group: TEST_GROUP, choices }));
    expect(parsed).toEqual({
      v: 1,
      type: 'paper-ballots',
      round: of.roundId,
      minutes: 'mesa-1',
      keyedBy: [
        officerPseudonym(of.roundId, officers[0].id),
        officerPseudonym(of.roundId, officers[1].id),
      ],
      arbitratedBy: null,
      ballots,
    });
    expect(note?.text).not.toContain('oficial');
  });

  it('of entries that differ waits for a third person, who keys those papers alone', async () => {
    const of = await keyed([VALID, OTHER, BLANK, null], [VALID, VALID, BLANK, null]);
    await finish(officers[0], of.tableId);
    expect(await finish(officers[1], of.tableId)).toMatchObject({
      value: { state: 'arbitration' },
    });
    for (const same of [officers[0], officers[1]]) {
      expect(await begin(same, of.tableId)).toMatchObject({ reason: 'same-officer' });
    }
    await expect(
      fresh.owner`update paper_table set third_by = first_by where id = ${of.tableId}`,
    ).rejects.toThrow('paper_table_third_officer');
    expect(await begin(officers[2], of.tableId)).toEqual({ ok: true, value: { pass: 3 } });
    expect(await finish(officers[2], of.tableId)).toMatchObject({ reason: 'sums-differ' });
    const third = { tableId: of.tableId, choices: OTHER, replaces: false };
    expect(await keyPaper(fresh.db, officers[2], { ...third, number: 1 })).toMatchObject({
      reason: 'no-such-number',
    });
    await keyPaper(fresh.db, officers[2], { ...third, number: 2 });
    expect(await finish(officers[2], of.tableId)).toMatchObject({ value: { state: 'reconciled' } });
    const note = (await notes(of.roundId)).find(({ id }) => id.startsWith('paper-ballots'));
    expect(recordNote.parse(JSON.parse(note?.text ?? ''))).toMatchObject({
      arbitratedBy: officerPseudonym(of.roundId, officers[2].id),
      ballots: [OTHER, VALID, BLANK].map((choices) => ({ group: TEST_GROUP, choices })),
    });
  });

  it('is final: no edit after it, also not by the owner of the database', async () => {
    const { tableId } = await reconciledTable();
    for (const officer of officers) {
      expect(
        await keyPaper(fresh.db, officer, { tableId, number: 1, choices: OTHER, replaces: true }),
      ).toMatchObject({ reason: 'not-your-turn' });
    }
    expect(await close(tableId, { ...MINUTES, ballots: 2, unused: 7 })).toMatchObject({
      reason: 'already-closed',
    });
    const { owner } = fresh;
    await expect(
      owner`update paper_entry set choices = null where table_id = ${tableId}`,
    ).rejects.toThrow('takes no such entry');
    await expect(owner`delete from paper_entry where table_id = ${tableId}`).rejects.toThrow(
      'takes no such entry',
    );
    await expect(owner`insert into paper_entry values (${tableId}, 3, 1, null)`).rejects.toThrow(
      'takes no such entry',
    );
    await expect(owner`update paper_table set ballots = 4 where id = ${tableId}`).rejects.toThrow(
      'does not change',
    );
    await expect(
      owner`update paper_table set state = 'keying' where id = ${tableId}`,
    ).rejects.toThrow('does not change');
    await expect(owner`delete from paper_table where id = ${tableId}`).rejects.toThrow(
      'does not change',
    );
    await expect(owner`update paper_check_in set stub = stub + 100`).rejects.toThrow('append-only');
    await expect(owner`update paper_photo set content = ''`).rejects.toThrow('append-only');
    for (const table of ['paper_entry', 'paper_check_in', 'paper_photo', 'paper_table']) {
      await expect(owner`truncate ${owner(table)} cascade`).rejects.toThrow('append-only');
    }
  });

  it('is refused by the database itself when the entries are not what the minutes say', async () => {
    const of = await keyed([VALID, OTHER, BLANK], [VALID, OTHER, BLANK]);
    await expect(
      fresh.owner`update paper_table
        set first_done = true, second_done = true, state = 'reconciled' where id = ${of.tableId}`,
    ).rejects.toThrow('are not what its minutes say');
  });

  it('leaves a chain of acts that names officers and no resident', async () => {
    const { roundId, residents } = await reconciledTable();
    const acts = await fresh.sql<{ action: string; details: unknown }[]>`
      select action, details from audit_entry where subject = ${`round:${roundId}`} order by seq`;
    expect(acts.map(({ action }) => action)).toEqual([
      'paper.table-opened',
      ...residents.map(() => 'paper.checked-in'),
      'paper.minutes-closed',
      'paper.keying-begun',
      'paper.keying-begun',
      'paper.keying-finished',
      'paper.reconciled',
      'paper.keying-finished',
    ]);
    const words = JSON.stringify(acts);
    for (const secret of [...residents, 'SOC-1', '2027-001']) expect(words).not.toContain(secret);
  });
});
