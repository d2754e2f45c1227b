'use server';

import { getTranslations } from 'next-intl/server';
import { registry } from '@/db/registry/client';
import { decideRecovery } from '@/lib/auth/commands';
import { decisionInput } from '@/lib/auth/input';
import { requireStaff } from '@/lib/auth/session';
import { webEnv } from '@/lib/env';
import { NOTHING_DONE, type PeopleState } from '../people/state';

export async function decide(_state: PeopleState, form: FormData): Promise<PeopleState> {
  const actor = await requireStaff('administrator');
  const t = await getTranslations('staff.approvals');
  const input = decisionInput.safeParse({
    approvalId: form.get('id'),
    decision: form.get('decision'),
  });
  if (!input.success) return { ...NOTHING_DONE, errors: { form: t('errors.not-found') } };
  const decided = await decideRecovery(registry(), actor, input.data);
  if (!decided.ok) return { ...NOTHING_DONE, errors: { form: t(`errors.${decided.reason}`) } };
  if (decided.value === null) return { ...NOTHING_DONE, done: t('declined') };
  const origin = new URL(webEnv().MINKA_SITE_URL).origin;
  return { ...NOTHING_DONE, link: `${origin}/ingresar?enlace=${decided.value}` };
}
