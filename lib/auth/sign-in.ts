import 'server-only';
import { createHash } from 'node:crypto';
import NextAuth from 'next-auth';
import { cookies } from 'next/headers';
import { NextRequest } from 'next/server';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { authOptions, cookieOptions, csrfCookieName, sessionCookieName } from './options';
import { HOME_OF_ROLE } from './roles';
import { closeSession, firstRole } from './sessions';
import { mintTicket } from './tickets';
import { newToken } from './tokens';

type RouteHandler = (
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
  options: ReturnType<typeof authOptions>,
) => Promise<Response>;

/**
 * Signs in with a ticket through next-auth's own callback, from a server action: so the form works
 * without JavaScript, and a session that the browser brought along never becomes the new one.
 */
export async function signInWithTicket(ticket: string): Promise<boolean> {
  const jar = await cookies();
  const brought = jar.get(sessionCookieName())?.value;
  if (brought) await closeSession(registry(), brought);
  jar.delete(endedCookie());
  const csrf = newToken();
  const proof = createHash('sha256')
    .update(csrf + webEnv().MINKA_SESSION_SECRET)
    .digest('hex');
  jar.set(csrfCookieName(), `${csrf}|${proof}`, cookieOptions());
  const request = new NextRequest(new URL('/api/auth/callback/ticket', webEnv().MINKA_SITE_URL), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken: csrf, ticket, json: 'true' }).toString(),
  });
  // next-auth's types describe its pages API; the route handler form is what runs here.
  const handle = NextAuth as unknown as RouteHandler;
  const context = { params: Promise.resolve({ nextauth: ['callback', 'ticket'] }) };
  const response = await handle(request, context, authOptions());
  const prefix = `${sessionCookieName()}=`;
  const header = response.headers.getSetCookie().find((line) => line.startsWith(prefix));
  const value = header?.slice(prefix.length).split(';')[0];
  if (!value) return false;
  jar.set(sessionCookieName(), decodeURIComponent(value), cookieOptions());
  return true;
}

/** Browsers forget a `__Host-` cookie only when told so as it was set. */
function endedCookie() {
  const { path, secure } = cookieOptions();
  return { name: sessionCookieName(), path, secure };
}

/** Opens a session for a person who was verified; gives the area she works in. */
export async function enterAs(
  staffId: string,
  by: 'passkey' | 'oidc' = 'passkey',
): Promise<string | null> {
  const db = registry();
  const ticket = await mintTicket(db, { kind: 'system' }, staffId, by);
  if (!ticket.ok || !(await signInWithTicket(ticket.value))) return null;
  const role = await firstRole(db, staffId);
  return role === null ? null : HOME_OF_ROLE[role];
}

export async function signOut(): Promise<void> {
  const jar = await cookies();
  const id = jar.get(sessionCookieName())?.value;
  if (id) await closeSession(registry(), id);
  jar.delete(endedCookie());
}
