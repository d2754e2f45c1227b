'use server';

import type { Route } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { registry } from '@/db/registry/client';
import { requireStaff } from '@/lib/auth/session';
import { envelopesOf } from '@/lib/cycle/queries';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import { draftInput, limaMoment } from '@/lib/rounds/input';
import type { DraftRefusal } from '@/lib/rounds/types';
import { LEFT_OUT, ruleField, type DraftState } from './state';

/** Where a refusal belongs on the form. */
const FIELD_OF: Record<DraftRefusal, string> = {
  'not-allowed': 'id',
  'no-cycle': 'cycleId',
  'id-taken': 'id',
  'screen-code-taken': 'screenCode',
  'no-contest': 'ranksPlan',
  'unknown-envelope': 'ranksPlan',
};

/** Drafts the round, or shows everything that is wrong beside where it is wrong. */
export async function saveDraft(_before: DraftState, form: FormData): Promise<DraftState> {
  const actor = await requireStaff('administrator');
  const [t, rounds] = await Promise.all([
    getTranslations('admin.draft'),
    getTranslations('rounds.refusal'),
  ]);
  const values = Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  ) as Record<string, string>;
  const field = (name: string): string => values[name] ?? '';
  const envelopes = await envelopesOf(field('cycleId'));
  const opensAt = limaMoment.safeParse(field('opensAt'));
  const closesAt = limaMoment.safeParse(field('closesAt'));
  const input = draftInput.safeParse({
    id: field('id').trim(),
    cycleId: field('cycleId'),
    screenCode: field('screenCode').trim().toUpperCase(),
    nameEs: field('nameEs'),
    nameEn: field('nameEn'),
    opensAt: opensAt.data,
    closesAt: closesAt.data,
    livePolicy: field('livePolicy'),
    minGroup: Number(field('minGroup')),
    ranksPlan: field('ranksPlan') === 'yes',
    allocates: envelopes.flatMap((envelope) => {
      const rule = field(ruleField(envelope.id));
      return rule === LEFT_OUT || rule === '' ? [] : [{ envelopeId: envelope.id, rule }];
    }),
  });
  if (!input.success) {
    const wrong = [...new Map(problems(input.error).map((one) => [one.field, one])).values()];
    return {
      values,
      errors: wrong.map(({ field: name, problem }) => ({
        field: name,
        message: t.has(`wrong.${name}.${problem}`)
          ? t(`wrong.${name}.${problem}`)
          : t(`wrong.${name}.malformed`),
      })),
    };
  }
  const drafted = await draftRound(registry(), actor, input.data);
  if (!drafted.ok) {
    return {
      values,
      errors: [{ field: FIELD_OF[drafted.reason], message: rounds(drafted.reason) }],
    };
  }
  redirect(`/admin/rounds/${drafted.value.id}` as Route);
}

const KNOWN_FIELDS = [
  'id',
  'cycleId',
  'screenCode',
  'nameEs',
  'nameEn',
  'opensAt',
  'closesAt',
  'livePolicy',
  'minGroup',
] as const;

function problems(error: z.ZodError): { field: string; problem: string }[] {
  return error.issues.map((issue) => {
    const name = String(issue.path[0] ?? '');
    const field = KNOWN_FIELDS.find((one) => one === name) ?? 'ranksPlan';
    return { field, problem: issue.message };
  });
}
