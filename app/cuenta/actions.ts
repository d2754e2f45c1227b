'use server';

import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { addOwnPasskey, removeOwnPasskey, signOutEverywhere } from '@/lib/auth/commands';
import { requireAnyStaff } from '@/lib/auth/session';
import { STAFF } from '@/lib/auth/roles';

export async function addPasskey(): Promise<never> {
  const actor = await requireAnyStaff(STAFF);
  const link = await addOwnPasskey(registry(), actor);
  redirect(link.ok ? `/ingresar?enlace=${link.value}` : '/ingresar');
}

export async function removePasskey(form: FormData): Promise<never> {
  const actor = await requireAnyStaff(STAFF);
  const id = form.get('passkey');
  const removed = await removeOwnPasskey(registry(), actor, typeof id === 'string' ? id : '');
  redirect(removed.ok ? '/cuenta?hecho=llave' : `/cuenta?problema=${removed.reason}`);
}

export async function leaveEverywhere(): Promise<never> {
  const actor = await requireAnyStaff(STAFF);
  await signOutEverywhere(registry(), actor, actor.id);
  redirect('/ingresar');
}
