import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type KoaContextWithOIDC } from 'oidc-provider';

/** A real OpenID Connect provider on this machine, which knows one person at a time. */
export interface TestProvider {
  readonly url: string;
  /** What it says of whoever comes next. */
  dni: string;
  stop(): Promise<void>;
}

export async function startProvider(redirectUri: string): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://localhost:${String((server.address() as AddressInfo).port)}`;
  const running: TestProvider = {
    url,
    dni: '',
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => {
          done();
        });
      }),
  };
  const provider: Provider = new Provider(url, {
    clients: [
      {
        client_id: 'minka',
        client_secret: 's'.repeat(40),
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], identity: ['dni'] },
    scopes: ['openid', 'identity'],
    cookies: { keys: ['k'.repeat(32)] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, dni: sub }),
    }),
    interactions: { url: (_context, { uid, prompt }) => `/interaction/${uid}?p=${prompt.name}` },
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
    void provider.interactionFinished(request, response, { login: { accountId: running.dni } });
  });
  return running;
}
