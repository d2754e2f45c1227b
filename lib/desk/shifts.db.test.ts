import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskShift } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { untilSomebodyWaits } from '@/lib/audit/waiting.fixture';
import type { StaffActor } from '@/lib/auth/actor';
import { beginVisit } from '@/lib/credentials/commands/begin-visit';
import { checkInOnPaper } from '@/lib/credentials/commands/check-in-on-paper';
import { setUpKiosk } from '@/lib/credentials/commands/kiosks';
import { seedDeskRound, seedPaperTable, seedStaff } from '@/lib/credentials/desk.fixture';
import { BUDGETS } from '@/lib/limits/budgets';
import { limitsOver } from '@/lib/limits/store';
import { hashDni } from '@/lib/roll/secrets';
import { seedCycle, TEST_KEYS } from '@/lib/rounds/test-round';
import { ok } from '@/lib/shared/result';
import { freshRegistry } from '@/services/supervisor/test-support';
import { callNext } from './commands/call-next';
import { recordIncident } from './commands/incidents';
import { joinQueue } from './commands/join-queue';
import { lookUpPerson } from './commands/look-up';
import { closeShift, openShift, signShift } from './commands/shifts';
import { leaveQueue } from './commands/turns';
import { endless, seedShift } from './desk.fixture';
import { incidentsOf, lastHandover, placeNames, shiftById, shiftsPage } from './shift-queries';

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let made = 0;
let dnis = 60_000_000;

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
});
afterAll(() => fresh.drop());

const officerNamed = (name: string) => seedStaff(fresh.db, `${name}-${String((made += 1))}`);
const closing = { papers: 0, spoiled: 0, note: '', alone: '' };
const actsOn = async (shiftId: string) =>
  (
    await fresh.sql`select action, details from audit_entry where subject = ${`shift:${shiftId}`} order by seq`
  ).map(({ action, details }) => ({ action: action as string, details: details as object }));

