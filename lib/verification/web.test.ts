import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as web from './web';

/** Whatever way this web process offers to be verified, it keeps the words that were beside it. */

const { kept, adapter } = vi.hoisted(() => ({
  kept: [] as unknown[],
  adapter: () => ({
    check: (_token: string, secret: string) =>
      Promise.resolve(
        secret === 'right'
          ? { ok: true, value: { sessionToken: 'hers', roundId: 'r' } }
          : { ok: false, reason: 'wrong-code' },
      ),
  }),
}));
vi.mock('./codes', () => ({ smsCodes: adapter, letterCodes: adapter }));
vi.mock('./oidc', () => ({ identityProvider: adapter }));
vi.mock('@/db/registry/client', () => ({ registry: () => 'registry' }));
vi.mock('@/lib/roll/keys', () => ({ rollKeys: () => 'keys' }));
vi.mock('@/lib/env', () => ({
  webEnv: () => ({
    MINKA_VOTER_OIDC_ISSUER: 'https://id.example',
    MINKA_SITE_URL: 'https://vota.example',
    MINKA_VOTER_OIDC_SCOPE: '',
    MINKA_VOTER_OIDC_DNI_CLAIM: '',
  }),
}));
vi.mock('@/lib/lists/person', () => ({
  personBySession: (_db: unknown, token: string) =>
    Promise.resolve(token === 'hers' ? { residentId: 'maria' } : null),
}));
vi.mock('@/lib/privacy/commands/consent', () => ({
  recordConsent: (_db: unknown, of: unknown) => {
    kept.push(of);
    return Promise.resolve();
  },
}));

interface Channel {
  check(token: string, secret: string): Promise<{ readonly ok: boolean }>;
}
const channels = Object.entries(web).flatMap(([name, make]) =>
  name.endsWith('Channel') ? [[name, make as (words: () => string) => Channel] as const] : [],
);

beforeEach(() => {
  kept.length = 0;
});

describe('the consent to be verified', () => {
  it('is looked for in all three ways', () => {
    expect(channels.map(([name]) => name).sort()).toEqual([
      'identityChannel',
      'letterChannel',
      'smsChannel',
    ]);
  });

  it.each(channels)('is kept by %s before anybody has the session', async (_name, make) => {
    const channel = make(() => '');
    expect((await channel.check('token', 'wrong')).ok).toBe(false);
    expect(kept).toEqual([]);
    expect((await channel.check('token', 'right')).ok).toBe(true);
    expect(kept).toEqual([{ residentId: 'maria', kind: 'verification' }]);
  });
});
