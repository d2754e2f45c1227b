'use server';

import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { ask } from '@/lib/approvals/commands';
import { requireFreshPermission } from '@/lib/auth/fresh';
import { requirePermission } from '@/lib/auth/session';
import { webEnv } from '@/lib/env';
import { prepareTablet } from '@/lib/tablets/commands/prepare-tablet';
import { tabletReleaseKind } from '@/lib/tablets/approval-kind';
import { loseTablet } from '@/lib/tablets/commands/lose-tablet';
import { loseForm, prepareForm, releaseForm } from '@/lib/tablets/input';
import type { PrepareState } from './state';

export async function prepare(_state: PrepareState, form: FormData): Promise<PrepareState> {
  const actor = await requirePermission('handle-tablets');
  const t = await getTranslations('tablet.prepare');
  const values = Object.fromEntries(
    ['round', 'place', 'list'].map((name) => {
      const value = form.get(name);
      return [name, typeof value === 'string' ? value : ''];
    }),
  );
  const input = prepareForm.safeParse(values);
  if (!input.success) {
    const errors = Object.fromEntries(
      input.error.issues.map(({ path }) => {
        const field = path[0] === 'place' ? 'place' : path[0] === 'list' ? 'list' : 'round';
        return [field, t(`missing.${field}`)];
      }),
    );
    return { errors, values, prepared: null };
  }
  const { round, place, list } = input.data;
  const prepared = await prepareTablet(registry(), actor, {
    roundId: round,
    place,
    list,
    dniKey: webEnv().MINKA_DNI_KEY,
  });
  if (!prepared.ok) {
    return { errors: { list: t(`refusal.${prepared.reason}`) }, values, prepared: null };
  }
  return { errors: {}, values: {}, prepared: prepared.value };
}

export async function giveUp(form: FormData): Promise<void> {
  const actor = await requireFreshPermission('give-up-tablets', '/desk/tablets');
  const input = loseForm.safeParse(
    Object.fromEntries(
      ['tablet', 'reason', 'attendance'].map((name) => [name, form.get(name) ?? '']),
    ),
  );
  if (!input.success) redirect('/desk/tablets');
  const { tablet, reason, attendance } = input.data;
  const lost = await loseTablet(registry(), actor, {
    tabletId: tablet,
    reason,
    attendance,
    dniKey: webEnv().MINKA_DNI_KEY,
  });
  redirect(`/desk/tablets/${tablet}?${lost.ok ? 'perdida=1' : `problema=${lost.reason}`}`);
}

/** Asks for a second person: rights set free beside vouchers that still work could count twice. */
export async function askRelease(form: FormData): Promise<void> {
  const actor = await requireFreshPermission('give-up-tablets', '/desk/tablets');
  const input = releaseForm.safeParse(
    Object.fromEntries(['tablet', 'reason', 'held'].map((name) => [name, form.get(name) ?? ''])),
  );
  if (!input.success) redirect('/desk/tablets');
  const { tablet, reason, held } = input.data;
  const asked = await ask(registry(), actor, {
    kind: tabletReleaseKind.kind,
    subject: tablet,
    payload: { held },
    reason,
  });
  if (asked.ok) redirect(`/desk/tablets/${tablet}`);
  const problem = asked.reason === 'wrong-state' ? 'release-too-late' : asked.reason;
  redirect(`/desk/tablets/${tablet}?problema=${problem}`);
}
