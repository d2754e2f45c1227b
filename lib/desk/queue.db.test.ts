import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '@/lib/auth/actor';
import { beginVisit } from '@/lib/credentials/commands/begin-visit';
import { checkInOnPaper } from '@/lib/credentials/commands/check-in-on-paper';
import { openShiftOf } from '@/lib/credentials/commands/in-shift';
import { setUpKiosk } from '@/lib/credentials/commands/kiosks';
import { seedDeskRound, seedPaperTable, seedStaff } from '@/lib/credentials/desk.fixture';
import { seedCycle } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { callNext } from './commands/call-next';
import { joinQueue } from './commands/join-queue';
import { beginServing, finishWithoutVote, leaveQueue, putBack } from './commands/turns';
import { seedShift } from './desk.fixture';
import { lineFigures, turnById, turnOfPerson, turnsInCourse, turnsWaiting } from './queue-queries';
import { shiftById } from './shift-queries';

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let dnis = 40_000_000;
let made = 0;

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
});
afterAll(() => fresh.drop());

/** A round, officers with an open shift at one place of their own, people who may vote. */
async function setUp(people: number, officers = 2) {
  const roundId = `cola-${String((made += 1))}`;
  const who = Array.from({ length: people }, () => ({ dni: String((dnis += 1)) }));
  const { residents } = await seedDeskRound(fresh.db, roundId, who);
  const staff: StaffActor[] = [];
  const shifts: string[] = [];
  for (let nth = 0; nth < officers; nth += 1) {
    const officer = await seedStaff(fresh.db, `${roundId}-${String(nth)}`);
    staff.push(officer);
    shifts.push(await seedShift(fresh.db, officer, roundId));
  }
  const shift = await openShiftOf(fresh.db, staff[0]!.id);
  return { roundId, residents, officers: staff, shifts, placeId: shift?.placeId ?? '' };
}
type SetUp = Awaited<ReturnType<typeof setUp>>;

function join(of: SetUp, person: number, by = 0, isPreferential = false) {
  const input = { roundId: of.roundId, residentId: of.residents[person]!, isPreferential };
  return joinQueue(fresh.db, of.officers[by]!, input);
}

async function joined(of: SetUp, person: number, isPreferential = false): Promise<string> {
  const result = await join(of, person, 0, isPreferential);
  if (!result.ok) throw new Error(result.reason);
  return result.value.turnId;
}

const call = (of: SetUp, by = 0, callKey: string = randomUUID()) =>
  callNext(fresh.db, of.officers[by]!, { roundId: of.roundId, callKey });

async function called(of: SetUp, by = 0, callKey?: string): Promise<string> {
  const result = await call(of, by, callKey);
  if (!result.ok) throw new Error(result.reason);
  return result.value.turnId;
}

const rowOf = async (id: string) =>
  (await fresh.sql`select * from desk_turn where id = ${id}`)[0] ?? {};

