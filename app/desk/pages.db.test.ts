import { NextIntlClientProvider } from 'next-intl';
import { createElement, type ReactNode } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createTranslator } from 'use-intl/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeRegistry } from '@/db/registry/client';
import { beginKeying } from '@/lib/assemblies/commands/begin-keying';
import { closeTable } from '@/lib/assemblies/commands/close-table';
import { PHOTO } from '@/lib/assemblies/photo.fixture';
import { finishKeying } from '@/lib/assemblies/commands/finish-keying';
import { keyPaper } from '@/lib/assemblies/commands/key-paper';
import type { StaffActor } from '@/lib/auth/actor';
import { openVisit } from '@/lib/credentials/commands/at-the-kiosk';
import { beginVisit } from '@/lib/credentials/commands/begin-visit';
import { checkInOnPaper } from '@/lib/credentials/commands/check-in-on-paper';
import { endVisit } from '@/lib/credentials/commands/end-visit';
import { setUpKiosk } from '@/lib/credentials/commands/kiosks';
import { seedDeskRound, seedPaperTable, seedStaff } from '@/lib/credentials/desk.fixture';
import { visitCode } from '@/lib/credentials/visit-code';
import { messagesOf } from '@/lib/i18n/messages';
import { seedCycle } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import KioskPage from '../kiosco/page';
import KiosksPage from './kiosks/page';
import DeskPage from './page';
import PaperBallotPage from './paper/cedula/[round]/[group]/page';
import KeyingPage from './paper/[table]/keying/page';
import MinutesPage from './paper/[table]/minutes/page';
import PaperTablePage from './paper/[table]/page';
import SamplePage from './paper/[table]/sample/page';
import PaperPage from './paper/page';
import PersonPage from './people/[round]/[resident]/page';
import PeoplePage from './people/[round]/page';
import VisitPage from './visits/[visit]/page';

/** Every page of desk and paper in each of its states, as it is read; a missing text fails. */

const SECRET = 's'.repeat(32);
const ROUND = 'mesa-paginas';
const ADMINISTRATOR: StaffActor = {
  kind: 'staff',
  id: 'pagina-admin',
  displayName: 'Administradora',
  roles: ['administrator'],
};
const session: { actor: StaffActor | null } = { actor: null };
const jar = new Map<string, string>();
const words = vi.hoisted(() => ({ messages: {} }));

