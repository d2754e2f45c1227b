'use server';

import { getTranslations } from 'next-intl/server';
import { registry } from '@/db/registry/client';
import { ask } from '@/lib/approvals/commands';
import { addOrAsk, changeRolesOrAsk } from '@/lib/approvals/people';
import { disableStaff, inviteStaff, signOutEverywhere } from '@/lib/auth/commands';
import { requireFreshPermission } from '@/lib/auth/fresh';
import { personInput, reasonInput, rolesInput } from '@/lib/auth/input';
import { webEnv } from '@/lib/env';
import { NOTHING_DONE, type PeopleState } from './state';

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function linkTo(ticket: string): string {
  return `${new URL(webEnv().MINKA_SITE_URL).origin}/ingresar?enlace=${ticket}`;
}

/** Where a person goes on who had to touch a passkey first. */
const HERE = '/admin/people';

/** Why not, in the words of people or, of what only a second person's act is refused for, in its own. */
async function refusalWords(reason: string): Promise<string> {
  const [t, refusal] = await Promise.all([
    getTranslations('staff.people.errors'),
    getTranslations('approvals.refusal'),
  ]);
  if (t.has(reason)) return t(reason);
  return refusal.has(reason) ? refusal(reason) : refusal('other', { reason });
}

/**
 * Adds somebody and shows the link with which the first passkey is made; for roles of two people it
 * asks, and the link is shown to whoever accepts.
 */
export async function invite(_state: PeopleState, form: FormData): Promise<PeopleState> {
  const actor = await requireFreshPermission('manage-people', HERE);
  const t = await getTranslations('staff.people');
  const values = Object.fromEntries(
    ['id', 'displayName', 'email', 'reason'].map((name) => [name, text(form, name)]),
  );
  const roles = form.getAll('roles').filter((role) => typeof role === 'string');
  const person = personInput.safeParse({ ...values, roles });
  if (!person.success) {
    const errors = Object.fromEntries(
      person.error.issues.map(({ path }) => {
        const field = (['id', 'displayName', 'email'] as const).find((one) => one === path[0]);
        return [field ?? 'roles', t(`errors.${field ?? 'roles'}`)];
      }),
    );
    return { ...NOTHING_DONE, errors, values, roles };
  }
  const db = registry();
  const added = await addOrAsk(db, actor, person.data);
  if (!added.ok) {
    const field = added.reason === 'already-there' ? 'id' : 'form';
    const errors = { [field]: await refusalWords(added.reason) };
    return { ...NOTHING_DONE, errors, values, roles };
  }
  if (added.value === 'asked') return { ...NOTHING_DONE, done: t('done.askedToAdd') };
  const invited = await inviteStaff(db, actor, person.data.id);
  return invited.ok
    ? { ...NOTHING_DONE, link: linkTo(invited.value) }
    : { ...NOTHING_DONE, errors: { id: await refusalWords(invited.reason) }, values, roles };
}

/** Another link for somebody who has no passkey yet. */
export async function inviteAgain(_state: PeopleState, form: FormData): Promise<PeopleState> {
  const actor = await requireFreshPermission('manage-people', HERE);
  const invited = await inviteStaff(registry(), actor, text(form, 'staffId'));
  return invited.ok
    ? { ...NOTHING_DONE, link: linkTo(invited.value) }
    : { ...NOTHING_DONE, errors: { form: await refusalWords(invited.reason) } };
}

export async function saveRoles(_state: PeopleState, form: FormData): Promise<PeopleState> {
  const actor = await requireFreshPermission('manage-people', HERE);
  const t = await getTranslations('staff.people');
  const roles = form.getAll('roles').filter((role) => typeof role === 'string');
  const values = { reason: text(form, 'reason') };
  const input = rolesInput.safeParse({ staffId: text(form, 'staffId'), roles, ...values });
  if (!input.success) {
    return { ...NOTHING_DONE, errors: { roles: t('errors.roles') }, values, roles };
  }
  const changed = await changeRolesOrAsk(registry(), actor, input.data);
  return changed.ok
    ? { ...NOTHING_DONE, roles, done: t(changed.value === 'done' ? 'done.roles' : 'done.asked') }
    : { ...NOTHING_DONE, errors: { form: await refusalWords(changed.reason) }, values, roles };
}

export async function endAccess(_state: PeopleState, form: FormData): Promise<PeopleState> {
  const actor = await requireFreshPermission('manage-people', HERE);
  const t = await getTranslations('staff.people');
  const input = reasonInput.safeParse({
    staffId: text(form, 'staffId'),
    reason: text(form, 'reason'),
  });
  if (!input.success) return { ...NOTHING_DONE, errors: { form: t('errors.reason-missing') } };
  const ended = await disableStaff(registry(), actor, input.data);
  return ended.ok
    ? { ...NOTHING_DONE, done: t('done.disabled') }
    : { ...NOTHING_DONE, errors: { form: t(`errors.${ended.reason}`) } };
}

export async function endSessions(_state: PeopleState, form: FormData): Promise<PeopleState> {
  const actor = await requireFreshPermission('manage-people', HERE);
  const t = await getTranslations('staff.people');
  const ended = await signOutEverywhere(registry(), actor, text(form, 'staffId'));
  return ended.ok
    ? { ...NOTHING_DONE, done: t('done.sessions') }
    : { ...NOTHING_DONE, errors: { form: t(`errors.${ended.reason}`) } };
}

export async function askToReadmit(_state: PeopleState, form: FormData): Promise<PeopleState> {
  const actor = await requireFreshPermission('readmit-people', HERE);
  const t = await getTranslations('staff.people');
  const input = reasonInput.safeParse({
    staffId: text(form, 'staffId'),
    reason: text(form, 'reason'),
  });
  if (!input.success) return { ...NOTHING_DONE, errors: { form: t('errors.reason-missing') } };
  const { staffId: subject, reason } = input.data;
  const asked = await ask(registry(), actor, { kind: 'staff.recovery', subject, reason });
  return asked.ok
    ? { ...NOTHING_DONE, done: t('done.asked') }
    : { ...NOTHING_DONE, errors: { form: await refusalWords(asked.reason) } };
}
