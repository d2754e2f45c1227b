import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type KoaContextWithOIDC } from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshRegistry } from '@/services/supervisor/test-support';
import { beginIdentity, finishIdentity, type StaffIdentity } from './identity';
import { enrolmentHolder, mintTicket } from './tickets';

/** Against a real provider on this machine: what it says, what it signs, and what we make of it. */

const REDIRECT = new URL('http://localhost:3999/api/identity/callback');

interface Account {
  readonly sub: string;
  readonly email: string;
  readonly verified: boolean;
}

let registry: Awaited<ReturnType<typeof freshRegistry>>;
let server: Server;
let issuer: string;
let account: Account;
let identity: StaffIdentity;

beforeAll(async () => {
  registry = await freshRegistry();
  server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  issuer = `http://localhost:${String((server.address() as AddressInfo).port)}`;
  const provider = realProvider();
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) {
      void handle(request, response);
      return;
    }
    // The person signs in and agrees at once.
    void provider.interactionFinished(request, response, {
      login: { accountId: account.sub },
    });
  });
  identity = {
    provider: { issuer: new URL(issuer), clientId: 'minka', clientSecret: 's'.repeat(40) },
    redirectUri: REDIRECT,
  };
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await registry.drop();
});
beforeEach(async () => {
  for (const table of ['staff_role', 'identity_attempt', 'sign_in_ticket']) {
    await registry.owner`delete from ${registry.owner(table)}`;
  }
  await registry.owner`delete from staff`;
  for (const id of ['ana', 'beto']) {
    await registry.sql`insert into staff (id, display_name, email) values (${id}, ${id}, ${`${id}@Muni.pe`})`;
  }
  account = { sub: 'uno', email: 'ANA@muni.pe', verified: true };
});

function realProvider(): Provider {
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'minka',
        client_secret: 's'.repeat(40),
        redirect_uris: [REDIRECT.href],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['k'.repeat(32)] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: account.email, email_verified: account.verified }),
    }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (context: KoaContextWithOIDC) => {
      const { oidc } = context;
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
  });
  return provider;
}

/** Follows the provider's redirects as a browser does, until it sends the browser back to us. */
async function walk(from: URL): Promise<URL> {
  const jar = new Map<string, string>();
  let at = from;
  for (let step = 0; step < 10; step += 1) {
    const response = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${String(response.status)} ${await response.text()}`);
    at = new URL(location, at);
    if (at.origin === REDIRECT.origin) return at;
  }
  throw new Error('The provider never came back');
}

async function begun() {
  const answer = await beginIdentity(registry.db, identity);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

async function comeIn() {
  const { goTo, state } = await begun();
  return finishIdentity(registry.db, identity, state, await walk(goTo));
}

describe('the municipality’s own account', () => {
  it('lets in who was invited with its verified address, and knows the person afterwards', async () => {
    expect(await comeIn()).toEqual({ ok: true, value: 'ana' });
    // From now on the account counts, not the address: it may change on either side.
    account = { ...account, email: 'otra@muni.pe', verified: false };
    expect(await comeIn()).toEqual({ ok: true, value: 'ana' });
    const linked =
      await registry.sql`select subject, details from audit_entry where action = 'staff.identity-linked'`;
    expect(linked.at(-1)).toMatchObject({ subject: 'staff:ana', details: { issuer } });
  });

  it('ends the links that were made for her before: whoever kept one adds no key of his own', async () => {
    const kept = await mintTicket(registry.db, { kind: 'operator' }, 'ana', 'enrol');
    const link = kept.ok ? kept.value : '';
    expect((await enrolmentHolder(registry.db, link))?.id).toBe('ana');
    expect((await comeIn()).ok).toBe(true);
    expect(await enrolmentHolder(registry.db, link)).toBeNull();
  });

  it('enrols nobody: a stranger, an address nobody verified, a person who was let go', async () => {
    const refused = { ok: false, reason: 'not-staff' };
    account = { sub: 'dos', email: 'nadie@muni.pe', verified: true };
    expect(await comeIn()).toEqual(refused);
    account = { sub: 'tres', email: 'ana@muni.pe', verified: false };
    expect(await comeIn()).toEqual(refused);
    await registry.sql`update staff set disabled_at = now() where id = 'ana'`;
    account = { sub: 'cuatro', email: 'ana@muni.pe', verified: true };
    expect(await comeIn()).toEqual(refused);
    expect(await registry.sql`select id from staff where identity is not null`).toHaveLength(0);
    expect(await registry.sql`select id from staff`).toHaveLength(2);
  });

  it('is one person’s: an address that another account takes over later opens nothing', async () => {
    expect((await comeIn()).ok).toBe(true);
    account = { sub: 'ladrona', email: 'ana@muni.pe', verified: true };
    expect(await comeIn()).toEqual({ ok: false, reason: 'not-staff' });
    // Nor does one account become two people.
    account = { sub: 'uno', email: 'beto@muni.pe', verified: true };
    expect(await comeIn()).toEqual({ ok: true, value: 'ana' });
  });

  it('answers once, and only to the browser that asked', async () => {
    const { goTo, state } = await begun();
    const back = await walk(goTo);
    const other = await begun();
    expect(await finishIdentity(registry.db, identity, other.state, back)).toMatchObject({
      reason: 'again',
    });
    expect(await finishIdentity(registry.db, identity, '', back)).toMatchObject({
      reason: 'again',
    });
    expect(await finishIdentity(registry.db, identity, state, back)).toEqual({
      ok: true,
      value: 'ana',
    });
    expect(await finishIdentity(registry.db, identity, state, back)).toMatchObject({
      reason: 'again',
    });
  });

  it('is not believed when its answer was altered, is late, or is a refusal', async () => {
    const forged = await begun();
    const changed = await walk(forged.goTo);
    changed.searchParams.set('iss', 'http://localhost:1');
    expect((await finishIdentity(registry.db, identity, forged.state, changed)).ok).toBe(false);
    const late = await begun();
    const back = await walk(late.goTo);
    await registry.sql`update identity_attempt set expires_at = now() - interval '1 second'`;
    expect((await finishIdentity(registry.db, identity, late.state, back)).ok).toBe(false);
    const refused = await begun();
    const no = new URL(REDIRECT);
    no.search = String(
      new URLSearchParams({ error: 'access_denied', state: refused.state, iss: issuer }),
    );
    expect(await finishIdentity(registry.db, identity, refused.state, no)).toEqual({
      ok: false,
      reason: 'cancelled',
    });
  });

  it('that is away is said to be away', async () => {
    const away = {
      ...identity,
      provider: { ...identity.provider, issuer: new URL('http://localhost:1') },
    };
    expect(await beginIdentity(registry.db, away)).toEqual({ ok: false, reason: 'away' });
  });
});
