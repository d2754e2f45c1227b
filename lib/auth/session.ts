import 'server-only';
import { getServerSession } from 'next-auth';
import { forbidden, redirect } from 'next/navigation';
import { cache } from 'react';
import { hasRole } from './actor';
import type { StaffActor } from './actor';
import { authOptions } from './options';
import type { Role } from './roles';

/** Who is signed in, asked of the database once per request. */
export const currentStaff = cache(async (): Promise<StaffActor | null> => {
  const session: { actor?: StaffActor } | null = await getServerSession(authOptions());
  return session?.actor ?? null;
});

/** At the door of a page or an action: the signed-in person with one of these roles, or no further. */
export async function requireAnyStaff(roles: readonly Role[]): Promise<StaffActor> {
  const actor = await currentStaff();
  if (!actor) redirect('/ingresar');
  if (!roles.some((role) => hasRole(actor, role))) forbidden();
  return actor;
}

export async function requireStaff(role: Role): Promise<StaffActor> {
  return requireAnyStaff([role]);
}
