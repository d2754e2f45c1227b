import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DateText } from '@/components/date';
import { Soles } from '@/components/money';
import { ButtonLink } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { registry } from '@/db/registry/client';
import { may } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/session';
import { envelopesOf, listCycles, type CycleSummary } from '@/lib/cycle/queries';
import { pickText } from '@/lib/i18n/text';
import { listRounds } from '@/lib/rounds/queries';
import { AuditAlarm, RoundAlarm } from './alarms';
import { processesHealth } from './health';
import { PrivacyAlarm } from './privacy/incident-alarm';
import { RoundsTable } from './rounds-table';

export async function generateMetadata(): Promise<Metadata> {
  const meta = await getTranslations('admin');
  return { title: meta('home.title') };
}

/** What goes on: the votes, the cycles with their money, and whether the machine is well. */
export default async function AdminPage() {
  const actor = await requirePermission('see-overview');
  const [t, rounds, cycles] = await Promise.all([
    getTranslations('admin.home'),
    listRounds(registry()),
    listCycles(registry()),
  ]);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <AuditAlarm />
      <PrivacyAlarm />
      {rounds.map((round) => (
        <RoundAlarm key={round.id} round={round} withLink />
      ))}
      <Section title={t('rounds')}>
        <RoundsTable rounds={rounds} />
        {may(actor, 'manage-rounds') ? (
          <ButtonLink href="/admin/rounds/new" variant="secondary">
            {t('newRound')}
          </ButtonLink>
        ) : null}
      </Section>
      <Section title={t('cycles')}>
        {cycles.length === 0 ? <p>{t('noCycles')}</p> : null}
        {cycles.map((cycle) => (
          <Cycle key={cycle.id} cycle={cycle} />
        ))}
      </Section>
      <Processes />
    </>
  );
}

async function Cycle({ cycle }: { readonly cycle: CycleSummary }) {
  const [t, locale, envelopes] = await Promise.all([
    getTranslations('admin.cycle'),
    getLocale(),
    envelopesOf(cycle.id),
  ]);
  const scope = (one: (typeof envelopes)[number]) =>
    one.districtName ?? one.dimensionCode ?? t('province');
  return (
    <div className="border-line mb-8 border-b pb-4">
      <h3 className="mb-2 text-xl">
        {pickText(locale, { es: cycle.nameEs, en: cycle.nameEn })}{' '}
        <Tag tone={cycle.state === 'current' ? 'success' : 'neutral'}>
          {t(`state.${cycle.state}`)}
        </Tag>
      </h3>
      <p>
        {t('ceiling')}: <Soles cents={cycle.ceilingCents} />
        {cycle.ordinanceNumber === null || cycle.ordinanceDate === null ? null : (
          <>
            {' · '}
            {t('ordinance', { number: cycle.ordinanceNumber })}{' '}
            <DateText value={cycle.ordinanceDate} />
          </>
        )}
      </p>
      <Details summary={t('details')}>
        <DataTable
          caption={t('envelopes')}
          dense
          head={[t('scope'), t('amount')]}
          numeric={[1]}
          rows={envelopes.map((one) => [
            scope(one),
            <Soles key="amount" cents={one.amountCents} />,
          ])}
        />
        {cycle.calendar.length === 0 ? null : (
          <DataTable
            caption={t('calendar')}
            dense
            head={[t('phase'), t('from'), t('to')]}
            rows={cycle.calendar.map((phase) => [
              t(`phases.${phase.phase}`),
              <DateText key="from" value={phase.from} />,
              <DateText key="to" value={phase.to} />,
            ])}
          />
        )}
      </Details>
    </div>
  );
}

async function Processes() {
  const [t, parts] = await Promise.all([getTranslations('admin.health'), processesHealth()]);
  return (
    <Section title={t('title')} lead={t('lead')}>
      <DataTable
        caption={t('title')}
        captionHidden
        head={[t('part'), t('stateHead'), t('version')]}
        rows={parts.map((part) => [
          t(`name.${part.name}`),
          <Tag
            key="state"
            tone={part.state === 'well' ? 'success' : part.state === 'late' ? 'warning' : 'danger'}
          >
            {t(`state.${part.state}`)}
          </Tag>,
          part.version ?? '',
        ])}
      />
    </Section>
  );
}
