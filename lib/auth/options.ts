import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import { decode, encode } from 'next-auth/jwt';
import credentialsProvider from 'next-auth/providers/credentials';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { openSession, staffOfSession, type OpenedWith } from './sessions';
import { redeemTicket } from './tickets';

const SESSION_SECONDS = 12 * 60 * 60;

function isSecure(): boolean {
  return webEnv().MINKA_SITE_URL.startsWith('https:');
}

/** `__Host-` pins the cookie to this host and path; browsers accept the prefix over https only. */
export function sessionCookieName(): string {
  return isSecure() ? '__Host-minka-staff' : 'minka-staff';
}

/** Must not start with the session cookie's name: next-auth takes such a cookie for a part of it. */
export function csrfCookieName(): string {
  return isSecure() ? '__Host-minka-csrf-staff' : 'minka-csrf-staff';
}

function isOpening(value: unknown): value is OpenedWith {
  return value === 'demo' || value === 'passkey' || value === 'oidc';
}

export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } as const;
}

/**
 * next-auth with a cookie that says nothing: its "token" is an opaque id, and decoding it asks the
 * database, so that signing out and losing a role act on the next request.
 */
export function authOptions(): NextAuthOptions {
  process.env['NEXTAUTH_URL'] ??= webEnv().MINKA_SITE_URL;
  const secret = webEnv().MINKA_SESSION_SECRET;
  return {
    secret,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/ingresar', error: '/ingresar' },
    cookies: {
      sessionToken: { name: sessionCookieName(), options: cookieOptions() },
      csrfToken: { name: csrfCookieName(), options: cookieOptions() },
    },
    providers: [
      credentialsProvider({
        id: 'ticket',
        name: 'ticket',
        credentials: { ticket: {} },
        authorize: async (credentials) => {
          const redeemed = await redeemTicket(registry(), credentials?.ticket ?? '');
          return redeemed && { id: redeemed.staffId, openedWith: redeemed.openedWith };
        },
      }),
    ],
    jwt: {
      encode: async (params) => {
        // With a salt it is one of next-auth's own short-lived cookies, not the session.
        if (params.salt) return encode(params);
        const { sessionId, sub, openedWith } = params.token ?? {};
        if (typeof sessionId === 'string') return sessionId;
        if (!sub || !isOpening(openedWith)) throw new Error('A session needs a person');
        return openSession(registry(), sub, openedWith);
      },
      decode: async (params) => {
        if (params.salt) return decode(params);
        if (!params.token) return null;
        const actor = await staffOfSession(registry(), params.token);
        return actor && { sub: actor.id, sessionId: params.token, actor };
      },
    },
    callbacks: {
      jwt: ({ token, user }) => {
        // The types say there always is a user: there is one at the sign-in alone.
        const signedIn = user as { readonly openedWith?: unknown } | undefined;
        return signedIn === undefined ? token : { ...token, openedWith: signedIn.openedWith };
      },
      session: ({ session, token }) => ({ ...session, actor: token['actor'] }),
      redirect: ({ url, baseUrl }) =>
        url.startsWith('/') && !url.startsWith('//') ? baseUrl + url : baseUrl,
    },
  };
}
