import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Count, formatCount } from '@/components/count';
import { DateTime } from '@/components/date';
import { FieldsForm } from '@/components/fields-form';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { webEnv } from '@/lib/env';
import { pickText } from '@/lib/i18n/text';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { MOST_LETTERS } from '@/lib/verification/letter-input';
import {
  letterBatches,
  lettersUsed,
  peopleByDistrict,
  roundsWithLetters,
} from '@/lib/verification/letter-queries';
import { FreshGate } from '../../cuenta/fresh-gate';
import { askForLetters } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('letters');
  return { title: t('title') };
}

const PROBLEMS = [
  'printed-already',
  'round-takes-no-letters',
  'not-allowed',
  'nobody-there',
  'too-many-letters',
  'not-approved',
  'not-yours',
] as const;

/** Letters with codes: asked for with a reason, printed once. */
export default async function LettersPage({ searchParams }: { readonly searchParams: PageSearch }) {
  const actor = await requirePermission('print-letters');
  const [t, locale, query, rounds] = await Promise.all([
    getTranslations('letters'),
    getLocale(),
    searchParams,
    roundsWithLetters(registry()),
  ]);
  const round = rounds.find(({ id }) => id === query['votacion']) ?? rounds[0];
  if (round === undefined) return <PageHeader title={t('title')} lead={t('none')} />;
  const problem = PROBLEMS.find((one) => one === query['problema']);
  const [people, used] = await Promise.all([
    peopleByDistrict(registry(), round.id),
    lettersUsed(registry(), round.id),
  ]);
  const all = people.reduce((sum, one) => sum + one.people, 0);
  const name = (one: typeof round) => pickText(locale, { es: one.nameEs, en: one.nameEn });
  return (
    <>
      <PageHeader title={t('title')} eyebrow={name(round)} lead={t('lead')} />
      {rounds.length < 2 ? null : (
        <ul className="mb-6 list-disc pl-6">
          {rounds.map((one) => (
            <li key={one.id}>
              <a href={`/admin/letters?votacion=${one.id}`}>{name(one)}</a>
            </li>
          ))}
        </ul>
      )}
      {problem === undefined ? null : (
        <Notice tone="warning" role="alert" title={t(`refusal.${problem}`)} />
      )}
      {query['hecho'] === 'pedido' ? (
        <Notice tone="success" role="status" title={t('asked')}>
          <p>{t(webEnv().MINKA_TWO_PEOPLE ? 'askedSecond' : 'askedNext')}</p>
        </Notice>
      ) : null}
      <Section title={t('askTitle')}>
        <p className="mb-6 max-w-(--container-text)">
          {t('askLead', { most: formatCount(MOST_LETTERS) })}
        </p>
        <FreshGate>
          <FieldsForm
            action={askForLetters}
            hidden={{ round: round.id }}
            problem={t('problem')}
            button={t('ask')}
            fields={[
              {
                name: 'district',
                label: t('district'),
                kind: 'select',
                options: [
                  { value: '', label: `${t('everybody')} · ${formatCount(all)}` },
                  ...people.map((one) => ({
                    value: one.code,
                    label: `${one.name} · ${formatCount(one.people)}`,
                  })),
                ],
              },
              { name: 'first', label: t('first'), kind: 'digits', value: '1' },
              { name: 'last', label: t('last'), kind: 'digits', value: String(Math.min(all, 100)) },
              { name: 'reason', label: t('reason'), hint: t('reasonHint'), kind: 'area' },
            ]}
          />
        </FreshGate>
      </Section>
      <Section title={t('batchesTitle')}>
        <p className="mb-4">{t.rich('used', { count: () => <Count value={used} /> })}</p>
        <Batches roundId={round.id} page={pageOf(query)} actorId={actor.id} />
      </Section>
    </>
  );
}

async function Batches({
  roundId,
  page,
  actorId,
}: {
  readonly roundId: string;
  readonly page: number;
  readonly actorId: string;
}) {
  const [t, { rows, pages }] = await Promise.all([
    getTranslations('letters'),
    letterBatches(registry(), roundId, page),
  ]);
  if (rows.length === 0) return <p>{t('noBatches')}</p>;
  return (
    <>
      <DataTable
        caption={t('batchesTitle')}
        captionHidden
        head={[t('when'), t('whom'), t('reason'), t('state')]}
        rows={rows.map((batch) => [
          <DateTime key="when" value={batch.requestedAt} />,
          t('range', {
            place: batch.district ?? t('everybody'),
            first: formatCount(batch.firstLetter),
            last: formatCount(batch.lastLetter),
          }),
          batch.reason,
          <Printing key="print" batch={batch} isOwn={batch.requestedBy === actorId} />,
        ])}
      />
      <Pagination
        page={page}
        pages={pages}
        href={(to) => `/admin/letters?votacion=${roundId}&pagina=${String(to)}`}
      />
    </>
  );
}

type Batch = Awaited<ReturnType<typeof letterBatches>>['rows'][number];

/** Where a batch is on its way: asked, accepted by another person, printed once. */
async function Printing({ batch, isOwn }: { readonly batch: Batch; readonly isOwn: boolean }) {
  const t = await getTranslations('letters');
  const { printedAt, second } = batch;
  if (printedAt !== null) {
    return t.rich('printed', {
      letters: formatCount(batch.letters),
      date: () => <DateTime value={printedAt} />,
    });
  }
  if (webEnv().MINKA_TWO_PEOPLE && second !== 'approved') return t(`second.${second ?? 'none'}`);
  if (webEnv().MINKA_TWO_PEOPLE && !isOwn) return t('byAsker');
  return (
    <form method="post" action={`/admin/letters/${batch.id}/pdf`}>
      <Button variant="secondary">{t('print')}</Button>
      <p className="text-ink-soft mt-1 text-sm">{t('printOnce')}</p>
    </form>
  );
}
