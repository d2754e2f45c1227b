import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DateText } from '@/components/date';
import { DIMENSION_BORDER, DimensionMark, isDimensionCode } from '@/components/dimension';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { Tag } from '@/components/ui/tag';
import { registry } from '@/db/registry/client';
import { pickText } from '@/lib/i18n/text';
import { importedDocument, planByDimension } from '@/lib/plan/queries';
import { PUBLIC_STATES } from '@/lib/proposals/policy';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('plan');
  return { title: t('title'), description: t('lead') };
}

/** The plan by dimension: a short title and a plain sentence for each of its rows. */
export default async function PlanPage() {
  const [t, locale, dimensions, document] = await Promise.all([
    getTranslations('plan'),
    getLocale(),
    planByDimension(registry(), PUBLIC_STATES),
    importedDocument(registry()),
  ]);
  const filled = dimensions.filter(({ rows }) => rows.length > 0);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      {filled.length === 0 ? (
        <Notice tone="info">{t('noPlan')}</Notice>
      ) : document === null ? (
        <Notice tone="info">{t('noDocument')}</Notice>
      ) : null}
      {filled.map((dimension) => (
        <Section
          key={dimension.code}
          id={dimension.code}
          title={<DimensionMark code={dimension.code} size={36} />}
          lead={
            dimension.introduction === null ? undefined : (
              <span lang="es">{dimension.introduction}</span>
            )
          }
        >
          <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {dimension.rows.map((row) => (
              <li
                key={row.code}
                className={`border-t-8 bg-white p-5 ${isDimensionCode(dimension.code) ? DIMENSION_BORDER[dimension.code] : ''}`}
              >
                <h3 className="text-xl">
                  <a href={`/plan/${row.code}`}>{pickText(locale, row.title)}</a>
                </h3>
                <p className="mt-2">{pickText(locale, row.summary)}</p>
                <p className="mt-3 text-base font-semibold">
                  {t('counts', { objectives: row.objectives, proposals: row.proposals })}
                </p>
                {document !== null && !row.inDocument ? (
                  <p className="mt-3">
                    <Tag tone="warning">{t('gone')}</Tag>
                  </p>
                ) : null}
              </li>
            ))}
          </ul>
        </Section>
      ))}
      {document?.vision ? (
        <Details
          summary={
            document.visionYear === null
              ? t('vision')
              : t('visionUntil', { year: document.visionYear.toString() })
          }
        >
          <blockquote lang="es" className="max-w-(--container-text) space-y-4">
            {document.vision.split('\n\n').map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
            {document.citation === null ? null : <p className="text-base">{document.citation}</p>}
          </blockquote>
        </Details>
      ) : null}
      {document === null ? null : (
        <p className="text-base">
          {t.rich('source', {
            title: document.title,
            official: (words) => <span lang="es">{words}</span>,
            date: () => <DateText value={document.importedAt} />,
          })}
        </p>
      )}
    </>
  );
}
