import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeRegistry } from '@/db/registry/client';
import { confirmCode, requestCode } from '@/lib/roll/commands';
import { manifestHash } from '@/lib/rounds/manifest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import {
  asSuperuser,
  seedCycle,
  seedOpenRound,
  seedResident,
  TEST_KEYS,
} from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { createIssuer } from '@/services/worker/issuer';
import { listenIssuer, type IssuerServer } from '@/services/worker/issuer-server';
import { ensureIssuerKey } from '@/services/worker/keys';
import { POST } from './route';

const SITE = 'http://localhost:3000';
const ROUND = 'pp2027-votacion';
const jar = new Map<string, string>();
vi.mock('next/headers', () => ({
  cookies: () =>
    Promise.resolve({
      get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    }),
}));

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let folder: string;
let issuer: IssuerServer;
let dnis = 70_000_000;

beforeAll(async () => {
  fresh = await freshRegistry();
  folder = await mkdtemp(join(tmpdir(), 'minka-route-'));
  const socket = join(folder, 'issuer.sock');
  Object.assign(process.env, {
    DATABASE_URL: fresh.url,
    MINKA_SITE_URL: SITE,
    MINKA_BALLOT_BOX_URL: 'http://localhost:3001',
    MINKA_SESSION_SECRET: 's'.repeat(32),
    MINKA_DNI_KEY: TEST_KEYS.dniKey,
    MINKA_ROLL_KEY: 'r'.repeat(32),
    MINKA_ISSUER_SOCKET: socket,
  });
  await seedCycle(fresh.db);
  const { publicKey: key } = await ensureIssuerKey(folder, ROUND, '120114');
  const text = JSON.stringify(
    manifestFixture({
      groups: [
        {
          id: '120114',
          name: 'El Tambo',
          districts: ['120114'],
          eligible: 50,
          key,
          rollRoot: '0'.repeat(64),
        },
      ],
      contests: manifestFixture().contests.slice(0, 2),
    }),
  );
  await seedOpenRound(fresh.db, {
    id: ROUND,
    residents: [],
    manifest: text,
    manifestHash: await manifestHash(text),
  });
  issuer = await listenIssuer(
    socket,
    createIssuer(fresh.db, folder),
    () => ({}),
    () => undefined,
  );
});
afterAll(async () => {
  await issuer.close();
  await closeRegistry();
  await fresh.drop();
  await rm(folder, { recursive: true });
});

/** A resident who gave the code: the cookie jar holds the session. */
async function verified(): Promise<void> {
  const dni = String((dnis += 1));
  const id = await seedResident(fresh.db, { dni });
  await asSuperuser(
    fresh.owner,
    (sql) => sql`insert into roll_entry (round_id, resident_id, district_code)
      values (${ROUND}, ${id}, '120114')`,
  );
  const asked = await requestCode(fresh.db, TEST_KEYS, { roundId: ROUND, dni });
  if (!asked.ok) throw new Error(asked.reason);
  const given = await confirmCode(fresh.db, TEST_KEYS, asked.value);
  if (!given.ok) throw new Error(given.reason);
  jar.set('minka-voter', given.value.sessionToken);
}

function blinded(): string {
  const bytes = randomBytes(256);
  bytes[0] = 0;
  return bytes.toString('base64url');
}

async function post(
  body: unknown,
  headers: Record<string, string> = { origin: SITE },
): Promise<{ status: number; body: unknown }> {
  const response = await POST(
    new Request(`${SITE}/api/credential`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { status: response.status, body: await response.json() };
}

const signatures = async (): Promise<number> => (await fresh.sql`select 1 from issuer_log`).length;

describe('POST /api/credential', () => {
  it('T21: nothing is signed or reserved for strangers, other sites, or requests without an origin', async () => {
    const good = { round: ROUND, blinded: blinded() };
    const garbage = [good, { round: ROUND, blinded: 'AAAA' }, {}, '{', '', '['.repeat(2000)];
    const strangers = await Promise.all(
      Array.from({ length: 10_000 }, (_, i) => post(garbage[i % garbage.length])),
    );
    expect(new Set(strangers.map((answer) => answer.status))).toEqual(new Set([401]));
    jar.set('minka-voter', 'made-up');
    expect((await post(good)).status).toBe(401);
    await verified();
    expect((await post(good, {})).status).toBe(403);
    expect((await post(good, { origin: 'null' })).status).toBe(403);
    expect((await post(good, { origin: 'https://elsewhere.pe' })).status).toBe(403);
    expect(await signatures()).toBe(0);
    expect(await fresh.sql`select 1 from credential`).toHaveLength(0);
  });

  it('a verified resident gets one signature, the same again, and no second one', async () => {
    await verified();
    const before = await signatures();
    const asked = { round: ROUND, blinded: blinded() };
    const first = await post(asked);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ group: '120114' });
    expect(await post(asked)).toEqual(first);
    expect(await post({ ...asked, blinded: blinded() })).toEqual({
      status: 409,
      body: { reason: 'already-issued' },
    });
    expect(await signatures()).toBe(before + 1);
  });

  it.each([
    ['no JSON', '{'],
    ['a number', '1'],
    ['another key', { round: ROUND, blinded: blinded(), role: 'administrator' }],
    ['a short value', { round: ROUND, blinded: 'AAAA' }],
    [
      'a value past the modulus',
      { round: ROUND, blinded: Buffer.alloc(256, 255).toString('base64url') },
    ],
    ['a very long body', { round: ROUND, blinded: 'A'.repeat(100_000) }],
  ])('%s is refused as malformed and reserves nothing', async (_name, body) => {
    await verified();
    const before = await fresh.sql`select 1 from credential`;
    expect(await post(body)).toEqual({ status: 422, body: { reason: 'malformed' } });
    expect(await fresh.sql`select 1 from credential`).toHaveLength(before.length);
  });

  it('another round than the one verified for is refused', async () => {
    await verified();
    expect((await post({ round: 'pp2026-votacion', blinded: blinded() })).status).toBe(403);
  });
});

describe('budgets of the credential', () => {
  it('a resident who asks again and again is asked to wait, and her right stays what it was', async () => {
    await verified();
    const good = { round: ROUND, blinded: blinded() };
    const before = await signatures();
    const statuses: number[] = [];
    for (let turn = 0; turn < 25; turn += 1) statuses.push((await post(good)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.slice(20)).toEqual([429, 429, 429, 429, 429]);
    expect(await signatures()).toBe(before + 1);
  });

  it('when nobody can count, nothing is signed: 503 and when to ask again', async () => {
    await verified();
    const before = await signatures();
    await fresh.owner`alter table rate_limit rename to away`;
    const answer = await post({ round: ROUND, blinded: blinded() });
    await fresh.owner`alter table away rename to rate_limit`;
    expect(answer).toMatchObject({
      status: 503,
      body: { reason: 'unavailable', retryAfterSeconds: 30 },
    });
    expect(await signatures()).toBe(before);
  });
});
