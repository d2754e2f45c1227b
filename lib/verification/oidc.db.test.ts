import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type KoaContextWithOIDC } from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { voterBySession } from '@/lib/roll/queries';
import {
  asSuperuser,
  seedCycle,
  seedOpenRound,
  seedResident,
  TEST_KEYS,
} from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { forgetOldVisits, identityProvider, visitOf } from './oidc';

/** Against a real provider on this machine: what it says, what it signs, and what we make of it. */

const REDIRECT = new URL('http://localhost:3999/api/oidc/callback');
const SECRET = 'x'.repeat(32);
const ROUND = 'pp2027-identidad';
const DNI = '40000001';

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
const servers: Server[] = [];
let issuer: string;
let otherIssuer: string;
let residentId: string;
/** What the provider says of whoever comes. */
let claims: Record<string, unknown> = {};

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  residentId = await seedResident(fresh.db, { dni: DNI });
  await seedOpenRound(fresh.db, {
    id: ROUND,
    residents: [{ id: residentId, districtCode: '120114' }],
    manifest: '{}',
    manifestHash: 'hash',
  });
  await asSuperuser(
    fresh.owner,
    (tx) => tx`update round set channels = '{sms,oidc}' where id = ${ROUND}`,
  );
  issuer = await startProvider();
  otherIssuer = await startProvider();
});
afterAll(async () => {
  for (const server of servers) await new Promise((done) => server.close(done));
  await fresh.drop();
});

async function startProvider(): Promise<string> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://localhost:${String((server.address() as AddressInfo).port)}`;
  const provider: Provider = new Provider(url, {
    clients: [
      {
        client_id: 'minka',
        client_secret: 's'.repeat(40),
        redirect_uris: [REDIRECT.href],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], identity: ['dni'] },
    scopes: ['openid', 'identity'],
    cookies: { keys: ['k'.repeat(32)] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...claims }) }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (context: KoaContextWithOIDC) => {
      const { oidc } = context;
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid identity');
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
  });
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) {
      void handle(request, response);
      return;
    }
    const result =
      claims['refuses'] === true
        ? { error: 'access_denied', error_description: 'no' }
        : { login: { accountId: 'somebody' } };
    void provider.interactionFinished(request, response, result);
  });
  return url;
}

const adapterOf = (of: string, clientSecret = 's'.repeat(40)) =>
  identityProvider(fresh.db, TEST_KEYS, SECRET, {
    issuer: new URL(of),
    clientId: 'minka',
    clientSecret,
    scope: 'openid identity',
    dniClaim: 'dni',
    redirectUri: REDIRECT,
  });

/** Follows the provider's redirects as a browser does, until it sends the browser back to us. */
async function walk(from: URL): Promise<string> {
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
    if (at.origin === REDIRECT.origin) return at.href;
  }
  throw new Error('The provider never came back');
}

async function begun(of = issuer) {
  const started = await adapterOf(of).start({ roundId: ROUND, purpose: 'vote', dni: null });
  if (!started.ok) throw new Error(started.reason);
  return { token: started.value.attemptToken, goTo: started.value.goTo! };
}

async function comeWith(said: Record<string, unknown>) {
  claims = said;
  const { token, goTo } = await begun();
  return adapterOf(issuer).check(token, await walk(goTo));
}

const refused = (reason: string) => ({ ok: false, reason });

describe('an identity provider that says the DNI', () => {
  it.each([DNI, '40.000.001', Number(DNI)])('opens the vote of who it says: %s', async (dni) => {
    const answer = await comeWith({ dni });
    if (!answer.ok) throw new Error(answer.reason);
    const voter = await voterBySession(fresh.db, answer.value.sessionToken);
    expect(voter).toMatchObject({ roundId: ROUND, residentId });
  });

  it('answers an unknown DNI, no DNI and nonsense with one and the same sentence', async () => {
    for (const said of [
      { dni: '49999999' },
      {},
      { dni: 'x' },
      { dni: '' },
      { dni: [DNI] },
      { dni: null },
    ]) {
      expect(await comeWith(said)).toEqual(refused('not-recognised'));
    }
  });

  it('sends PKCE, state and nonce, none of them twice and none of them the cookie', async () => {
    const visits = [await begun(), await begun()];
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const values = visits.map(({ goTo }) => goTo.searchParams.get(name)!);
      expect(new Set(values).size).toBe(2);
      expect(values[0]!.length).toBeGreaterThanOrEqual(43);
    }
    expect(visits[0]!.goTo.searchParams.get('code_challenge_method')).toBe('S256');
    expect(visits[0]!.goTo.href).not.toContain(visits[0]!.token);
  });

  it('is heard once: the same answer again opens nothing, also at the same moment', async () => {
    claims = { dni: DNI };
    const { token, goTo } = await begun();
    const address = await walk(goTo);
    const adapter = adapterOf(issuer);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => adapter.check(token, address)),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok)).toEqual(
      Array.from({ length: 4 }, () => refused('again')),
    );
    expect(await adapter.check(token, address)).toEqual(refused('again'));
  });

  it('is not believed in another browser, nor with another state', async () => {
    claims = { dni: DNI };
    const mine = await begun();
    const theirs = await begun();
    const address = await walk(mine.goTo);
    expect(await adapterOf(issuer).check(theirs.token, address)).toEqual(refused('again'));
    const bent = new URL(address);
    bent.searchParams.set('state', theirs.goTo.searchParams.get('state')!);
    expect(await adapterOf(issuer).check(mine.token, bent.href)).toEqual(refused('again'));
  });

  it('is not mixed up with another provider', async () => {
    claims = { dni: DNI };
    const { token, goTo } = await begun();
    const address = new URL(await walk(goTo));
    expect(address.searchParams.get('iss')).toBe(issuer);
    address.searchParams.set('iss', otherIssuer);
    expect(await adapterOf(issuer).check(token, address.href)).toEqual(refused('again'));
    const other = await begun();
    const elsewhere = await walk(other.goTo);
    expect(await adapterOf(otherIssuer).check(other.token, elsewhere)).toEqual(refused('again'));
  });

  it('takes a visit that we did not begin, or that took too long, for nothing', async () => {
    claims = { dni: DNI };
    const { token, goTo } = await begun();
    const address = await walk(goTo);
    const parts = token.split('.');
    for (const forged of [
      '',
      'x',
      `${token}x`,
      [parts[0], '9999999999999', ...parts.slice(2)].join('.'),
    ]) {
      expect(await adapterOf(issuer).check(forged, address)).toEqual(refused('again'));
    }
    expect(visitOf('y'.repeat(32), token)).toBeNull();
    await fresh.sql`update voter_identity_attempt set expires_at = now() - interval '1 minute'`;
    await forgetOldVisits(fresh.db);
    expect((await fresh.sql`select 1 from voter_identity_attempt`).length).toBe(0);
  });

  it('says when somebody gave up, and when the provider is away', async () => {
    expect(await comeWith({ refuses: true })).toEqual(refused('cancelled'));
    const away = adapterOf('http://localhost:1');
    expect(await away.start({ roundId: ROUND, purpose: 'vote', dni: null })).toEqual(
      refused('away'),
    );
  });

  it('is asked only for rounds that take it', async () => {
    await asSuperuser(
      fresh.owner,
      (tx) => tx`update round set channels = '{sms}' where id = ${ROUND}`,
    );
    for (const roundId of [ROUND, 'nowhere']) {
      expect(await adapterOf(issuer).start({ roundId, purpose: 'vote', dni: null })).toEqual(
        refused('round-not-open'),
      );
    }
  });
});