describe('taking a number', () => {
  it('gives one number to one person, also when two officers type her DNI at the same time', async () => {
    for (let time = 0; time < 10; time += 1) {
      const of = await setUp(1);
      const answers = await Promise.all([0, 1, 0, 1, 0, 1].map((by) => join(of, 0, by)));
      const turns = answers.map((answer) => (answer.ok ? answer.value.turnId : answer.reason));
      expect(new Set(turns).size).toBe(1);
      expect(answers.filter((answer) => answer.ok && !answer.value.isRepeated)).toHaveLength(1);
      const rows = await fresh.sql`select number from desk_turn where round_id = ${of.roundId}`;
      expect(rows.map(({ number }) => number as number)).toEqual([1]);
    }
  });

  it('gives one number to one person whom two places queue at the same time', async () => {
    const of = await setUp(1, 1);
    const elsewhere = await seedStaff(fresh.db, `${of.roundId}-lejos`);
    await seedShift(fresh.db, elsewhere, `${of.roundId} lejos`);
    const both = { ...of, officers: [...of.officers, elsewhere] };
    const answers = await Promise.all([0, 1, 0, 1].map((by) => join(both, 0, by)));
    const turns = answers.map((answer) => (answer.ok ? answer.value.turnId : answer.reason));
    expect(new Set(turns).size).toBe(1);
  });

  it('numbers people without gaps or doubles when many arrive at once', async () => {
    const of = await setUp(30);
    await Promise.all(of.residents.map((_, person) => join(of, person, person % 2)));
    const rows =
      await fresh.sql`select number from desk_turn where round_id = ${of.roundId} order by 1`;
    expect(rows.map(({ number }) => number as number)).toEqual(
      Array.from({ length: 30 }, (_, at) => at + 1),
    );
    const shifts = await Promise.all(of.shifts.map((id) => shiftById(fresh.db, id)));
    expect(shifts.map((shift) => shift?.counts.queued)).toEqual([15, 15]);
  });

  it('keeps the number of who is there already, and gives it preference when that is asked for', async () => {
    const of = await setUp(3);
    await joined(of, 0);
    const second = await joined(of, 1);
    expect(await joined(of, 1, true)).toBe(second);
    expect(await called(of)).toBe(second);
  });

  it('is for people on the roll of an open round whose right is free, by officers on shift', async () => {
    const of = await setUp(2);
    const stranger = (await setUp(1)).residents[0]!;
    const input = { roundId: of.roundId, isPreferential: false };
    const officer = of.officers[0]!;
    expect(await joinQueue(fresh.db, officer, { ...input, residentId: stranger })).toMatchObject({
      reason: 'not-on-roll',
    });
    const residentId = of.residents[0]!;
    const idle = await seedStaff(fresh.db, `${of.roundId}-sin-turno`);
    expect(await joinQueue(fresh.db, idle, { ...input, residentId })).toMatchObject({
      reason: 'no-shift',
    });
    expect(await joinQueue(fresh.db, { kind: 'operator' }, { ...input, residentId })).toMatchObject(
      { reason: 'not-allowed' },
    );
    const tableId = await seedPaperTable(fresh.db, {
      roundId: of.roundId,
      number: 1,
      openedBy: officer.id,
    });
    await checkInOnPaper(fresh.db, officer, { residentId, tableId });
    expect(await join(of, 0)).toMatchObject({ reason: 'taken-paper' });
    await fresh.sql`update round set state = 'closing' where id = ${of.roundId}`;
    expect(await join(of, 1)).toMatchObject({ reason: 'round-not-open' });
  });

  it('of another day is over: it keeps nobody from a new one', async () => {
    const of = await setUp(2);
    const old = await joined(of, 0);
    await fresh.owner`alter table desk_turn drop constraint desk_turn_in_a_line`;
    await fresh.owner`update desk_turn set day = day - 1, number = number + 100 where id = ${old}`;
    const anew = await joined(of, 0);
    expect(anew).not.toBe(old);
    expect(await rowOf(old)).toMatchObject({ state: 'left', resident_id: null });
  });
});

describe('calling the next', () => {
  it('calls preferential attention first and then by arrival', async () => {
    const of = await setUp(4, 4);
    const turns = [await joined(of, 0), await joined(of, 1), await joined(of, 2, true)];
    expect(await turnById(fresh.db, turns[1]!)).toMatchObject({ ahead: 2, number: 2 });
    expect([await called(of, 0), await called(of, 1), await called(of, 2)]).toEqual([
      turns[2],
      turns[0],
      turns[1],
    ]);
    expect(await call(of, 3)).toMatchObject({ reason: 'nobody-waiting' });
  });

  it('gives two officers who call at the same time two different people', async () => {
    for (let time = 0; time < 10; time += 1) {
      const of = await setUp(4, 4);
      for (let person = 0; person < 4; person += 1) await joined(of, person);
      const turns = await Promise.all([0, 1, 2, 3].map((by) => called(of, by)));
      expect(new Set(turns).size).toBe(4);
      const inCourse = await turnsInCourse(fresh.db, of);
      expect(new Set(inCourse.map((turn) => turn.calledBy)).size).toBe(4);
    }
  });

  it('pressed twice calls one person, also when both presses arrive at once or after she left', async () => {
    const of = await setUp(3, 1);
    for (let person = 0; person < 3; person += 1) await joined(of, person);
    const key = randomUUID();
    const turns = await Promise.all(Array.from({ length: 6 }, () => called(of, 0, key)));
    expect(new Set(turns).size).toBe(1);
    // Without waiting for an answer: another key while she is still in front of the officer.
    expect(await called(of)).toBe(turns[0]);
    await leaveQueue(fresh.db, of.officers[0]!, turns[0]!);
    expect(await called(of, 0, key)).toBe(turns[0]);
    expect(await called(of)).not.toBe(turns[0]);
  });

  it('two different buttons of one officer at once call one person', async () => {
    const of = await setUp(4, 1);
    for (let person = 0; person < 4; person += 1) await joined(of, person);
    const turns = await Promise.all(Array.from({ length: 4 }, () => called(of)));
    expect(new Set(turns).size).toBe(1);
  });
});

