import 'server-only';
import type { Route } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import type { StaffActor } from './actor';
import { sessionCookieName } from './options';
import type { Permission } from './permissions';
import { requirePermission, requireStaff } from './session';
import { isFresh } from './sessions';

/** The opaque id in the cookie; '' when there is none. */
export async function ownSessionId(): Promise<string> {
  return (await cookies()).get(sessionCookieName())?.value ?? '';
}

/** Whether a passkey answered in this session within the last five minutes. */
export const isFreshNow = cache(async (): Promise<boolean> =>
  isFresh(registry(), await ownSessionId(), { demo: webEnv().MINKA_DEMO }),
);

/**
 * At the door of a dangerous act: a stolen, open session is not enough for it. Without a passkey
 * touched in the last five minutes nothing is done and the person is asked to touch it.
 * @param returnTo where to go on afterwards, a path of this site
 */
export async function requireFreshPermission(
  act: Permission,
  returnTo: string,
): Promise<StaffActor> {
  return touchedJustNow(await requirePermission(act), returnTo);
}

/** The same for what everybody of the staff may do to their own keys. */
export async function requireFreshStaff(returnTo: string): Promise<StaffActor> {
  return touchedJustNow(await requireStaff(), returnTo);
}

async function touchedJustNow(actor: StaffActor, returnTo: string): Promise<StaffActor> {
  if (!(await isFreshNow())) redirect(confirmPath(returnTo) as Route);
  return actor;
}

function confirmPath(returnTo: string): string {
  return `/cuenta/confirmar?volver=${encodeURIComponent(returnTo)}`;
}

/**
 * The same for a handler, after its own door: null when a passkey was touched just now, otherwise the
 * answer that asks for it. See Other, so that a browser which posted does not post there again.
 */
export async function confirmFirst(returnTo: string): Promise<Response | null> {
  if (await isFreshNow()) return null;
  const headers = { location: confirmPath(returnTo), 'cache-control': 'no-store' };
  return new Response(null, { status: 303, headers });
}
