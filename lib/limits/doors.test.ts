import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Access } from '@/lib/auth/permissions';
import { ROUTES } from '@/lib/auth/routes';
import { LIMIT_PATH } from './page';

/**
 * Every handler that a stranger can reach and that writes something is refused once its budget is
 * spent, before anything is asked of the database.
 */

const SITE = 'https://vota.example';

vi.mock('@/lib/limits/spend', () => {
  const refuses = () => Promise.resolve({ ok: false, reason: 'limited', retryAfterSeconds: 7 });
  return { spend: refuses, spendByAddress: refuses };
});
vi.mock('@/db/registry/client', () => ({
  registry: () => {
    throw new Error('the database was asked before the budget');
  },
}));
vi.mock('@/lib/env', () => ({
  webEnv: () => ({
    MINKA_SITE_URL: SITE,
    MINKA_SESSION_SECRET: 's'.repeat(32),
    MINKA_SMS_RECEIPT_SECRET: 'g'.repeat(32),
  }),
}));
vi.mock('next/headers', () => ({
  cookies: () =>
    Promise.resolve({
      get: (name: string) => ({ name, value: 'x' }),
      set: () => undefined,
      delete: () => undefined,
    }),
}));
// The doors stand open: there is a provider, and somebody who comes back from it.
vi.mock('@/lib/auth/identity-web', () => ({
  staffIdentity: () => ({ redirectUri: `${SITE}/api/identity/callback` }),
  attemptCookie: () => ({ name: 'x', options: { path: '/', secure: true } }),
}));
vi.mock('@/lib/verification/web', () => ({ identityChannel: () => ({}) }));
vi.mock('@/lib/verification/oidc', () => ({
  visitOf: () => ({ roundId: 'pp2027-votacion', purpose: 'vote' }),
}));

/** They write nothing: pages for programs, and files. */
const READING = [
  '/agentes/lista.csv',
  '/api/health',
  '/api/v1/rounds/[round]/pabulib/[contest]',
  '/demo/outbox.json',
  '/kiosco/manifest.webmanifest',
  '/screen/[code]/state',
  '/tablet/manifest.webmanifest',
  '/tablet/sw.js',
  '/verify',
  '/verify/[file]',
];
/** Leaving a kiosk is refused to nobody: the next person must not find the one before. */
const NEVER_REFUSED = ['/kiosco/fin'];

const access: Readonly<Record<string, Access>> = ROUTES;
const doors = globSync('app/**/route.ts')
  .map((file) => {
    const parts = file.replaceAll('\\', '/').split('/').slice(1, -1);
    return { file, address: `/${parts.filter((part) => !part.startsWith('(')).join('/')}` };
  })
  .filter(({ address }) => access[address] === 'everyone');
const writing = doors.filter(({ address }) => ![...READING, ...NEVER_REFUSED].includes(address));

describe('T20: a handler that strangers reach', () => {
  it('is known as one that reads, or is tried below', () => {
    for (const { file, address } of doors.filter((door) => READING.includes(door.address))) {
      expect(readFileSync(file, 'utf8'), address).not.toMatch(/function (POST|PUT|PATCH|DELETE)/);
    }
    const addresses = doors.map(({ address }) => address);
    expect([...READING, ...NEVER_REFUSED].filter((one) => !addresses.includes(one))).toEqual([]);
    expect(writing.length).toBeGreaterThan(8);
  });

  it.each(writing.map(({ address, file }) => [address, file] as const))(
    'answers 429 when its budget is spent: %s',
    async (address, file) => {
      const module = (await import(/* @vite-ignore */ resolve(file))) as Record<string, unknown>;
      const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((name) => name in module);
      expect(methods).not.toEqual([]);
      for (const method of methods) {
        const handle = module[method] as (request: Request, context: object) => Promise<Response>;
        const request = new Request(`${SITE}${address}?round=pp2027-votacion`, {
          method,
          headers: { origin: SITE },
          ...(method === 'GET' ? {} : { body: '{}' }),
        });
        const answer = await handle(request, { params: Promise.resolve({ secret: 'signed' }) });
        const to = new URL(answer.headers.get('location') ?? '/', SITE);
        const isTold =
          answer.status === 429 || (answer.status === 303 && to.pathname === LIMIT_PATH);
        expect(isTold, `${method} ${String(answer.status)} ${to.pathname}`).toBe(true);
      }
    },
  );
});
