import 'server-only';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { rollKeys } from '@/lib/roll/keys';
import { letterCodes, smsCodes } from './codes';
import { identityProvider } from './oidc';

/** The ways to be verified, as this web process was set up. */

export function smsChannel(words: Parameters<typeof smsCodes>[2]) {
  return smsCodes(registry(), rollKeys(), words);
}

export function letterChannel() {
  return letterCodes(registry(), rollKeys());
}

const DEFAULT_SCOPE = 'openid';
const DEFAULT_DNI_CLAIM = 'dni';
export const IDENTITY_CALLBACK = '/api/oidc/callback';

/** Null when the operator named no provider. */
export function identityChannel() {
  const env = webEnv();
  if (env.MINKA_VOTER_OIDC_ISSUER === '') return null;
  return identityProvider(registry(), rollKeys(), env.MINKA_SESSION_SECRET, {
    issuer: new URL(env.MINKA_VOTER_OIDC_ISSUER),
    clientId: env.MINKA_VOTER_OIDC_CLIENT_ID,
    clientSecret: env.MINKA_VOTER_OIDC_CLIENT_SECRET,
    scope: env.MINKA_VOTER_OIDC_SCOPE === '' ? DEFAULT_SCOPE : env.MINKA_VOTER_OIDC_SCOPE,
    dniClaim:
      env.MINKA_VOTER_OIDC_DNI_CLAIM === '' ? DEFAULT_DNI_CLAIM : env.MINKA_VOTER_OIDC_DNI_CLAIM,
    redirectUri: new URL(IDENTITY_CALLBACK, env.MINKA_SITE_URL),
  });
}

/** The provider as its button says it; null when there is none. */
export function identityName(): string | null {
  const { MINKA_VOTER_OIDC_ISSUER: issuer, MINKA_VOTER_OIDC_NAME: name } = webEnv();
  if (issuer === '') return null;
  return name === '' ? new URL(issuer).hostname : name;
}
