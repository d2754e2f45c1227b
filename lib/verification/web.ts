import 'server-only';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { rollKeys } from '@/lib/roll/keys';
import { letterCodes, smsCodes } from './codes';
import { withConsent } from './consent';
import { identityProvider } from './oidc';

/** The ways to be verified, as this web process was set up; each keeps the consent it was shown with. */

export function smsChannel(words: Parameters<typeof smsCodes>[2]) {
  return withConsent(registry(), smsCodes(registry(), rollKeys(), words));
}

export function letterChannel() {
  return withConsent(registry(), letterCodes(registry(), rollKeys()));
}

const DEFAULT_SCOPE = 'openid';
const DEFAULT_DNI_CLAIM = 'dni';
export const IDENTITY_CALLBACK = '/api/oidc/callback';

/** Null when the operator named no provider. */
export function identityChannel() {
  const env = webEnv();
  if (env.MINKA_VOTER_OIDC_ISSUER === '') return null;
  const provider = identityProvider(registry(), rollKeys(), env.MINKA_SESSION_SECRET, {
    issuer: new URL(env.MINKA_VOTER_OIDC_ISSUER),
    clientId: env.MINKA_VOTER_OIDC_CLIENT_ID,
    clientSecret: env.MINKA_VOTER_OIDC_CLIENT_SECRET,
    scope: env.MINKA_VOTER_OIDC_SCOPE === '' ? DEFAULT_SCOPE : env.MINKA_VOTER_OIDC_SCOPE,
    dniClaim:
      env.MINKA_VOTER_OIDC_DNI_CLAIM === '' ? DEFAULT_DNI_CLAIM : env.MINKA_VOTER_OIDC_DNI_CLAIM,
    redirectUri: new URL(IDENTITY_CALLBACK, env.MINKA_SITE_URL),
  });
  return withConsent(registry(), provider);
}

/** The provider as its button says it; null when there is none. */
export function identityName(): string | null {
  const { MINKA_VOTER_OIDC_ISSUER: issuer, MINKA_VOTER_OIDC_NAME: name } = webEnv();
  if (issuer === '') return null;
  return name === '' ? new URL(issuer).hostname : name;
}
