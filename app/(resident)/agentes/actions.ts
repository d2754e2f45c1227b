'use server';

import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { submitAgent, withdrawAgent } from '@/lib/agents/commands';
import { agentInput } from '@/lib/agents/input';
import { limitPage } from '@/lib/limits/page';
import { spend } from '@/lib/limits/spend';
import { heldEntry } from '@/lib/lists/person';
import { recordConsent } from '@/lib/privacy/commands/consent';
import { rollKeys } from '@/lib/roll/keys';
import { refusedForm, valuesOf, wrongFields, type FormState } from '@/lib/shared/form';
import { padronPage } from '../padron/addresses';
import { currentPerson } from '../padron/person';

/** A verified resident registers as an agent: the DNI is the one that was verified. */
export async function registerAgent(_state: FormState, form: FormData): Promise<FormState> {
  const person = await currentPerson();
  if (person === null) redirect(padronPage('padron', { goal: 'agentes' }));
  const spent = await spend('challenge-person', person.dniHash);
  if (!spent.ok) redirect(limitPage(spent, '/agentes'));
  const values = valuesOf(form);
  const input = agentInput.safeParse(values);
  const t = await getTranslations('agents.errors');
  if (!input.success) {
    return wrongFields(values, input.error, ({ field, reason }) =>
      t.has(field) ? t(field) : t.has(reason) ? t(reason) : t('malformed'),
    );
  }
  const { dniLastTwo } = await heldEntry(registry(), person.residentId);
  const submitted = await submitAgent(
    registry(),
    rollKeys(),
    { dniHash: person.dniHash, dniLastTwo, officer: null },
    input.data,
  );
  if (!submitted.ok) {
    return refusedForm(values, t(submitted.reason), 'names');
  }
  await recordConsent(registry(), { residentId: person.residentId, kind: 'agent' });
  redirect('/agentes/registro');
}

/** Takes one's own registration back; safe to send again. */
export async function withdrawOwn(): Promise<never> {
  const person = await currentPerson();
  if (person === null) redirect(padronPage('padron', { goal: 'agentes' }));
  const spent = await spend('challenge-person', person.dniHash);
  if (!spent.ok) redirect(limitPage(spent, '/agentes'));
  // Decided meanwhile, or withdrawn before: the page says how it stands.
  await withdrawAgent(registry(), person.dniHash);
  redirect('/agentes/registro');
}
