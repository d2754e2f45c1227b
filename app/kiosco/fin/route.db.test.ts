import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeRegistry } from '@/db/registry/client';
import type { StaffActor } from '@/lib/auth/actor';
import { openVisit } from '@/lib/credentials/commands/at-the-kiosk';
import { beginVisit } from '@/lib/credentials/commands/begin-visit';
import { setUpKiosk } from '@/lib/credentials/commands/kiosks';
import { seedDeskRound, seedStaff } from '@/lib/credentials/desk.fixture';
import { visitById } from '@/lib/credentials/desk-queries';
import { visitCode } from '@/lib/credentials/visit-code';
import { voterBySession } from '@/lib/roll/queries';
import { seedCycle } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { POST } from './route';

const SITE = 'http://localhost:3000';
const SECRET = 's'.repeat(32);
const jar = new Map<string, string>();
vi.mock('next/headers', () => ({
  cookies: () =>
    Promise.resolve({
      get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
      delete: ({ name }: { name: string }) => jar.delete(name),
    }),
}));

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let officer: StaffActor;
let dnis = 30_000_000;
let made = 0;

beforeAll(async () => {
  fresh = await freshRegistry();
  Object.assign(process.env, {
    DATABASE_URL: fresh.url,
    MINKA_SITE_URL: SITE,
    MINKA_BALLOT_BOX_URL: 'http://localhost:3001',
    MINKA_SESSION_SECRET: SECRET,
    MINKA_DNI_KEY: 'd'.repeat(32),
    MINKA_ROLL_KEY: 'r'.repeat(32),
    MINKA_ISSUER_SOCKET: '/nowhere/issuer.sock',
  });
  await seedCycle(fresh.db);
  officer = await seedStaff(fresh.db, 'oficial-fin');
});
afterAll(async () => {
  await closeRegistry();
  await fresh.drop();
});
beforeEach(() => {
  jar.clear();
});

/** Somebody is voting at a kiosk, whose cookies this test's browser has. */
async function atTheKiosk() {
  const roundId = `fin-${String((made += 1))}`;
  const { residents } = await seedDeskRound(fresh.db, roundId, [{ dni: String((dnis += 1)) }]);
  const kiosk = await setUpKiosk(fresh.db, officer, { name: roundId });
  if (!kiosk.ok) throw new Error(kiosk.reason);
  const { id: kioskId, token } = kiosk.value;
  const input = { roundId, residentId: residents[0]!, kioskId, help: null };
  const begun = await beginVisit(fresh.db, officer, input);
  if (!begun.ok) throw new Error(begun.reason);
  const { visitId } = begun.value;
  const code = visitCode(SECRET, visitId, 1);
  const opened = await openVisit(fresh.db, SECRET, { kioskToken: token, code });
  if (!opened.ok) throw new Error(opened.reason);
  jar.set('minka-kiosk', token);
  jar.set('minka-voter', opened.value.sessionToken);
  return { visitId, session: opened.value.sessionToken };
}

function post(as: string, origin = SITE): Promise<Response> {
  const body = `as=${as}`;
  return POST(
    new Request(`${SITE}/kiosco/fin`, {
      method: 'POST',
      body,
      headers: {
        origin,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(body.length),
      },
    }),
  );
}

const stateOf = async (id: string) => (await visitById(fresh.db, id))?.state;

describe('leaving a kiosk', () => {
  it.each(['voted', 'left', 'paused'] as const)(
    'as %s ends the session here and in the database, and shows the waiting page',
    async (as) => {
      const { visitId, session } = await atTheKiosk();
      const answer = await post(as);
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`${SITE}/kiosco`);
      expect(answer.headers.get('clear-site-data')).toBe('"cache"');
      expect(await stateOf(visitId)).toBe(as);
      expect(await voterBySession(fresh.db, session)).toBeNull();
      expect([...jar.keys()]).toEqual(['minka-kiosk']);
    },
  );

  it('twice is once: what was voted stays voted', async () => {
    const { visitId } = await atTheKiosk();
    await post('voted');
    await post('left');
    expect(await stateOf(visitId)).toBe('voted');
  });

  it('counts anything else as left without voting, and takes nothing from other sites', async () => {
    const { visitId, session } = await atTheKiosk();
    expect((await post('voted', 'https://evil.example')).status).toBe(403);
    expect((await post('v'.repeat(2000))).status).toBe(413);
    expect(await voterBySession(fresh.db, session)).not.toBeNull();
    await post('nothing-known');
    expect(await stateOf(visitId)).toBe('left');
  });

  it('does nothing to a browser that is no kiosk', async () => {
    const { visitId, session } = await atTheKiosk();
    jar.delete('minka-kiosk');
    expect((await post('left')).status).toBe(303);
    expect(await stateOf(visitId)).toBe('voting');
    expect(await voterBySession(fresh.db, session)).not.toBeNull();
  });
});
