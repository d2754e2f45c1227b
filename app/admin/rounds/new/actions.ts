'use server';

import type { Route } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { registry } from '@/db/registry/client';
import { VERIFICATION_CHANNELS } from '@/db/registry/schema';
import { requirePermission } from '@/lib/auth/session';
import { envelopesOf } from '@/lib/cycle/queries';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import { draftInput } from '@/lib/rounds/input';
import { FUNDING_PRESETS, isGreedy } from '@/lib/rounds/presets';
import type { DraftRefusal } from '@/lib/rounds/types';
import { limaMoment } from '@/lib/shared/input';
import {
  ceilingField,
  channelField,
  LEFT_OUT,
  picksField,
  ruleField,
  thresholdField,
  type DraftState,
} from './state';

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
  const actor = await requirePermission('manage-rounds');
  const [t, rounds] = await Promise.all([
    getTranslations('admin.draft'),
    getTranslations('rounds.refusal'),
  ]);
  const values = Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  ) as Record<string, string>;
  const field = (name: string): string => values[name] ?? '';
  const envelopes = await envelopesOf(field('cycleId'));
  const onBallot = envelopes.filter((envelope) => {
    const rule = field(ruleField(envelope.id));
    return rule !== LEFT_OUT && rule !== '';
  });
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
    channels: VERIFICATION_CHANNELS.filter((one) => field(channelField(one)) === 'yes'),
    ...(field('rankingRule') === '' ? {} : { rankingRule: field('rankingRule') }),
    allocates: onBallot.map(({ id: envelopeId }) => {
      const rule = field(ruleField(envelopeId));
      const threshold = Number(field(thresholdField(envelopeId)));
      const ceiling = field(ceilingField(envelopeId)).trim();
      const hasCeiling = FUNDING_PRESETS.some((one) => one === rule && isGreedy(one)) && ceiling;
      // The fields are there whatever the rule: only these read them.
      return {
        envelopeId,
        rule,
        maxPicks: Number(field(picksField(envelopeId))),
        ...(rule === 'greedy-threshold' ? { threshold } : {}),
        ...(hasCeiling ? { ceilingPercent: Number(ceiling) } : {}),
      };
    }),
  });
  if (!input.success) {
    const wrong = problems(
      input.error,
      onBallot.map((envelope) => envelope.id),
    );
    return {
      values,
      errors: [...new Map(wrong.map((one) => [one.field, one])).values()].map(
        ({ field: name, words, problem }) => ({
          field: name,
          message: t.has(`wrong.${words}.${problem}`)
            ? t(`wrong.${words}.${problem}`)
            : t(`wrong.${words}.malformed`),
        }),
      ),
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
  'channels',
] as const;

/** Each problem, the field it stands at and the name its words go by. */
function problems(
  error: z.ZodError,
  onBallot: readonly string[],
): { field: string; words: string; problem: string }[] {
  return error.issues.map((issue) => {
    const [name, at, part] = issue.path;
    const envelope = name === 'allocates' && typeof at === 'number' ? onBallot[at] : undefined;
    if (envelope !== undefined && part === 'threshold') {
      return { field: thresholdField(envelope), words: 'threshold', problem: issue.message };
    }
    if (envelope !== undefined && part === 'maxPicks') {
      return { field: picksField(envelope), words: 'picks', problem: issue.message };
    }
    if (envelope !== undefined && part === 'ceilingPercent') {
      return { field: ceilingField(envelope), words: 'ceiling', problem: issue.message };
    }
    const words = KNOWN_FIELDS.find((one) => one === name) ?? 'ranksPlan';
    const field = words === 'channels' ? channelField('sms') : words;
    return { field, words, problem: issue.message };
  });
}