vi.mock('@/lib/auth/session', () => ({
  requireStaff: () => Promise.resolve(session.actor),
  requirePermission: () => Promise.resolve(session.actor),
}));
vi.mock('next/headers', () => ({
  cookies: () => Promise.resolve({ get: (name: string) => ({ value: jar.get(name) }) }),
}));
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
  getLocale: () => Promise.resolve('es-PE'),
  getTranslations: (namespace: string) =>
    Promise.resolve(
      createTranslator({
        locale: 'es-PE',
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
let officers: [StaffActor, StaffActor, StaffActor];
let residents: string[];

beforeAll(async () => {
  fresh = await freshRegistry();
  Object.assign(process.env, {
    DATABASE_URL: fresh.url,
    MINKA_SITE_URL: 'http://localhost:3000',
    MINKA_BALLOT_BOX_URL: 'http://localhost:3001',
    MINKA_SESSION_SECRET: SECRET,
    MINKA_DNI_KEY: 'd'.repeat(32),
    MINKA_ROLL_KEY: 'r'.repeat(32),
    MINKA_ISSUER_SOCKET: '/nowhere/issuer.sock',
  });
  words.messages = await messagesOf('es-PE');
  await seedCycle(fresh.db);
  officers = [
    await seedStaff(fresh.db, 'pagina-1'),
    await seedStaff(fresh.db, 'pagina-2'),
    await seedStaff(fresh.db, 'pagina-3'),
  ];
  session.actor = officers[0];
  const people = Array.from({ length: 6 }, (_, nth) => ({ dni: String(20_000_000 + nth) }));
  ({ residents } = await seedDeskRound(fresh.db, ROUND, people));
});
afterAll(async () => {
  await closeRegistry();
  await fresh.drop();
});

/** What a reader without script gets of a page. */
async function read<Props>(
  page: (props: Props) => Promise<ReactNode>,
  props: Props,
): Promise<string> {
  const content = await page(props);
  const whole = createElement(NextIntlClientProvider, {
    locale: 'es-PE',
    messages: words.messages,
    timeZone: 'America/Lima',
    onError: (error) => {
      throw error;
    },
    children: content,
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

const asked = (query: Record<string, string> = {}) => ({ searchParams: Promise.resolve(query) });
const table = (id: string, query?: Record<string, string>) => ({
  params: Promise.resolve({ table: id }),
  ...asked(query),
});

describe('the pages of the desk', () => {
  it('lead from the round to a person, to a kiosk, and say when it is done', async () => {
    expect(await read(DeskPage, undefined as never)).toContain(`/desk/people/${ROUND}`);
    const people = { params: Promise.resolve({ round: ROUND }), ...asked() };
    expect(await read(PeoplePage, people)).toContain('Hoy nadie pasó todavía a una cabina');
    expect(await read(PeoplePage, people)).toContain('Abre tu turno para buscar personas');
    const wrong = { ...people, ...asked({ problema: 'malformed', codigo: 'no' }) };
    const refused = await read(PeoplePage, wrong);
    expect(refused).toContain('El DNI tiene ocho números');
    expect(refused).toContain('Ese código no puede existir');

    const residentId = residents[0]!;
    const person = (query?: Record<string, string>) => ({
      params: Promise.resolve({ round: ROUND, resident: residentId }),
      ...asked(query),
    });
    expect(await read(PersonPage, person())).toContain('Todavía no hay ninguna cabina');
    expect(await read(KiosksPage, asked())).toContain('No hay cabinas en uso');
    const kiosk = await setUpKiosk(fresh.db, officers[0], { name: 'Cabina 1' });
    if (!kiosk.ok) throw new Error(kiosk.reason);
    expect(await read(KiosksPage, asked({ problema: 'name-taken' }))).toContain(
      'Dejar de usar Cabina 1',
    );
    expect(await read(PersonPage, person({ problema: 'not-checked' }))).toContain(
      'Marca que viste el DNI físico',
    );

    const begun = await beginVisit(fresh.db, officers[0], {
      roundId: ROUND,
      residentId,
      kioskId: kiosk.value.id,
      help: null,
    });
    if (!begun.ok) throw new Error(begun.reason);
    const { visitId } = begun.value;
    const visit = { params: Promise.resolve({ visit: visitId }), ...asked() };
    const code = visitCode(SECRET, visitId, 1);
    expect(await read(VisitPage, visit)).toContain(`${code.slice(0, 3)} ${code.slice(3)}`);
    expect(await read(PersonPage, person())).toContain('Cabina 1 (ocupada)');
    expect(await read(PeoplePage, people)).toContain('Espera entrar');

    jar.set('minka-kiosk', kiosk.value.token);
    expect(await read(KioskPage, asked({ problema: 'wrong-code' }))).toContain(
      'Espera a que te llamen',
    );
    const opened = await openVisit(fresh.db, SECRET, { kioskToken: kiosk.value.token, code });
    if (!opened.ok) throw new Error(opened.reason);
    jar.set('minka-voter', opened.value.sessionToken);
    await expect(read(KioskPage, asked())).rejects.toThrow('to /kiosco/cabina');
    expect(await read(VisitPage, visit)).toContain('Está votando');
    await endVisit(fresh.db, officers[0], { visitId, reason: 'Se fue' });
    expect(await read(VisitPage, visit)).toContain('Terminó sin votar');
    jar.clear();
    expect(await read(KioskPage, asked())).toContain('Este equipo no es una cabina');
  });
});

describe('the pages of paper', () => {
  it('show each state of a table what can be done, and nobody else’s entry', async () => {
    expect(await read(PaperPage, asked())).toContain('Todavía no hay mesas de papel');
    expect(await read(PaperPage, asked())).toContain('Abrir una mesa');
    session.actor = ADMINISTRATOR;
    expect(await read(PaperPage, asked())).not.toContain('Abrir una mesa');
    session.actor = officers[0];
    const id = await seedPaperTable(fresh.db, { roundId: ROUND, number: 1, openedBy: 'pagina-1' });
    expect(await read(PaperPage, asked({ problema: 'form' }))).toContain('Mesa 1');
    const ballot = { params: Promise.resolve({ round: ROUND, group: '120114' }) };
    expect(await read(PaperBallotPage, ballot)).toContain('Propuesta 2027-001');

    for (const residentId of residents.slice(1, 4)) {
      await checkInOnPaper(fresh.db, officers[0], { residentId, tableId: id });
    }
    expect(await read(PaperTablePage, table(id, { talon: '3' }))).toContain('el talón 3');
    expect(await read(PaperTablePage, table(id, { problema: 'taken-phone' }))).toContain(
      'No le des cédula',
    );
    const taken = {
      params: Promise.resolve({ round: ROUND, resident: residents[1]! }),
      ...asked(),
    };
    expect(await read(PersonPage, taken)).toContain('Ya recibió una cédula de papel');
    expect(
      await read(MinutesPage, table(id, { problema: 'papers-differ', ballots: '2' })),
    ).toContain('tienen que sumar las cédulas recibidas (100)');

    const minutes = { checkIns: 3, ballots: 2, spoiled: 1, unused: 97 };
    const photo = PHOTO;
    await closeTable(fresh.db, officers[0], { tableId: id, minutes, photo });
    expect(await read(PaperTablePage, table(id))).toContain('El acta va camino');
    await fresh.sql`update round_note set sent_at = now() where round_id = ${ROUND}`;
    await fresh.sql`update round set state = 'closing' where id = ${ROUND}`;
    expect(await read(PaperTablePage, table(id))).toContain('lista para digitar');
    await expect(read(KeyingPage, table(id))).rejects.toThrow('problema=not-your-turn');

    const valid = { prioridades: ['SOC-2'], 'fondo-provincia': ['2027-003'] };
    const other = { prioridades: ['AMB-1'], 'fondo-provincia': [] };
    const papers = [
      [valid, valid, null],
      [valid, other, null],
    ];
    for (const [at, entry] of papers.entries()) {
      const actor = officers[at]!;
      session.actor = actor;
      await beginKeying(fresh.db, actor, { tableId: id });
      // Of the first officer's entry the second sees nothing.
      expect(await read(KeyingPage, table(id))).toContain('0 de 3 cédulas digitadas');
      for (const [nth, choices] of entry.entries()) {
        const paper = { tableId: id, number: nth + 1, choices, replaces: false };
        expect(await keyPaper(fresh.db, actor, paper)).toMatchObject({ ok: true });
      }
      const correcting = await read(KeyingPage, table(id, { numero: '1' }));
      expect(correcting).toContain('Estás corrigiendo la cédula 1');
      expect(correcting).toContain('value="2"');
      expect(await read(KeyingPage, table(id, { problema: 'sums-differ' }))).toContain('Terminar');
      expect(await read(PaperTablePage, table(id))).toContain('Descartar mi digitación');
      // Whoever leaves an entry behind: an administrator may discard it, another officer may not.
      session.actor = officers[2];
      expect(await read(PaperTablePage, table(id))).not.toContain('Descartar');
      session.actor = ADMINISTRATOR;
      const seen = await read(PaperTablePage, table(id));
      expect(seen).toContain(`Descartar la ${at === 0 ? 'primera' : 'segunda'} digitación`);
      expect(seen).not.toContain('Digitar esta pila');
      session.actor = actor;
      await finishKeying(fresh.db, actor, { tableId: id });
    }
    expect(await read(PaperTablePage, table(id, { termino: 'arbitration' }))).toContain(
      'Revisar las diferencias',
    );
    expect(await read(SamplePage, table(id))).toContain('cuando la pila está conciliada');
    session.actor = officers[2];
    await beginKeying(fresh.db, officers[2], { tableId: id });
    const third = await read(KeyingPage, table(id));
    expect(third).toContain('0 de 1 cédulas digitadas');
    expect(third).toContain('Cédula 2');
    const paper = { tableId: id, number: 2, choices: other, replaces: false };
    await keyPaper(fresh.db, officers[2], paper);
    await finishKeying(fresh.db, officers[2], { tableId: id });
    expect(await read(PaperTablePage, table(id))).toContain('Auditar una muestra');
    const drawn = await read(SamplePage, table(id, { semilla: '4 6 1', cuantas: '3' }));
    expect(drawn).toContain('Semilla «4 6 1»: 3 de 3 cédulas');
    expect(drawn).toContain('Nula');
    for (const staffId of ['pagina-1', 'pagina-2', residents[1]!]) {
      expect(drawn).not.toContain(staffId);
    }
  });
});
