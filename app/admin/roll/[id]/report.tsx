import { getTranslations } from 'next-intl/server';
import { Count } from '@/components/count';
import { ButtonLink } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { reasonsOf, type ImportDetail } from '@/lib/roll/import/queries';

/** Which rows did not come onto the roll and why, with the file that lists all of them. */
export async function Report({ found }: { readonly found: ImportDetail }) {
  const [t, reasons] = await Promise.all([
    getTranslations('roll-import'),
    reasonsOf(registry(), found.id),
  ]);
  return (
    <Section title={t('report.title')}>
      {found.rowsErasedAt === null ? null : <p>{t('report.erased')}</p>}
      {found.rowsErasedAt === null && reasons.length === 0 ? <p>{t('report.none')}</p> : null}
      {reasons.length === 0 ? null : (
        <>
          <p className="mb-4 max-w-(--container-text)">{t('report.lead')}</p>
          <DataTable
            caption={t('report.title')}
            captionHidden
            head={[t('report.reason'), t('report.outcome'), t('report.rows'), t('report.first')]}
            numeric={[2, 3]}
            rows={reasons.map((one) => [
              t.has(`reason.${one.reason}`) ? t(`reason.${one.reason}`) : one.reason,
              one.accepted ? t('report.warning') : t('report.rejected'),
              <Count key="rows" value={one.rows} />,
              <Count key="first" value={one.first} />,
            ])}
          />
          <ButtonLink href={`/admin/roll/${found.id}/report`} variant="secondary">
            {t('report.download')}
          </ButtonLink>
        </>
      )}
    </Section>
  );
}
