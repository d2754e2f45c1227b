import * as client from 'openid-client';
import { ok, refuse, type Result } from './result';

/** OpenID Connect, the part that every use of it shares: authorization code, PKCE, state and nonce. */

export interface OpenIdProvider {
  readonly issuer: URL;
  readonly clientId: string;
  /** '' for a client that keeps no secret: PKCE is what protects it then. */
  readonly clientSecret: string;
}

/** What binds an answer of the provider to one question of one browser. */
export interface OpenIdSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export type OpenIdProblem =
  /** Another state, another issuer, a code that was used, a signature that is not the provider's. */
  | 'again'
  /** The person said no at the provider. */
  | 'cancelled'
  | 'away';

/** Where a browser is sent to be asked who it is; null when the provider does not answer. */
export async function authorizationUrl(
  provider: OpenIdProvider,
  { state, nonce, verifier }: OpenIdSecrets,
  { redirectUri, scope }: { readonly redirectUri: URL; readonly scope: string },
): Promise<URL | null> {
  const config = await discovered(provider);
  if (config === null) return null;
  return client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri.href,
    scope,
    response_type: 'code',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
}

export type OpenIdClaims = Readonly<Record<string, unknown>> & {
  readonly iss: string;
  readonly sub: string;
};

/**
 * What the provider says of the person who came back to `address`, proven by its signature. Claims
 * that are not in the token itself are asked for when `wanted` is among the missing.
 */
export async function claimsAt(
  provider: OpenIdProvider,
  { state, nonce, verifier }: OpenIdSecrets,
  address: URL,
  wanted: string,
): Promise<Result<OpenIdClaims, OpenIdProblem>> {
  const config = await discovered(provider);
  if (config === null) return refuse('away');
  try {
    const tokens = await client.authorizationCodeGrant(config, address, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) return refuse('again');
    if (claims[wanted] !== undefined) return ok(claims);
    if (config.serverMetadata().userinfo_endpoint === undefined) return ok(claims);
    const more = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
    // Who says so and of whom is the token's to tell: it is signed.
    return ok({ ...more, iss: claims.iss, sub: claims.sub });
  } catch (error) {
    if (error instanceof client.AuthorizationResponseError) {
      return refuse(error.error === 'access_denied' ? 'cancelled' : 'again');
    }
    if (error instanceof client.ClientError || error instanceof client.ResponseBodyError) {
      return refuse(isAway(error) ? 'away' : 'again');
    }
    return refuse('away');
  }
}

function isAway(error: Error): boolean {
  return 'code' in error && error.code === 'OAUTH_TIMEOUT';
}

type Step = (config: client.Configuration) => void;

/**
 * Only for a provider on this very machine. The library marks its switch as deprecated to make it
 * stand out, which it does here; the first request looks for the function itself among the steps.
 */
const withoutTls: Step = Reflect.get<typeof client, 'allowInsecureRequests'>(
  client,
  'allowInsecureRequests',
);

const known = new Map<string, { readonly config: client.Configuration; readonly until: number }>();
/** Keys of a provider change; what it told is asked again after a while. */
const DISCOVERY_MS = 10 * 60 * 1000;
const TIMEOUT_SECONDS = 10;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

async function discovered(provider: OpenIdProvider): Promise<client.Configuration | null> {
  const key = `${provider.issuer.href} ${provider.clientId}`;
  const kept = known.get(key);
  if (kept !== undefined && kept.until > Date.now()) return kept.config;
  try {
    const isHere = LOOPBACK.includes(provider.issuer.hostname);
    const config = await client.discovery(
      provider.issuer,
      provider.clientId,
      undefined,
      provider.clientSecret === ''
        ? client.None()
        : client.ClientSecretBasic(provider.clientSecret),
      { timeout: TIMEOUT_SECONDS, execute: isHere ? [withoutTls] : [] },
    );
    known.set(key, { config, until: Date.now() + DISCOVERY_MS });
    return config;
  } catch {
    return null;
  }
}
