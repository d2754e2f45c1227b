import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { attemptCookie } from '@/lib/auth/identity-web';
import { sessionCookieName } from '@/lib/auth/options';
import { signOut } from '@/lib/auth/sign-in';
import { identityCookie } from '@/lib/roll/cookies';
import { GET as comeBack } from './callback/route';

/** What browsers are told to forget: they keep a `__Host-` cookie unless told so as it was set. */

const closed: string[] = [];
const forgotten: unknown[] = [];
let site = '';

vi.mock('@/lib/env', () => ({
  webEnv: () => ({ MINKA_SITE_URL: site, MINKA_STAFF_OIDC_ISSUER: 'https://id.example.pe' }),
}));
vi.mock('next/headers', () => ({
  cookies: () =>
    Promise.resolve({
      get: (name: string) => ({ name, value: 'opaco' }),
      delete: (how: unknown) => {
        forgotten.push(how);
      },
    }),
}));
vi.mock('@/db/registry/client', () => ({ registry: () => ({}) }));
vi.mock('@/lib/limits/spend', () => ({ spendByAddress: () => Promise.resolve({ ok: true }) }));
vi.mock('@/lib/auth/identity', () => ({
  finishIdentity: () => Promise.resolve({ ok: false, reason: 'again' }),
}));
vi.mock('@/lib/auth/sessions', () => ({
  closeSession: (_db: unknown, id: string) => {
    closed.push(id);
    return Promise.resolve();
  },
}));

beforeEach(() => {
  site = 'https://vota.example.pe';
});
afterEach(() => {
  closed.length = 0;
  forgotten.length = 0;
});

const secure = { path: '/', secure: true };

describe('the cookies of staff', () => {
  it.each(['https://vota.example.pe', 'http://localhost:3000'])(
    'have names of their own at %s, none of which begins with the name of the session',
    (address) => {
      site = address;
      const { name } = attemptCookie();
      expect(name).not.toBe(identityCookie().name);
      // next-auth reads every cookie that begins like the session's as a part of the session.
      expect(name.startsWith(sessionCookieName())).toBe(false);
    },
  );

  it('T11: ends the session and has its cookie forgotten when its person leaves', async () => {
    await signOut();
    expect(closed).toEqual(['opaco']);
    expect(forgotten).toEqual([{ name: '__Host-minka-staff', ...secure }]);
  });

  it('has the cookie of a way in forgotten when the provider has answered', async () => {
    const response = await comeBack(new Request(`${site}/api/identity/callback?code=x`));
    expect(response.headers.get('location')).toBe(`${site}/ingresar?identidad=again`);
    expect(forgotten).toEqual([{ name: '__Host-minka-identity-staff', ...secure }]);
  });
});
