import { randomUUID } from 'node:crypto';
import { NextIntlClientProvider } from 'next-intl';
import { createElement, type ReactNode } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createTranslator } from 'use-intl/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeRegistry } from '@/db/registry/client';
import type { StaffActor } from '@/lib/auth/actor';
import { setUpKiosk } from '@/lib/credentials/commands/kiosks';
import { seedDeskRound, seedPaperTable, seedStaff } from '@/lib/credentials/desk.fixture';
import { markGuest, markPresent, openAssembly } from '@/lib/desk/commands/attendance';
import { callNext } from '@/lib/desk/commands/call-next';
import { recordIncident } from '@/lib/desk/commands/incidents';
import { joinQueue } from '@/lib/desk/commands/join-queue';
import { closeShift, signShift } from '@/lib/desk/commands/shifts';
import { beginServing, finishWithoutVote } from '@/lib/desk/commands/turns';
import { seedShift } from '@/lib/desk/desk.fixture';
import { messagesOf } from '@/lib/i18n/messages';
import type { Locale } from '@/lib/i18n/locale';
import { seedCycle } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import AssemblyPage from './attendance/[assembly]/page';
import SheetPage from './attendance/[assembly]/sheet/page';
import AttendancePage from './attendance/page';
import DeskPage from './page';
import PersonPage from './people/[round]/[resident]/page';
import PeoplePage from './people/[round]/page';
import RoundSlipPage from './people/[round]/slip/page';
import ShiftsPage from './shifts/page';
import ShiftPage from './shifts/[shift]/page';
import TurnPage from './turns/[turn]/page';
import TurnSlipPage from './turns/[turn]/slip/page';

/** Every page of queue, shifts and attendance in each of its states; a missing text fails. */

const ROUND = 'cola-paginas';
const session: { actor: StaffActor | null } = { actor: null };
const words = vi.hoisted((): { messages: object; locale: 'es-PE' | 'en' } => ({
  messages: {},
  locale: 'es-PE',
}));

vi.mock('@/lib/auth/session', () => ({
  requireStaff: () => Promise.resolve(session.actor),
  requirePermission: () => Promise.resolve(session.actor),
}));
vi.mock('next/headers', () => ({ cookies: () => Promise.resolve({ get: () => undefined }) }));
vi.mock('next/navigation', () => ({
  notFound: () => {
    throw new Error('not found');
  },
  redirect: (to: string) => {
    throw new Error(`to ${to}`);
  },
  useRouter: () => ({ refresh: () => undefined }),
}));
vi.mock('next-intl/server', () => ({
  getLocale: () => Promise.resolve(words.locale),
  getTranslations: (namespace: string) =>
    Promise.resolve(
      createTranslator({
        locale: words.locale,
        messages: words.messages,
        namespace: namespace as never,
        timeZone: 'America/Lima',
        onError: (error) => {
          throw error;
        },
      }),
    ),
}));

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let officers: [StaffActor, StaffActor];
let residents: string[];

beforeAll(async () => {
  fresh = await freshRegistry();
  Object.assign(process.env, {
    DATABASE_URL: fresh.url,
    MINKA_SITE_URL: 'http://localhost:3000',
    MINKA_BALLOT_BOX_URL: 'http://localhost:3001',
    MINKA_SESSION_SECRET: 's'.repeat(32),
    MINKA_DNI_KEY: 'd'.repeat(32),
    MINKA_ROLL_KEY: 'r'.repeat(32),
    MINKA_ISSUER_SOCKET: '/nowhere/issuer.sock',
  });
  await seedCycle(fresh.db);
  officers = [await seedStaff(fresh.db, 'Olga'), await seedStaff(fresh.db, 'Óscar')];
  const who = Array.from({ length: 30 }, (_, nth) => ({ dni: String(42_000_000 + nth) }));
  ({ residents } = await seedDeskRound(fresh.db, ROUND, who));
});
afterAll(async () => {
  await closeRegistry();
  await fresh.drop();
});

