import 'server-only';
import { webEnv } from '@/lib/env';
import type { StaffIdentity } from './identity';
import { cookieOptions } from './options';

const CALLBACK = '/api/identity/callback';

/** The municipality's identity provider for staff; null when the operator named none. */
export function staffIdentity(): StaffIdentity | null {
  const env = webEnv();
  if (env.MINKA_STAFF_OIDC_ISSUER === '') return null;
  return {
    provider: {
      issuer: new URL(env.MINKA_STAFF_OIDC_ISSUER),
      clientId: env.MINKA_STAFF_OIDC_CLIENT_ID,
      clientSecret: env.MINKA_STAFF_OIDC_CLIENT_SECRET,
    },
    redirectUri: new URL(CALLBACK, env.MINKA_SITE_URL),
  };
}

/**
 * The cookie that ties an answer of the provider to the browser that went there. Residents who come
 * in by a provider have one of another name (lib/roll/cookies.ts). It must not begin with the session
 * cookie's name: next-auth takes such a cookie for a part of the session.
 */
export function attemptCookie() {
  const options = cookieOptions();
  return {
    name: options.secure ? '__Host-minka-identity-staff' : 'minka-identity-staff',
    options: { ...options, maxAge: 10 * 60 },
  } as const;
}
