import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { VERIFICATION_CHANNELS } from '@/db/registry/schema';
import { requirePermission } from '@/lib/auth/session';
import {
  envelopesOf,
  listCycles,
  type CycleSummary,
  type EnvelopeSummary,
} from '@/lib/cycle/queries';
import { pickText } from '@/lib/i18n/text';
import { DEFAULT_PICKS, FUNDING_PRESETS, RANKING_PRESETS } from '@/lib/rounds/presets';
import { listRounds } from '@/lib/rounds/queries';
import { proposedDraft } from '@/lib/rounds/rules';
import { formatSoles } from '@/lib/shared/money';
import type { PageSearch } from '@/lib/shared/page-number';
import { DraftForm, type DraftLabels } from './draft-form';
import { RuleWords } from '../rule-words';
import {
  ceilingField,
  channelField,
  LEFT_OUT,
  picksField,
  ruleField,
  thresholdField,
} from './state';

export async function generateMetadata(): Promise<Metadata> {
  const meta = await getTranslations('admin');
  return { title: meta('draft.title') };
}

/** Prepares a round for a cycle that is not closed; the address says which: `?cycle=pp2027`. */
export default async function NewRoundPage({
  searchParams,
}: {
  readonly searchParams: PageSearch;
}) {
  await requirePermission('manage-rounds');
  const [t, locale, all, query] = await Promise.all([
    getTranslations('admin.draft'),
    getLocale(),
    listCycles(registry()),
    searchParams,
  ]);
  const cycles = all.filter((cycle) => cycle.state !== 'closed');
  const wanted = cycles.find((cycle) => cycle.id === query['cycle']);
  const cycle = wanted ?? cycles.find((one) => one.state === 'current') ?? cycles[0];
  const name = (one: CycleSummary) => pickText(locale, { es: one.nameEs, en: one.nameEn });
  const header = (
    <PageHeader
      title={t('title')}
      lead={t('lead')}
      back={{ href: '/admin/rounds', label: t('back') }}
    />
  );
  if (cycle === undefined) {
    return (
      <>
        {header}
        <p>{t('noCycle')}</p>
      </>
    );
  }
  const [envelopes, rounds, now] = await Promise.all([
    envelopesOf(cycle.id),
    listRounds(registry()),
    databaseNow(registry()),
  ]);
  const [words, rules] = await Promise.all([
    getTranslations('admin.contests'),
    getTranslations('rules.rules'),
  ]);
  const envelopeName = (one: EnvelopeSummary) =>
    one.districtName === null
      ? words('province')
      : words('district', { district: one.districtName });
  const voted = envelopes.filter((one) => one.scope !== 'dimension');
  return (
    <>
      {header}
      {cycles.length < 2 ? null : (
        <p className="mb-6 flex flex-wrap gap-3">
          {cycles.map((one) => (
            <ButtonLink key={one.id} href={`/admin/rounds/new?cycle=${one.id}`} variant="quiet">
              {name(one)}
            </ButtonLink>
          ))}
        </p>
      )}
      <RuleWords summary={t('rulesTitle')} rules={[...FUNDING_PRESETS, ...RANKING_PRESETS]} />
      <DraftForm
        key={cycle.id}
        labels={await labelsOfForm()}
        cycles={[{ value: cycle.id, label: name(cycle) }]}
        envelopes={voted.map((one) => ({
          field: ruleField(one.id),
          thresholdField: thresholdField(one.id),
          ceilingField: ceilingField(one.id),
          picksField: picksField(one.id),
          label: `${envelopeName(one)} · ${formatSoles(one.amountCents)}`,
        }))}
        ruleOptions={[
          { value: LEFT_OUT, label: t('leftOut') },
          ...FUNDING_PRESETS.map((rule) => ({ value: rule, label: rules(`${rule}.name`) })),
        ]}
        rankingOptions={RANKING_PRESETS.map((rule) => ({
          value: rule,
          label: rules(`${rule}.name`),
        }))}
        initial={{
          ...proposedDraft(cycle, rounds, now),
          nameEs: t('nameEsOf', { year: cycle.fiscalYear }),
          nameEn: t('nameEnOf', { year: cycle.fiscalYear }),
          livePolicy: 'at-close',
          minGroup: '20',
          ranksPlan: 'yes',
          [channelField('sms')]: 'yes',
          [channelField('desk')]: 'yes',
          rankingRule: 'borda',
          ...Object.fromEntries(voted.map((one) => [ruleField(one.id), 'equal-shares'])),
          ...Object.fromEntries(voted.map((one) => [picksField(one.id), String(DEFAULT_PICKS)])),
        }}
      />
    </>
  );
}

async function labelsOfForm(): Promise<DraftLabels> {
  const [t, common, rules] = await Promise.all([
    getTranslations('admin.draft'),
    getTranslations('common'),
    getTranslations('rules.rules'),
  ]);
  return {
    problem: common('problem'),
    errorTitle: t('errorTitle'),
    cycle: t('cycle'),
    nameEs: t('nameEs'),
    nameEn: t('nameEn'),
    id: t('id'),
    idHint: t('idHint'),
    screenCode: t('screenCode'),
    screenCodeHint: t('screenCodeHint'),
    opensAt: t('opensAt'),
    closesAt: t('closesAt'),
    limaTime: t('limaTime'),
    livePolicy: t('livePolicy'),
    livePolicies: [
      { value: 'at-close', label: t('atClose'), hint: t('atCloseHint') },
      { value: 'live', label: t('live'), hint: t('liveHint') },
    ],
    minGroup: t('minGroup'),
    minGroupHint: t('minGroupHint'),
    channels: t('channels'),
    channelsHint: t('channelsHint'),
    channelOptions: VERIFICATION_CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) })),
    questions: t('questions'),
    ranksPlan: t('ranksPlan'),
    rankingRule: t('rankingRule'),
    threshold: t('threshold'),
    thresholdHint: t('thresholdHint', { rule: rules('greedy-threshold.name') }),
    picks: t('picks'),
    picksHint: t('picksHint'),
    ceiling: t('ceiling'),
    ceilingHint: t('ceilingHint'),
    save: t('save'),
  };
}