async function read<Props>(page: (props: Props) => Promise<ReactNode>, props: Props) {
  const whole = createElement(NextIntlClientProvider, {
    locale: words.locale,
    messages: words.messages,
    timeZone: 'America/Lima',
    onError: (error) => {
      throw error;
    },
    children: await page(props),
  });
  const out = new PassThrough();
  await new Promise<void>((done, fail) => {
    const { pipe } = renderToPipeableStream(whole, {
      onAllReady: () => {
        pipe(out);
        done();
      },
      onError: (error) => {
        fail(error instanceof Error ? error : new Error(String(error)));
      },
    });
  });
  return (await text(out)).replaceAll('<!-- -->', '');
}

const asked = <Params>(params: Params, query: Record<string, string> = {}) => ({
  params: Promise.resolve(params),
  searchParams: Promise.resolve(query),
});

async function speak(locale: Locale): Promise<void> {
  words.locale = locale;
  words.messages = await messagesOf(locale);
}

async function join(nth: number, isPreferential = false): Promise<string> {
  const input = { roundId: ROUND, residentId: residents[nth]!, isPreferential };
  const joined = await joinQueue(fresh.db, officers[0], input);
  if (!joined.ok) throw new Error(joined.reason);
  return joined.value.turnId;
}

async function call(by: StaffActor): Promise<string> {
  const called = await callNext(fresh.db, by, { roundId: ROUND, callKey: randomUUID() });
  if (!called.ok) throw new Error(called.reason);
  return called.value.turnId;
}