describe('a shift', () => {
  it('is opened once per form and one at a time, at a place however it is written', async () => {
    const officer = await officerNamed('abre');
    const form = { requestKey: randomUUID(), place: 'Coliseo Wanka', device: 'PC 2', papers: 50 };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => openShift(fresh.db, officer, form)),
    );
    const ids = answers.map((answer) => (answer.ok ? answer.value.shiftId : answer.reason));
    expect(new Set(ids).size).toBe(1);
    const another = { ...form, requestKey: randomUUID() };
    expect(await openShift(fresh.db, officer, another)).toMatchObject({ reason: 'shift-open' });
    const colleague = await officerNamed('abre');
    await seedShift(fresh.db, colleague, 'COLISEO wanka');
    expect((await placeNames(fresh.db)).filter((name) => /coliseo/i.test(name))).toEqual([
      'Coliseo Wanka',
    ]);
    // Another officer's form opens nothing of mine.
    const third = await officerNamed('abre');
    expect(await openShift(fresh.db, third, form)).toMatchObject({ reason: 'not-allowed' });
    expect(await openShift(fresh.db, { kind: 'operator' }, another)).toMatchObject({
      reason: 'not-allowed',
    });
    expect((await actsOn(ids[0]!)).map(({ action }) => action)).toEqual(['desk.shift-opened']);
  });

  it('is closed once, with what was counted, a note for the next officer, and figures in the audit', async () => {
    const officer = await officerNamed('cierra');
    const place = `Local ${String(made)}`;
    const shiftId = await seedShift(fresh.db, officer, place, 10);
    const roundId = `turno-${String(made)}`;
    const { residents } = await seedDeskRound(fresh.db, roundId, [{ dni: String((dnis += 1)) }]);
    const tableId = await seedPaperTable(fresh.db, { roundId, number: 1, openedBy: officer.id });
    await checkInOnPaper(fresh.db, officer, { residentId: residents[0]!, tableId });
    const close = { shiftId, ...closing, papers: 7, spoiled: 1 };
    // Ten, one given, one spoiled: eight should be there.
    expect(await closeShift(fresh.db, officer, close)).toMatchObject({
      reason: 'papers-unexplained',
    });
    const told = { ...close, note: 'Una cédula se mojó' };
    const colleague = await officerNamed('cierra');
    expect(await closeShift(fresh.db, colleague, told)).toMatchObject({ reason: 'other-officer' });
    await Promise.all([closeShift(fresh.db, officer, told), closeShift(fresh.db, officer, told)]);
    const acts = await actsOn(shiftId);
    expect(acts.map(({ action }) => action)).toEqual(['desk.shift-opened', 'desk.shift-closed']);
    expect(acts[1]?.details).toMatchObject({ counts: { paper: 1 }, missing: 1, spoiled: 1 });
    const shift = await shiftById(fresh.db, shiftId);
    expect(shift?.closingFigures?.paper).toBe((shift?.openingFigures.paper ?? 0) + 1);
    expect(await lastHandover(fresh.db, shift?.placeId ?? '')).toMatchObject({
      officerName: officer.displayName,
      note: 'Una cédula se mojó',
    });
    const { shifts, total } = await shiftsPage(fresh.db, { page: 1, perPage: 2 });
    expect([shifts.length, total > 2]).toEqual([2, true]);
  });

  it('is not closed while somebody stands in front of the officer, and the last one sends the queue home', async () => {
    const officer = await officerNamed('ultima');
    const shiftId = await seedShift(fresh.db, officer, `Plaza ${String(made)}`);
    const roundId = `plaza-${String(made)}`;
    const who = [{ dni: String((dnis += 1)) }, { dni: String((dnis += 1)) }];
    const { residents } = await seedDeskRound(fresh.db, roundId, who);
    for (const residentId of residents) {
      await joinQueue(fresh.db, officer, { roundId, residentId, isPreferential: false });
    }
    const next = await callNext(fresh.db, officer, { roundId, callKey: randomUUID() });
    if (!next.ok) throw new Error(next.reason);
    expect(await closeShift(fresh.db, officer, { shiftId, ...closing })).toMatchObject({
      reason: 'still-attending',
    });
    await leaveQueue(fresh.db, officer, next.value.turnId);
    await closeShift(fresh.db, officer, { shiftId, ...closing });
    const rows =
      await fresh.sql`select state, resident_id from desk_turn where round_id = ${roundId}`;
    expect([...rows]).toEqual([
      { state: 'left', resident_id: null },
      { state: 'left', resident_id: null },
    ]);
    expect(
      await joinQueue(fresh.db, officer, {
        roundId,
        residentId: residents[0]!,
        isPreferential: false,
      }),
    ).toMatchObject({ reason: 'no-shift' });
  });

  it('T28: is signed by a second person, never by the officer, and nothing of it changes afterwards', async () => {
    const [officer, second, third] = [
      await officerNamed('firma'),
      await seedStaff(fresh.db, `firma-admin-${String(made)}`, 'administrator'),
      await officerNamed('firma'),
    ] as [StaffActor, StaffActor, StaffActor];
    const shiftId = await seedShift(fresh.db, officer);
    expect(await signShift(fresh.db, second, { shiftId })).toMatchObject({ reason: 'not-closed' });
    await closeShift(fresh.db, officer, { shiftId, ...closing, alone: 'Nadie más en la sede' });
    expect(await signShift(fresh.db, officer, { shiftId })).toMatchObject({ reason: 'own-shift' });
    await expect(
      fresh.sql`update desk_shift set signed_by = ${officer.id}, signed_at = now() where id = ${shiftId}`,
    ).rejects.toThrow('desk_shift_signed_by_another');
    expect(await signShift(fresh.db, second, { shiftId })).toMatchObject({ ok: true });
    expect(await signShift(fresh.db, second, { shiftId })).toMatchObject({ ok: true });
    expect(await signShift(fresh.db, third, { shiftId })).toMatchObject({
      reason: 'already-signed',
    });
    for (const change of [
      fresh.sql`update desk_shift set spoiled_papers = 9 where id = ${shiftId}`,
      fresh.owner`update desk_shift set device = 'otra' where id = ${shiftId}`,
      fresh.owner`update desk_shift set signed_by = ${third.id} where id = ${shiftId}`,
      fresh.owner`delete from desk_shift where id = ${shiftId}`,
    ]) {
      await expect(change).rejects.toThrow(/does not change|stays/);
    }
    expect((await actsOn(shiftId)).map(({ action }) => action)).toEqual([
      'desk.shift-opened',
      'desk.shift-closed',
      'desk.shift-signed',
    ]);
  });

  it('that was left open is closed by an administrator with a reason, its people wait again, and a third signs', async () => {
    const officer = await officerNamed('olvida');
    const colleague = await officerNamed('olvida');
    const [admin, other] = [
      await seedStaff(fresh.db, `olvida-admin-${String(made)}`, 'administrator'),
      await seedStaff(fresh.db, `olvida-admin-2-${String(made)}`, 'administrator'),
    ];
    const place = `Olvido ${String(made)}`;
    const shiftId = await seedShift(fresh.db, officer, place);
    await seedShift(fresh.db, colleague, place);
    const roundId = `olvido-${String(made)}`;
    const who = [{ dni: String((dnis += 1)) }, { dni: String((dnis += 1)) }];
    const { residents } = await seedDeskRound(fresh.db, roundId, who);
    for (const residentId of residents) {
      await joinQueue(fresh.db, officer, { roundId, residentId, isPreferential: false });
    }
    const called = await callNext(fresh.db, officer, { roundId, callKey: randomUUID() });
    if (!called.ok) throw new Error(called.reason);

    const close = { shiftId, ...closing, note: 'Se fue a las seis y no volvió' };
    expect(await closeShift(fresh.db, colleague, close)).toMatchObject({ reason: 'other-officer' });
    const silent = { shiftId, ...closing };
    expect(await closeShift(fresh.db, admin, silent)).toMatchObject({ reason: 'reason-needed' });
    expect(await closeShift(fresh.db, { kind: 'operator' }, close)).toMatchObject({
      reason: 'not-allowed',
    });
    const answers = await Promise.all(
      [admin, other, admin].map((each) => closeShift(fresh.db, each, close)),
    );
    expect(answers.every(({ ok: done }) => done)).toBe(true);

    const acts = await actsOn(shiftId);
    expect(acts.map(({ action }) => action)).toEqual(['desk.shift-opened', 'desk.shift-closed']);
    expect(acts[1]?.details).toMatchObject({ leftOpenBy: officer.id, returned: 1, sentHome: 0 });
    const waiting = await fresh.sql`
      select id, called_by from desk_turn where round_id = ${roundId} and state = 'waiting' order by position`;
    expect(waiting).toHaveLength(2);
    // Behind who waited already, as when nobody answers.
    expect(waiting[1]).toEqual({ id: called.value.turnId, called_by: null });

    const closer = (await shiftById(fresh.db, shiftId))?.closedBy;
    const [by, notBy] = closer === admin.id ? [admin, other] : [other, admin];
    expect(await signShift(fresh.db, by, { shiftId })).toMatchObject({ reason: 'own-shift' });
    await expect(
      fresh.sql`update desk_shift set signed_by = ${by.id}, signed_at = now() where id = ${shiftId}`,
    ).rejects.toThrow('desk_shift_signed_by_a_third');
    await expect(
      fresh.sql`update desk_shift set closed_by = null where id = ${shiftId}`,
    ).rejects.toThrow('does not change');
    expect(await signShift(fresh.db, officer, { shiftId })).toMatchObject({ reason: 'own-shift' });
    expect(await signShift(fresh.db, notBy, { shiftId })).toMatchObject({ ok: true });
  });

  it('takes incidents while it lasts, once per form, and the audit knows their kind alone', async () => {
    const officer = await officerNamed('incidente');
    const shiftId = await seedShift(fresh.db, officer);
    const form = {
      id: randomUUID(),
      kind: 'network' as const,
      words: 'Se cortó la red a las diez',
    };
    await Promise.all(Array.from({ length: 4 }, () => recordIncident(fresh.db, officer, form)));
    expect(await incidentsOf(fresh.db, shiftId)).toMatchObject([
      { kind: 'network', words: 'Se cortó la red a las diez' },
    ]);
    expect((await actsOn(shiftId))[1]).toEqual({
      action: 'desk.incident-recorded',
      details: { kind: 'network' },
    });
    await expect(
      fresh.owner`update desk_incident set words = 'nada' where id = ${form.id}`,
    ).rejects.toThrow('append-only');
    await closeShift(fresh.db, officer, { shiftId, ...closing });
    const late = { ...form, id: randomUUID() };
    expect(await recordIncident(fresh.db, officer, late)).toMatchObject({ reason: 'no-shift' });
    await expect(
      fresh.sql`insert into desk_incident (id, shift_id, kind, words) values (${late.id}, ${shiftId}, 'other', 'tarde')`,
    ).rejects.toThrow('this shift is closed');
  });

  it('is closed while its officer gives out a right, and neither waits for the other in a circle', async () => {
    const officer = await officerNamed('cruza');
    const shiftId = await seedShift(fresh.db, officer, `Local ${String(made)}`);
    const roundId = `cruce-${String(made)}`;
    const { residents } = await seedDeskRound(fresh.db, roundId, [
      { dni: String((dnis += 1)) },
      { dni: String((dnis += 1)) },
    ]);
    const tableId = await seedPaperTable(fresh.db, { roundId, number: 1, openedBy: officer.id });
    const kiosk = await setUpKiosk(fresh.db, officer, { name: `Cabina cruce ${String(made)}` });
    if (!kiosk.ok) throw new Error(kiosk.reason);
    const helper = hashDni(TEST_KEYS.dniKey, String((dnis += 1)));
    const help = { helperHash: helper, reason: 'reading' } as const;
    const acts = [
      () => checkInOnPaper(fresh.db, officer, { residentId: residents[0]!, tableId, help }),
      () =>
        beginVisit(fresh.db, officer, {
          roundId,
          residentId: residents[1]!,
          kioskId: kiosk.value.id,
          help,
        }),
    ];
    for (const act of acts) {
      let acting: ReturnType<typeof act> | undefined;
      // As closeShift does it: the shift first, the audit at the end.
      const closed = inTransaction(fresh.db, async (tx) => {
        await tx.select().from(deskShift).where(eq(deskShift.id, shiftId)).for('update');
        acting = act();
        await untilSomebodyWaits(fresh.owner);
        await recordAudit(tx, {
          actor: 'system',
          action: 'desk.shift-closed',
          subject: `shift:${shiftId}`,
        });
        return ok(null);
      });
      expect((await closed).ok).toBe(true);
      expect(await acting).toMatchObject({ ok: true });
    }
    const [told] = await fresh.sql`
      select count(*)::int as times from audit_entry
      where action = 'desk.help-recorded' and subject = ${`round:${roundId}`}`;
    expect(told?.['times']).toBe(2);
  });
});

