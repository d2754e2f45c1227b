'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { requireFreshPermission } from '@/lib/auth/fresh';
import { requirePermission } from '@/lib/auth/session';
import { webEnv } from '@/lib/env';
import { requestTally } from '@/lib/rounds/commands';
import type { Act } from '@/lib/rounds/rules';
import { closeOrAsk, openOrAsk, publishOrAsk } from '@/lib/approvals/rounds/two-people';
import type { Result } from '@/lib/shared/result';

const pathOf = (roundId: string): string => `/admin/rounds/${encodeURIComponent(roundId)}`;

/** Back to the round, with what came of the act in the address. */
function backTo(roundId: string, act: Act, answer: Result<unknown, string>): never {
  const done = answer.ok && answer.value === 'asked' ? 'asked' : act;
  const outcome = answer.ok ? `hecho=${done}` : `problema=${answer.reason}`;
  redirect(`${pathOf(roundId)}?${outcome}` as Route);
}

function reasonOf(form: FormData): string | undefined {
  const written = form.get('reason');
  return typeof written === 'string' ? written : undefined;
}

function howMany() {
  return { twoPeople: webEnv().MINKA_TWO_PEOPLE };
}

export async function openRound(roundId: string, form: FormData): Promise<never> {
  const actor = await requireFreshPermission('manage-rounds', pathOf(roundId));
  const act = { roundId, reason: reasonOf(form) };
  backTo(roundId, 'open', await openOrAsk(registry(), actor, act, howMany()));
}

export async function closeRound(roundId: string, form: FormData): Promise<never> {
  const actor = await requireFreshPermission('manage-rounds', pathOf(roundId));
  const act = { roundId, reason: reasonOf(form) };
  backTo(roundId, 'close', await closeOrAsk(registry(), actor, act, howMany()));
}

export async function tallyRound(roundId: string): Promise<never> {
  const actor = await requirePermission('manage-rounds');
  backTo(roundId, 'tally', await requestTally(registry(), actor, { roundId }));
}

export async function publishRound(roundId: string, form: FormData): Promise<never> {
  const actor = await requireFreshPermission('publish-results', pathOf(roundId));
  const act = { roundId, reason: reasonOf(form) };
  backTo(roundId, 'publish', await publishOrAsk(registry(), actor, act, howMany()));
}
