'use server';

import { getTranslations } from 'next-intl/server';
import { registry } from '@/db/registry/client';
import { decide, withdraw } from '@/lib/approvals/commands';
import { decisionInput } from '@/lib/auth/input';
import { requireFreshPermission } from '@/lib/auth/fresh';
import { requirePermission } from '@/lib/auth/session';
import { webEnv } from '@/lib/env';
import { NOTHING_DONE, type PeopleState } from '../people/state';

async function refused(reason: string): Promise<PeopleState> {
  const t = await getTranslations('approvals.refusal');
  return { ...NOTHING_DONE, errors: { form: t.has(reason) ? t(reason) : t('other', { reason }) } };
}

/** The second person's yes or no, with a passkey touched just now. */
export async function decideApproval(_state: PeopleState, form: FormData): Promise<PeopleState> {
  const actor = await requireFreshPermission('decide-approvals', '/admin/approvals');
  const t = await getTranslations('approvals.done');
  const input = decisionInput.safeParse({
    approvalId: form.get('id'),
    decision: form.get('decision'),
  });
  if (!input.success) return refused('not-found');
  const decided = await decide(registry(), actor, input.data);
  if (!decided.ok) return refused(decided.reason);
  const done = t(input.data.decision);
  const ticket = decided.value?.ticket;
  if (ticket === undefined) return { ...NOTHING_DONE, done };
  const { origin } = new URL(webEnv().MINKA_SITE_URL);
  return { ...NOTHING_DONE, done, link: `${origin}/ingresar?enlace=${ticket}` };
}

/** Whoever asked thinks better of it, whatever the role. */
export async function withdrawApproval(_state: PeopleState, form: FormData): Promise<PeopleState> {
  const actor = await requirePermission('withdraw-requests');
  const t = await getTranslations('approvals.done');
  const id = form.get('id');
  const withdrawn = await withdraw(registry(), actor, typeof id === 'string' ? id : '');
  if (!withdrawn.ok) return refused(withdrawn.reason);
  return { ...NOTHING_DONE, done: t('withdrawn') };
}