describe('the pages of the queue', () => {
  it('lead from a shift to a number, to the table and to the next, and slips carry no DNI', async () => {
    await speak('es-PE');
    session.actor = officers[0];
    expect(await read(ShiftsPage, asked({}, { problema: 'no-shift' }))).toContain('Abrir mi turno');
    expect(await read(DeskPage, undefined as never)).toContain('Todavía no abriste tu turno');
    for (const officer of officers) await seedShift(fresh.db, officer, 'Palacio');
    expect(await read(DeskPage, undefined as never)).toContain('Tu turno está abierto en Palacio');
    expect(await read(ShiftsPage, asked({}))).toContain('Ver o cerrar mi turno');
    const people = (query?: Record<string, string>) =>
      read(PeoplePage, asked({ round: ROUND }, query));
    expect(await people({ problema: 'nobody-waiting' })).toContain('Nadie espera en la cola');

    const turns: string[] = [];
    for (let nth = 0; nth < 27; nth += 1) turns.push(await join(nth, nth === 3));
    const screen = await people({ turno: turns[2]! });
    expect(screen).toContain('Turno 3 para el DNI que termina en 02');
    expect(screen).toContain('Esperan 27 personas');
    expect(screen).toContain('unos 8 minutos');
    expect(screen).toContain('Página 1 de 2');
    expect(await people({ pagina: '2', talon: '12' })).toContain('el talón 12');

    const person = { round: ROUND, resident: residents[0]! };
    expect(await read(PersonPage, asked(person))).toContain('Ya tiene el turno 1');
    const free = { round: ROUND, resident: residents[29]! };
    expect(await read(PersonPage, asked(free))).toContain('Agregar a la cola');
    const slip = await read(TurnSlipPage, asked({ turn: turns[2]! }, { papel: 'a4' }));
    expect(slip).toContain('Tu turno');
    expect(slip).not.toContain('42000002');
    expect(await read(RoundSlipPage, asked({ round: ROUND }))).toContain('vota a solas');

    const mine = await call(officers[0]);
    expect(mine).toBe(turns[3]);
    const turn = (id: string, query?: Record<string, string>) =>
      read(TurnPage, asked({ turn: id }, query));
    expect(await turn(mine)).toContain('Llegó: atender');
    expect(await turn(turns[5]!)).toContain('Hay 4 personas antes');
    const theirs = await call(officers[1]);
    expect(await turn(theirs)).toContain('La atiende Óscar');
    expect(await people()).toContain('la atiendes tú');
    await beginServing(fresh.db, officers[0], mine);
    expect(await turn(mine)).toContain('Todavía no hay ninguna cabina');
    await setUpKiosk(fresh.db, officers[0], { name: 'Cabina 1' });
    await seedPaperTable(fresh.db, { roundId: ROUND, number: 1, openedBy: officers[0].id });
    const serving = await turn(mine, { problema: 'help-reason' });
    expect(serving).toContain('Mesa 1: Coliseo');
    expect(serving).toContain('Elige para qué ayuda');
    await finishWithoutVote(fresh.db, officers[0], mine);
    expect(await turn(mine)).toContain('La cola ya no guarda quién fue');
  });

  it('show a shift while it lasts, closed, signed, and what the next officer reads', async () => {
    await speak('en');
    session.actor = officers[1];
    const [row] = await fresh.sql`select id from desk_shift where officer_id = 'Óscar'`;
    const shiftId = row?.['id'] as string;
    const shift = (query?: Record<string, string>) =>
      read(ShiftPage, asked({ shift: shiftId }, query));
    const incident = { id: randomUUID(), kind: 'network' as const, words: 'Se cortó la red' };
    await recordIncident(fresh.db, officers[1], incident);
    const open = await shift({ problema: 'papers-unexplained' });
    expect(open).toContain('Close my shift');
    expect(open).toContain('Se cortó la red');
    await fresh.sql`update desk_turn set state = 'waiting', called_by = null where called_by = 'Óscar'`;
    const close = { shiftId, papers: 3, spoiled: 0, note: 'Tres de más', alone: '' };
    await closeShift(fresh.db, officers[1], close);
    const closed = await shift();
    expect(closed).toContain('The second signature is missing');
    expect(closed).toContain('3 ballots too many');
    expect(closed).not.toContain('Sign as the second person');
    session.actor = officers[0];
    expect(await shift()).toContain('Sign as the second person');
    await signShift(fresh.db, officers[0], { shiftId });
    expect(await shift()).toContain('Second signature: Olga');
    const [own] = await fresh.sql`select id from desk_shift where officer_id = 'Olga'`;
    const mine = await read(ShiftPage, asked({ shift: own?.['id'] as string }));
    expect(mine).toContain('Note left by Óscar');
    // Olga forgets hers: an administrator is asked why, and then sees no button to sign it herself.
    const left = asked({ shift: own?.['id'] as string });
    session.actor = officers[1];
    expect(await read(ShiftPage, left)).not.toContain('Close the shift that was left open');
    const admin = await seedStaff(fresh.db, 'Ada', 'administrator');
    session.actor = admin;
    expect(await read(ShiftPage, left)).toContain('Close the shift that was left open');
    const why = { papers: 0, spoiled: 0, note: 'Left at six and did not return', alone: '' };
    await closeShift(fresh.db, admin, { shiftId: own?.['id'] as string, ...why });
    const ended = await read(ShiftPage, left);
    expect(ended).toContain('Olga left it open and Ada closed it');
    expect(ended).not.toContain('Sign as the second person');
    session.actor = officers[1];
    expect(await read(ShiftPage, left)).toContain('Sign as the second person');
    expect(await read(ShiftsPage, asked({}))).toContain('Log of shifts');
  });

  it('take an assembly’s attendance and print its sheet', async () => {
    await speak('es-PE');
    expect(await read(AttendancePage, asked({}, { problema: 'assembly-form' }))).toContain(
      'Todavía no hay listas',
    );
    const opened = await openAssembly(fresh.db, officers[0], {
      requestKey: randomUUID(),
      name: 'Asamblea de Palián',
      place: 'Plaza',
      day: '2026-11-28',
    });
    if (!opened.ok) throw new Error(opened.reason);
    const { assemblyId } = opened.value;
    await markPresent(fresh.db, officers[0], { assemblyId, residentId: residents[7]! });
    await markGuest(fresh.db, officers[0], { assemblyId, requestKey: randomUUID() });
    expect(await read(AttendancePage, asked({}))).toContain('Asamblea de Palián');
    const list = asked({ assembly: assemblyId }, { anotada: 'ya' });
    expect(await read(AssemblyPage, list)).toContain('Esa persona ya estaba anotada');
    const sheet = await read(SheetPage, asked({ assembly: assemblyId }));
    expect(sheet).toContain('…07');
    expect(sheet).toContain('Del padrón: 1 · Invitadas: 1');
    const nobody = asked({ assembly: randomUUID() });
    await expect(read(AssemblyPage, nobody)).rejects.toThrow('not found');
  });
});
