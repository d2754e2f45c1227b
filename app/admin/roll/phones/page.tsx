import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Count } from '@/components/count';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { districtNames, sharedPhones } from '@/lib/roll/import/queries';
import { rollKeys } from '@/lib/roll/keys';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';

const PER_PAGE = 25;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('roll-import.phones');
  return { title: t('title') };
}

/** Numbers that belong to too many: a code sent there says little about who reads it. */
export default async function SharedPhonesPage({
  searchParams,
}: {
  readonly searchParams: PageSearch;
}) {
  await requirePermission('import-roll');
  const page = pageOf(await searchParams);
  const [t, names, { phones, total }] = await Promise.all([
    getTranslations('roll-import.phones'),
    districtNames(registry()),
    sharedPhones(registry(), rollKeys(), { page, perPage: PER_PAGE }),
  ]);
  return (
    <>
      <PageHeader
        back={{ href: '/admin/roll', label: t('back') }}
        title={t('title')}
        lead={t('lead')}
      />
      {phones.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <DataTable
          caption={t('title')}
          captionHidden
          head={[t('number'), t('people'), t('districts'), t('dnis')]}
          numeric={[1]}
          rows={phones.map((one) => [
            `··· ··· ${one.ending}`,
            <Count key="people" value={one.people} />,
            one.districts.map((code) => names.get(code) ?? code).join(', '),
            `${one.lastTwo.join(', ')}${one.people > one.lastTwo.length ? '…' : ''}`,
          ])}
        />
      )}
      <Pagination
        page={page}
        pages={Math.ceil(total / PER_PAGE)}
        href={(to) => `/admin/roll/phones?pagina=${to}`}
      />
    </>
  );
}
