'use server';

import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { adoptPriorities, decidePriority, reopenDecisions } from '@/lib/priorities/commands';
import { scaleTheRest } from '@/lib/priorities/envelopes';
import { basisPointsOf, decisionForm } from '@/lib/priorities/input';
import { priorityProposalById } from '@/lib/priorities/queries';
import { isIdLike } from '@/lib/shared/page-number';
import type { FormState } from './state';

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Records the council's decision on one dimension. */
export async function decide(_before: FormState, form: FormData): Promise<FormState> {
  const actor = await requirePermission('decide-priorities');
  const t = await getTranslations('council.refusal');
  const typed = {
    choice: textOf(form, 'choice'),
    value: textOf(form, 'value'),
    reason: textOf(form, 'reason'),
  };
  const again = (field: FormState['field'], error: string): FormState => ({
    ...typed,
    field,
    error,
  });
  const parsed = decisionForm.safeParse({
    ...typed,
    proposal: textOf(form, 'proposal'),
    dimension: textOf(form, 'dimension'),
  });
  if (!parsed.success || !isIdLike(parsed.data.proposal)) return again('form', t('malformed'));
  const { proposal: proposalId, dimension, choice, value, reason } = parsed.data;
  const view = await priorityProposalById(proposalId);
  if (!view) return again('form', t('not-found'));
  const proposed = view.document.weights.weightsBp;
  const decided = Object.fromEntries(
    view.decisions.map((each) => [each.dimension, each.adoptedBp]),
  );
  const adoptedBp =
    choice === 'adopt'
      ? proposed[dimension]
      : choice === 'scale'
        ? scaleTheRest(proposed, decided)[dimension]
        : basisPointsOf(value);
  if (adoptedBp === null) return again('value', t('out-of-range'));
  const result = await decidePriority(registry(), actor, {
    proposalId,
    dimension,
    adoptedBp,
    reason,
  });
  if (result.ok) redirect(`/council/priorities/${proposalId}?decidida=${dimension}#decisiones`);
  const field =
    result.reason === 'reason-missing'
      ? 'reason'
      : result.reason === 'over-the-whole' || result.reason === 'sum-not-whole'
        ? 'value'
        : 'form';
  return again(field, t(result.reason));
}

/** Turns the four decisions into the next cycle's weights and default envelopes. */
export async function adopt(form: FormData): Promise<never> {
  const actor = await requirePermission('decide-priorities');
  const proposalId = textOf(form, 'proposal');
  if (!isIdLike(proposalId)) redirect('/council/priorities');
  const result = await adoptPriorities(registry(), actor, { proposalId });
  const told = result.ok ? 'adoptada=1' : `rechazo=${result.reason}`;
  redirect(`/council/priorities/${proposalId}?${told}#decisiones`);
}

/** Starts the decisions over, on the next revision of the same proposal. */
export async function reopen(form: FormData): Promise<never> {
  const actor = await requirePermission('decide-priorities');
  const proposalId = textOf(form, 'proposal');
  if (!isIdLike(proposalId)) redirect('/council/priorities');
  const reason = textOf(form, 'reason');
  const result = await reopenDecisions(registry(), actor, { proposalId, reason });
  if (result.ok) redirect(`/council/priorities/${result.value.id}?reabierta=1#decisiones`);
  redirect(`/council/priorities/${proposalId}?rechazo=${result.reason}#decisiones`);
}