describe('a turn', () => {
  it('is attended and ends without a vote: a number is left, and nobody', async () => {
    const of = await setUp(1);
    const [officer, colleague] = of.officers as [StaffActor, StaffActor];
    const turn = await joined(of, 0);
    expect(await beginServing(fresh.db, officer, turn)).toMatchObject({ reason: 'turn-over' });
    await called(of);
    expect(await beginServing(fresh.db, colleague, turn)).toMatchObject({
      reason: 'other-officer',
    });
    expect(await beginServing(fresh.db, officer, turn)).toMatchObject({ ok: true });
    expect(await beginServing(fresh.db, officer, turn)).toMatchObject({ ok: true });
    await fresh.sql`update desk_turn set serving_since = now() - interval '2 minutes' where id = ${turn}`;
    expect(await finishWithoutVote(fresh.db, officer, turn)).toMatchObject({ ok: true });
    expect(await finishWithoutVote(fresh.db, officer, turn)).toMatchObject({ ok: true });
    const row = await rowOf(turn);
    expect(row).toMatchObject({ state: 'done', outcome: 'without-vote', resident_id: null });
    expect(Object.values(row).some((value) => value instanceof Date)).toBe(false);
    expect(await lineFigures(fresh.db, of)).toEqual({ served: 1, servedSeconds: 120, officers: 2 });
    expect((await shiftById(fresh.db, of.shifts[0]!))?.counts).toMatchObject({
      called: 1,
      'without-vote': 1,
    });
  });

  it('of who does not answer waits again under its number, behind the others', async () => {
    const of = await setUp(3);
    const officer = of.officers[0]!;
    const [first, second, third] = [await joined(of, 0), await joined(of, 1), await joined(of, 2)];
    await called(of);
    expect(await putBack(fresh.db, officer, first)).toMatchObject({ ok: true });
    expect(await putBack(fresh.db, officer, first)).toMatchObject({ ok: true });
    const { turns } = await turnsWaiting(fresh.db, { ...of, page: 1, perPage: 10 });
    expect(turns.map(({ id, number }) => [id, number])).toEqual([
      [second, 2],
      [third, 3],
      [first, 1],
    ]);
    expect(turns[2]?.timesCalled).toBe(1);
    const page = await turnsWaiting(fresh.db, { ...of, page: 2, perPage: 2 });
    expect([page.turns.length, page.total]).toEqual([1, 3]);
  });

  it('ends by itself when the person goes to a kiosk or takes paper, whoever hands over', async () => {
    const of = await setUp(2);
    const [officer, colleague] = of.officers as [StaffActor, StaffActor];
    const { roundId } = of;
    const [toKiosk, toPaper] = [await joined(of, 0), await joined(of, 1)];
    await called(of);
    await beginServing(fresh.db, officer, toKiosk);
    const kiosk = await setUpKiosk(fresh.db, officer, { name: roundId });
    if (!kiosk.ok) throw new Error(kiosk.reason);
    const visit = { roundId, residentId: of.residents[0]!, kioskId: kiosk.value.id, help: null };
    await Promise.all([beginVisit(fresh.db, officer, visit), beginVisit(fresh.db, officer, visit)]);
    expect(await rowOf(toKiosk)).toMatchObject({ state: 'done', outcome: 'kiosk' });
    const tableId = await seedPaperTable(fresh.db, { roundId, number: 1, openedBy: officer.id });
    const helperHash = Buffer.alloc(32, 7);
    const paper = {
      residentId: of.residents[1]!,
      tableId,
      help: { helperHash, reason: 'marking' as const },
    };
    await checkInOnPaper(fresh.db, colleague, paper);
    await checkInOnPaper(fresh.db, colleague, paper);
    expect(await rowOf(toPaper)).toMatchObject({ state: 'done', outcome: 'paper' });
    expect(await turnOfPerson(fresh.db, { roundId, residentId: of.residents[1]! })).toBeNull();
    const shifts = await Promise.all(of.shifts.map((id) => shiftById(fresh.db, id)));
    expect(shifts.map((shift) => shift?.counts)).toMatchObject([
      { kiosk: 1, paper: 0, helped: 0 },
      { kiosk: 0, paper: 1, helped: 1 },
    ]);
    const [help] = await fresh.sql`select reason from desk_help where round_id = ${roundId}`;
    expect(help).toEqual({ reason: 'marking' });
  });

  it('is over once: what is done is not put back, and what was left is not finished', async () => {
    const of = await setUp(1);
    const officer = of.officers[0]!;
    const turn = await joined(of, 0);
    expect(await leaveQueue(fresh.db, officer, turn)).toMatchObject({ ok: true });
    expect(await leaveQueue(fresh.db, officer, turn)).toMatchObject({ ok: true });
    expect(await putBack(fresh.db, officer, turn)).toMatchObject({ reason: 'turn-over' });
    expect(await finishWithoutVote(fresh.db, officer, turn)).toMatchObject({ reason: 'turn-over' });
    expect(await putBack(fresh.db, officer, randomUUID())).toMatchObject({ reason: 'no-turn' });
    // She may come back, with another number.
    expect(await joined(of, 0)).not.toBe(turn);
  });
});
