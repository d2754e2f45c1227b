'use server';

import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { demoPeople } from '@/lib/auth/people';
import { HOME_OF_ROLE } from '@/lib/auth/roles';
import { signInWithTicket, signOut } from '@/lib/auth/sign-in';
import { mintTicket } from '@/lib/auth/tickets';

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** One click, in the demonstration only: anywhere else there is nobody to choose from. */
export async function enterAsDemoPerson(form: FormData): Promise<never> {
  if (!webEnv().MINKA_DEMO) redirect('/ingresar');
  const people = await demoPeople(registry());
  const person = people.find((one) => one.id === textOf(form, 'person'));
  if (!person) redirect('/demo');
  const ticket = await mintTicket(registry(), { kind: 'system' }, person.id, 'demo');
  if (!ticket.ok || !(await signInWithTicket(ticket.value))) redirect('/ingresar?rechazado=1');
  redirect(HOME_OF_ROLE[person.role]);
}

export async function leave(): Promise<never> {
  await signOut();
  redirect('/ingresar');
}
