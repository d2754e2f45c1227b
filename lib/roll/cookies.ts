import 'server-only';
import { webEnv } from '@/lib/env';
import { CODE_LIFETIME_MINUTES, VOTER_SESSION_HOURS } from './types';

interface VoterCookie {
  readonly name: string;
  readonly options: {
    readonly httpOnly: true;
    readonly sameSite: 'lax';
    readonly secure: boolean;
    readonly path: '/';
    readonly maxAge: number;
  };
}

const HOUR_SECONDS = 60 * 60;

function cookieNamed(name: string, maxAge: number): VoterCookie {
  // __Host- binds the cookie to this exact host, which browsers grant over https only.
  const secure = webEnv().MINKA_SITE_URL.startsWith('https:');
  return {
    name: secure ? `__Host-${name}` : name,
    options: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge },
  };
}

/** Holds the token of a verified resident. */
export function voterCookie(): VoterCookie {
  return cookieNamed('minka-voter', VOTER_SESSION_HOURS * HOUR_SECONDS);
}

/** Holds the token of a verification that waits for its code; kept longer than the code, so that
 * the page can say that the code has expired. */
export function attemptCookie(): VoterCookie {
  return cookieNamed('minka-attempt', 6 * CODE_LIFETIME_MINUTES * 60);
}

/** Holds the token of a visit to the identity provider, until its quarter of an hour is over. */
export function identityCookie(): VoterCookie {
  return cookieNamed('minka-identity', 15 * 60);
}

/** Makes a browser a kiosk of the desk for as long as people vote there. */
export function kioskCookie(): VoterCookie {
  return cookieNamed('minka-kiosk', 30 * 24 * HOUR_SECONDS);
}