describe('looking a DNI up', () => {
  it('needs an open shift and counts every look in it, found or not', async () => {
    const officer = await officerNamed('busca');
    const dni = String((dnis += 1));
    const roundId = `busca-${String(made)}`;
    const { residents } = await seedDeskRound(fresh.db, roundId, [{ dni }]);
    const look = (number: string, where: string | null = roundId) =>
      lookUpPerson(fresh.db, endless, officer, {
        roundId: where,
        dniHash: hashDni(TEST_KEYS.dniKey, number),
      });
    expect(await look(dni)).toMatchObject({ reason: 'no-shift' });
    const shiftId = await seedShift(fresh.db, officer);
    expect(await look(dni)).toMatchObject({ value: { residentId: residents[0] } });
    expect(await look('00000001')).toMatchObject({ value: { residentId: null } });
    expect(await look(dni, null)).toMatchObject({ value: { residentId: residents[0] } });
    await Promise.all(Array.from({ length: 7 }, () => look('00000002')));
    expect((await shiftById(fresh.db, shiftId))?.counts).toMatchObject({ lookups: 10, unknown: 8 });
    const councillor = await seedStaff(fresh.db, `regidor-${String(made)}`, 'councillor');
    expect(
      await lookUpPerson(fresh.db, endless, councillor, { roundId, dniHash: Buffer.alloc(32) }),
    ).toMatchObject({ reason: 'not-allowed' });
  });

  it('T10: an officer who tries numbers out is stopped by a budget of her own, however many ask at once', async () => {
    const [officer, colleague] = [await officerNamed('prueba'), await officerNamed('prueba')];
    const shiftId = await seedShift(fresh.db, officer);
    await seedShift(fresh.db, colleague);
    const limits = limitsOver(fresh.db, { secret: 's'.repeat(32), factor: 1 });
    const look = (actor: StaffActor, nth: number) =>
      lookUpPerson(fresh.db, (budget, key) => limits.spend(budget, key), actor, {
        roundId: null,
        dniHash: hashDni(TEST_KEYS.dniKey, String(70_000_000 + nth)),
      });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, nth) => look(officer, nth)));
    const letThrough = answers.filter(({ ok }) => ok).length;
    expect(letThrough).toBe(BUDGETS['desk-lookup'].points);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({
      reason: 'limited',
      retryAfterSeconds: expect.any(Number) as number,
    });
    // Who was refused learned nothing and looked nothing up; a colleague is not held back.
    expect((await shiftById(fresh.db, shiftId))?.counts.lookups).toBe(letThrough);
    expect(await look(colleague, 1)).toMatchObject({ ok: true });
  });
});
