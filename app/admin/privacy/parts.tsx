import { getLocale, getTranslations } from 'next-intl/server';
import { Count } from '@/components/count';
import { DateText, DateTime } from '@/components/date';
import { ButtonLink } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { pickText } from '@/lib/i18n/text';
import { anonymisationPlan } from '@/lib/privacy/anonymisation';
import { incidentsPage } from '@/lib/privacy/queries';
import { privacySettings } from '@/lib/privacy/settings';
import { isOverdue, tellAuthorityBy } from '@/lib/privacy/terms';

const NEWEST = 50;

/** Security incidents, each with its 48 hours. */
export async function Incidents() {
  const [t, { lines }, now] = await Promise.all([
    getTranslations('privacy.staff.incidents'),
    incidentsPage(registry(), { page: 1, perPage: NEWEST }),
    databaseNow(registry()),
  ]);
  return (
    <Section title={t('title')} lead={t('lead')}>
      {lines.length === 0 ? (
        <p className="mb-4">{t('empty')}</p>
      ) : (
        <DataTable
          caption={t('title')}
          captionHidden
          dense
          head={[t('what'), t('known'), t('tellBy'), t('state')]}
          rows={lines.map((one) => [
            <a key="what" href={`/admin/privacy/incidents/${one.id}`}>
              {one.what.slice(0, 80)}
            </a>,
            <DateTime key="known" value={one.knownAt} />,
            <DateTime key="by" value={tellAuthorityBy(one.knownAt)} />,
            <Tag key="state" tone={isOverdue(one, now) ? 'danger' : 'neutral'}>
              {t(
                isOverdue(one, now)
                  ? 'overdue'
                  : one.closedAt !== null
                    ? 'closed'
                    : one.authorityToldAt !== null
                      ? 'told'
                      : 'open',
              )}
            </Tag>,
          ])}
        />
      )}
      <ButtonLink href="/admin/privacy/incidents/new" variant="secondary">
        {t('new')}
      </ButtonLink>
    </Section>
  );
}

/** What the worker would erase of each published round, and when: a look, not an act. */
export async function AnonymisationPlan() {
  const { challengeDays } = privacySettings();
  const [t, locale, plan] = await Promise.all([
    getTranslations('privacy.staff.anonymous'),
    getLocale(),
    anonymisationPlan(registry(), challengeDays),
  ]);
  return (
    <Section title={t('title')} lead={t('lead', { days: challengeDays })}>
      {plan.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <DataTable
          caption={t('caption')}
          dense
          numeric={[2, 3, 4, 5, 6]}
          head={[
            t('round'),
            t('when'),
            t('people'),
            t('rights'),
            t('verifications'),
            t('visits'),
            t('filings'),
          ]}
          rows={plan.map((line) => [
            pickText(locale, { es: line.nameEs, en: line.nameEn }),
            <When key="when" line={line} />,
            <Count key="people" value={line.people} />,
            <Count key="rights" value={line.rights} />,
            <Count key="verifications" value={line.verifications} />,
            <Count key="visits" value={line.visits} />,
            <Count key="filings" value={line.filings} />,
          ])}
        />
      )}
    </Section>
  );
}

async function When({
  line,
}: {
  readonly line: {
    readonly anonymisedAt: Date | null;
    readonly dueAt: Date | null;
    readonly isDue: boolean;
  };
}) {
  const t = await getTranslations('privacy.staff.anonymous');
  if (line.anonymisedAt !== null) {
    return t.rich('done', { date: () => <DateText value={line.anonymisedAt ?? ''} /> });
  }
  if (line.dueAt === null) return t('unpublished');
  const date = () => <DateText value={line.dueAt ?? ''} />;
  return line.isDue ? t('now') : t.rich('later', { date });
}
