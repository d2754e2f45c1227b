import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '@/lib/auth/actor';
import { seedDeskRound, seedStaff } from '@/lib/credentials/desk.fixture';
import { seedCycle } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { assembliesPage, assemblyById, attendants } from './attendance-queries';
import { closeAssembly, markGuest, markPresent, openAssembly } from './commands/attendance';

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let officer: StaffActor;
let residents: string[];
let made = 0;

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  officer = await seedStaff(fresh.db, 'lista');
  const who = Array.from({ length: 12 }, (_, nth) => ({ dni: String(45_000_000 + nth) }));
  ({ residents } = await seedDeskRound(fresh.db, 'lista-ronda', who));
});
afterAll(() => fresh.drop());

const form = () => ({
  requestKey: randomUUID(),
  name: `Asamblea ${String((made += 1))}`,
  place: 'Plaza de El Tambo',
  day: '2026-11-28',
});

async function list(): Promise<string> {
  const opened = await openAssembly(fresh.db, officer, form());
  if (!opened.ok) throw new Error(opened.reason);
  return opened.value.assemblyId;
}

const present = (assemblyId: string, nth: number) =>
  markPresent(fresh.db, officer, { assemblyId, residentId: residents[nth]! });

describe('the attendance of an assembly', () => {
  it('has one list per form, and one presence per person however often she is marked', async () => {
    const input = form();
    const opened = await Promise.all(
      Array.from({ length: 4 }, () => openAssembly(fresh.db, officer, input)),
    );
    const ids = opened.map((answer) => (answer.ok ? answer.value.assemblyId : answer.reason));
    expect(new Set(ids).size).toBe(1);
    const assemblyId = ids[0]!;
    const marks = await Promise.all(
      Array.from({ length: 12 }, (_, time) => present(assemblyId, time % 3)),
    );
    expect(marks.filter((mark) => mark.ok && !mark.value.isRepeated)).toHaveLength(3);
    const requestKey = randomUUID();
    await Promise.all(
      Array.from({ length: 5 }, () => markGuest(fresh.db, officer, { assemblyId, requestKey })),
    );
    await markGuest(fresh.db, officer, { assemblyId, requestKey: randomUUID() });
    const detail = await assemblyById(fresh.db, assemblyId);
    expect(detail).toMatchObject({ residents: 3, guests: 2, state: 'open' });
    expect(detail?.arrivals.reduce((sum, { people }) => sum + people, 0)).toBe(5);
  });

  it('keeps who came and no hour, no order and nothing of a vote', async () => {
    const assemblyId = await list();
    for (const nth of [5, 1, 3]) await present(assemblyId, nth);
    const columns = await fresh.sql`select column_name from information_schema.columns
      where table_name = 'assembly_attendance' order by 1`;
    expect(columns.map(({ column_name: name }) => name as string)).toEqual([
      'assembly_id',
      'resident_id',
    ]);
    const people = await attendants(fresh.db, { assemblyId, page: 1, perPage: 50 });
    expect(people.map(({ dniLastTwo }) => dniLastTwo)).toEqual(['01', '03', '05']);
    expect(await attendants(fresh.db, { assemblyId, page: 2, perPage: 2 })).toHaveLength(1);
    const audit =
      await fresh.sql`select details from audit_entry where subject = ${`assembly:${assemblyId}`}`;
    expect(JSON.stringify([...audit])).not.toContain(residents[5]);
  });

  it('is closed once, and then takes nobody, whoever asks the database', async () => {
    const assemblyId = await list();
    await present(assemblyId, 0);
    await Promise.all([
      closeAssembly(fresh.db, officer, { assemblyId }),
      closeAssembly(fresh.db, officer, { assemblyId }),
    ]);
    expect(await present(assemblyId, 1)).toMatchObject({ reason: 'list-closed' });
    const requestKey = randomUUID();
    expect(await markGuest(fresh.db, officer, { assemblyId, requestKey })).toMatchObject({
      reason: 'list-closed',
    });
    await expect(
      fresh.owner`insert into assembly_attendance values (${assemblyId}, ${residents[2]!})`,
    ).rejects.toThrow('this attendance list is closed');
    const acts = await fresh.sql`select action, details from audit_entry
      where subject = ${`assembly:${assemblyId}`} and action = 'assembly.closed'`;
    expect(acts.map(({ details }) => details as object)).toEqual([{ residents: 1, guests: 0 }]);
    const { assemblies, total } = await assembliesPage(fresh.db, { page: 1, perPage: 1 });
    expect([assemblies.length, total]).toEqual([1, made]);
  });

  it('is taken by who may, on lists that exist', async () => {
    const assemblyId = await list();
    const residentId = residents[0]!;
    const councillor = await seedStaff(fresh.db, 'lista-regidor', 'councillor');
    expect(await openAssembly(fresh.db, councillor, form())).toMatchObject({
      reason: 'not-allowed',
    });
    made -= 1;
    expect(await markPresent(fresh.db, councillor, { assemblyId, residentId })).toMatchObject({
      reason: 'not-allowed',
    });
    expect(
      await markPresent(fresh.db, officer, { assemblyId: randomUUID(), residentId }),
    ).toMatchObject({ reason: 'no-assembly' });
    expect(await closeAssembly(fresh.db, councillor, { assemblyId })).toMatchObject({
      reason: 'not-allowed',
    });
  });
});
