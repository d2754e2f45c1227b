import 'server-only';
import { getServerSession } from 'next-auth';
import { forbidden, redirect } from 'next/navigation';
import { cache } from 'react';
import type { StaffActor } from './actor';
import { authOptions } from './options';
import { passes, type Access, type Permission } from './permissions';

/** Who is signed in, asked of the database once per request. */
export const currentStaff = cache(async (): Promise<StaffActor | null> => {
  const session: { actor?: StaffActor } | null = await getServerSession(authOptions());
  return session?.actor ?? null;
});

/** At the door of a page or an action: a signed-in person who passes it, or no further. */
async function requireAccess(access: Access): Promise<StaffActor> {
  const actor = await currentStaff();
  if (!actor) redirect('/ingresar');
  if (!passes(actor, access)) forbidden();
  return actor;
}

/** Everybody who works here. */
export async function requireStaff(): Promise<StaffActor> {
  return requireAccess('staff');
}

/** Whoever may do this, or one of these. */
export async function requirePermission(
  ...acts: readonly [Permission, ...Permission[]]
): Promise<StaffActor> {
  return requireAccess(acts);
}
