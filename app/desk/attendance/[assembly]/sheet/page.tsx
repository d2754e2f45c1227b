import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { formatCount } from '@/components/count';
import { DateText } from '@/components/date';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { assemblyById, attendants } from '@/lib/desk/attendance-queries';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { assemblyPage, isUuid } from '../../../addresses';
import { PrintButton } from '../../../print-button';

interface Props {
  readonly params: Promise<{ readonly assembly: string }>;
  readonly searchParams: PageSearch;
}

/** Lines to sign; ten sheets of A4 at most are one page here. */
const PER_PAGE = 200;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.sheet');
  return { title: t('title') };
}

/** The attendance sheet to print: people sign and write their own name; the registry keeps neither. */
export default async function SheetPage({ params, searchParams }: Props) {
  await requirePermission('take-attendance');
  const { assembly: id } = await params;
  const db = registry();
  const held = isUuid(id) ? await assemblyById(db, id) : null;
  if (held === null) notFound();
  const page = pageOf(await searchParams);
  const [t, common, people] = await Promise.all([
    getTranslations('desk.sheet'),
    getTranslations('common'),
    attendants(db, { assemblyId: id, page, perPage: PER_PAGE }),
  ]);
  const first = (page - 1) * PER_PAGE;
  return (
    <>
      <PageHeader
        title={held.name}
        lead={
          <>
            {held.place} · <DateText value={held.day} /> ·{' '}
            {t('counts', {
              residents: formatCount(held.residents),
              guests: formatCount(held.guests),
            })}
          </>
        }
        back={{ href: assemblyPage(held.id), label: common('back') }}
      >
        <PrintButton label={t('print')} />
      </PageHeader>
      {people.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <DataTable
          dense
          captionHidden
          caption={t('title')}
          head={[
            t('head.number'),
            t('head.dni'),
            t('head.district'),
            t('head.name'),
            t('head.signature'),
          ]}
          rows={people.map((person, at) => [
            String(first + at + 1),
            t('dniEnds', { digits: person.dniLastTwo }),
            person.districtName,
            <span key="name" className="inline-block h-8 w-48" />,
            <span key="signature" className="inline-block h-8 w-36" />,
          ])}
        />
      )}
      <Pagination
        page={page}
        pages={Math.max(1, Math.ceil(held.residents / PER_PAGE))}
        href={(other) => `/desk/attendance/${held.id}/sheet?pagina=${String(other)}`}
      />
      <p className="text-base">{t('foot')}</p>
    </>
  );
}
