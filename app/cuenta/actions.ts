'use server';

import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import {
  addOwnPasskey,
  removeOwnPasskey,
  signOutEverywhere,
  signOutSession,
} from '@/lib/auth/commands';
import { requireFreshStaff } from '@/lib/auth/fresh';
import { requireStaff } from '@/lib/auth/session';

/** A key is added or retired by who holds one: an open screen is not enough. */
export async function addPasskey(): Promise<never> {
  const actor = await requireFreshStaff('/cuenta');
  const link = await addOwnPasskey(registry(), actor);
  redirect(link.ok ? `/ingresar?enlace=${link.value}` : '/ingresar');
}

export async function removePasskey(form: FormData): Promise<never> {
  const actor = await requireFreshStaff('/cuenta');
  const id = form.get('passkey');
  const removed = await removeOwnPasskey(registry(), actor, typeof id === 'string' ? id : '');
  redirect(removed.ok ? '/cuenta?hecho=llave' : `/cuenta?problema=${removed.reason}`);
}

/** Ends one open session: of a telephone left in a taxi, say. */
export async function leaveSession(form: FormData): Promise<never> {
  const actor = await requireStaff();
  const id = form.get('session');
  await signOutSession(registry(), actor, {
    staffId: actor.id,
    sessionId: typeof id === 'string' ? id : '',
  });
  redirect('/cuenta');
}

export async function leaveEverywhere(): Promise<never> {
  const actor = await requireStaff();
  await signOutEverywhere(registry(), actor, actor.id);
  redirect('/ingresar');
}
