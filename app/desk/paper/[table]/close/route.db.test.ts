import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeRegistry } from '@/db/registry/client';
import { paperPhotoOf, paperTableById } from '@/lib/assemblies/queries';
import { MAX_PHOTO_BYTES } from '@/lib/assemblies/photo';
import { PHOTO } from '@/lib/assemblies/photo.fixture';
import type { StaffActor } from '@/lib/auth/actor';
import { seedDeskRound, seedPaperTable, seedStaff } from '@/lib/credentials/desk.fixture';
import { seedCycle } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { GET } from '../photo/route';
import { POST } from './route';

const SITE = 'http://localhost:3000';
const session: { actor: StaffActor | null } = { actor: null };
vi.mock('@/lib/auth/session', () => ({ currentStaff: () => Promise.resolve(session.actor) }));

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let officer: StaffActor;
let councillor: StaffActor;
let tables = 0;

beforeAll(async () => {
  fresh = await freshRegistry();
  Object.assign(process.env, {
    DATABASE_URL: fresh.url,
    MINKA_SITE_URL: SITE,
    MINKA_BALLOT_BOX_URL: 'http://localhost:3001',
    MINKA_SESSION_SECRET: 's'.repeat(32),
    MINKA_DNI_KEY: 'd'.repeat(32),
    MINKA_ROLL_KEY: 'r'.repeat(32),
    MINKA_ISSUER_SOCKET: '/nowhere/issuer.sock',
  });
  await seedCycle(fresh.db);
  officer = await seedStaff(fresh.db, 'oficial-acta');
  councillor = await seedStaff(fresh.db, 'regidora-acta', 'councillor');
  await seedDeskRound(fresh.db, 'papel-acta', []);
});
afterAll(async () => {
  await closeRegistry();
  await fresh.drop();
});
beforeEach(() => {
  session.actor = officer;
});

const newTable = () =>
  seedPaperTable(fresh.db, { roundId: 'papel-acta', number: (tables += 1), openedBy: officer.id });

const RIGHT = { checkIns: '0', ballots: '0', spoiled: '0', unused: '100' };

/** The form as a browser sends it, with its length in front. */
async function post(
  table: string,
  figures: Record<string, string>,
  photo: Uint8Array<ArrayBuffer> | null,
  headers: Record<string, string> = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(figures)) form.set(name, value);
  if (photo !== null) form.set('photo', new File([photo], 'acta.png', { type: 'image/png' }));
  const shaped = new Request(`${SITE}/desk/paper/${table}/close`, { method: 'POST', body: form });
  const body = await shaped.arrayBuffer();
  const request = new Request(shaped.url, {
    method: 'POST',
    body,
    headers: {
      'content-type': shaped.headers.get('content-type') ?? '',
      'content-length': String(body.byteLength),
      origin: SITE,
      ...headers,
    },
  });
  return POST(request, { params: Promise.resolve({ table }) });
}

const leadsTo = (response: Response): URL => {
  expect(response.status).toBe(303);
  return new URL(response.headers.get('location') ?? '');
};

describe('the form with the closing minutes', () => {
  it('closes the table and leads back to it, and once more does no harm', async () => {
    const table = await newTable();
    for (let time = 0; time < 2; time += 1) {
      expect(leadsTo(await post(table, RIGHT, PHOTO)).pathname).toBe(`/desk/paper/${table}`);
    }
    expect(await paperTableById(fresh.db, table)).toMatchObject({ state: 'closed', unused: 100 });
    expect((await paperPhotoOf(fresh.db, table))?.mediaType).toBe('image/jpeg');
  });

  it('leads back to the form with what was typed and what is wrong', async () => {
    const table = await newTable();
    const wrong: [Record<string, string>, Uint8Array<ArrayBuffer> | null, string][] = [
      [{ ...RIGHT, unused: '99' }, PHOTO, 'papers-differ'],
      [{ ...RIGHT, checkIns: '1' }, PHOTO, 'check-ins-differ'],
      [{ ...RIGHT, unused: 'cien' }, PHOTO, 'figures'],
      [RIGHT, null, 'photo-not-image'],
      [RIGHT, new Uint8Array(Buffer.from('<svg onload="alert(1)"/>')), 'photo-not-image'],
      [RIGHT, new Uint8Array(MAX_PHOTO_BYTES + 100_000), 'photo-too-large'],
    ];
    for (const [figures, photo, problem] of wrong) {
      const to = leadsTo(await post(table, figures, photo));
      expect(to.pathname).toBe(`/desk/paper/${table}/minutes`);
      expect(to.searchParams.get('problema')).toBe(problem);
      if (problem === 'papers-differ') expect(to.searchParams.get('unused')).toBe('99');
    }
    expect((await paperTableById(fresh.db, table))?.state).toBe('open');
  });

  it('is for officers, from our own pages', async () => {
    const table = await newTable();
    expect((await post(table, RIGHT, PHOTO, { origin: 'https://evil.example' })).status).toBe(403);
    session.actor = councillor;
    expect((await post(table, RIGHT, PHOTO)).status).toBe(403);
    session.actor = null;
    expect(leadsTo(await post(table, RIGHT, PHOTO)).pathname).toBe('/ingresar');
    expect((await paperTableById(fresh.db, table))?.state).toBe('open');
  });
});

describe('the photo of the signed sheet', () => {
  const get = (table: string) =>
    GET(new Request(`${SITE}/`), { params: Promise.resolve({ table }) });

  it('is a picture that runs nothing, and for the desk alone', async () => {
    const table = await newTable();
    await post(table, RIGHT, PHOTO);
    const photo = await get(table);
    expect(photo.headers.get('content-type')).toBe('image/jpeg');
    expect(photo.headers.get('x-content-type-options')).toBe('nosniff');
    expect(photo.headers.get('content-security-policy')).toContain('sandbox');
    expect(
      Buffer.from(await photo.arrayBuffer())
        .subarray(0, 3)
        .toString('hex'),
    ).toBe('ffd8ff');
    session.actor = councillor;
    expect((await get(table)).status).toBe(403);
    session.actor = null;
    expect((await get(table)).status).toBe(403);
    session.actor = officer;
    expect((await get('no-table')).status).toBe(404);
  });
});
