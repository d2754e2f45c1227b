'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { requireStaff } from '@/lib/auth/session';
import { publishResults } from '@/lib/priorities/publish';
import { requestCloseRound, requestOpenRound, requestTally } from '@/lib/rounds/commands';
import type { Act } from '@/lib/rounds/rules';

type Answer = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Back to the round, with what came of the act in the address. */
function backTo(roundId: string, act: Act, answer: Answer): never {
  const outcome = answer.ok ? `hecho=${act}` : `problema=${answer.reason}`;
  redirect(`/admin/rounds/${encodeURIComponent(roundId)}?${outcome}` as Route);
}

export async function openRound(roundId: string): Promise<never> {
  const actor = await requireStaff('administrator');
  backTo(roundId, 'open', await requestOpenRound(registry(), actor, { roundId }));
}

export async function closeRound(roundId: string, form: FormData): Promise<never> {
  const actor = await requireStaff('administrator');
  const written = form.get('reason');
  const reason = typeof written === 'string' ? written : undefined;
  backTo(roundId, 'close', await requestCloseRound(registry(), actor, { roundId, reason }));
}

export async function tallyRound(roundId: string): Promise<never> {
  const actor = await requireStaff('administrator');
  backTo(roundId, 'tally', await requestTally(registry(), actor, { roundId }));
}

export async function publishRound(roundId: string): Promise<never> {
  const actor = await requireStaff('administrator');
  backTo(roundId, 'publish', await publishResults(registry(), actor, { roundId }));
}
