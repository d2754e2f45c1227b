import { getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { openAdditions } from '@/lib/roll/proposal-queries';

const SHOWN = 20;

/** People who wait for the second person before they come onto the roll. */
export async function Additions() {
  const [t, additions] = await Promise.all([
    getTranslations('roll-import.addition'),
    openAdditions(registry(), SHOWN),
  ]);
  return (
    <Section title={t('list')}>
      {additions.length === 0 ? (
        <p>{t('listNone')}</p>
      ) : (
        <DataTable
          caption={t('list')}
          captionHidden
          head={[t('district'), t('ending'), t('by'), t('at')]}
          rows={additions.map((one) => [
            <a key="who" href={`/admin/roll/additions/${one.id}`}>
              {one.districtName}
            </a>,
            one.dniLastTwo,
            one.askedByName,
            <DateTime key="at" value={one.askedAt} />,
          ])}
        />
      )}
    </Section>
  );
}
