import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DateText } from '@/components/date';
import { FieldsForm } from '@/components/fields-form';
import { ButtonLink } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { may } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/session';
import { pickText } from '@/lib/i18n/text';
import { mattersOf, roundsWithLists, type ListRound } from '@/lib/lists/queries';
import type { MatterKind } from '@/lib/lists/types';
import { limaField } from '@/lib/shared/lima';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { normaliseNumber } from '@/lib/shared/reference-number';
import { ListCalendar } from '../../(resident)/padron/calendar';
import { FreshGate } from '../../cuenta/fresh-gate';
import { rejectFlood, saveDates } from './actions';

const PER_PAGE = 25;
const DONE = ['fechas', 'tacha', 'pedido', 'rechazados'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lists.staff');
  return { title: t('title') };
}

/** The list of a round: its calendar, and what waits for a decision. */
export default async function ChallengesPage({
  searchParams,
}: {
  readonly searchParams: PageSearch;
}) {
  const actor = await requirePermission('decide-lists');
  const [t, locale, query, rounds] = await Promise.all([
    getTranslations('lists.staff'),
    getLocale(),
    searchParams,
    roundsWithLists(registry()),
  ]);
  const round = rounds.find(({ id }) => id === query['votacion']) ?? rounds[0];
  if (round === undefined) return <PageHeader title={t('title')} lead={t('none')} />;
  const done = DONE.find((one) => one === query['hecho']);
  const number = typeof query['numero'] === 'string' ? normaliseNumber(query['numero']) : null;
  const name = ({ nameEs, nameEn }: ListRound) => pickText(locale, { es: nameEs, en: nameEn });
  return (
    <>
      <PageHeader title={t('title')} eyebrow={name(round)} lead={t('lead')} />
      {done === undefined ? null : (
        <Notice tone="success" role="status" title={t(`done.${done}`)}>
          {number}
        </Notice>
      )}
      {rounds.length < 2 ? null : (
        <Details summary={t('others')}>
          <ul className="list-disc pl-6">
            {rounds.map((one) => (
              <li key={one.id}>
                <a href={`/admin/challenges?votacion=${one.id}`}>{name(one)}</a>
              </li>
            ))}
          </ul>
        </Details>
      )}
      <Calendar round={round} mayEdit={may(actor, 'manage-rounds')} />
      <p className="mb-8">
        <ButtonLink href={`/admin/challenges/new?votacion=${round.id}`} variant="secondary">
          {t('take')}
        </ButtonLink>
      </p>
      {(['challenge', 'inclusion'] as const).map((what) => (
        <Matters key={what} what={what} roundId={round.id} page={pageOf(query)} />
      ))}
      {may(actor, 'reject-filings') && round.state === 'draft' && round.dates !== null ? (
        <Flood roundId={round.id} />
      ) : null}
    </>
  );
}

async function Calendar({
  round,
  mayEdit,
}: {
  readonly round: ListRound;
  readonly mayEdit: boolean;
}) {
  const [t, dates, common] = await Promise.all([
    getTranslations('lists.staff'),
    getTranslations('lists.calendar'),
    getTranslations('common'),
  ]);
  const steps = ['listsOpenAt', 'challengesCloseAt', 'finalAt'] as const;
  return (
    <Section title={t('calendar')}>
      {round.dates === null ? (
        <p className="mb-4">{t('noCalendar')}</p>
      ) : (
        <ListCalendar dates={round.dates} />
      )}
      {mayEdit && round.state === 'draft' ? (
        <Details summary={t('setDates')} open={round.dates === null}>
          <FreshGate>
            <FieldsForm
              action={saveDates}
              hidden={{ roundId: round.id }}
              fields={steps.map((name) => ({
                name,
                kind: 'datetime-local',
                label: dates(name),
                value: round.dates === null ? '' : limaField(round.dates[name]),
              }))}
              button={t('saveDates')}
              problem={common('problem')}
            />
          </FreshGate>
        </Details>
      ) : null}
    </Section>
  );
}

async function Matters({
  what,
  roundId,
  page,
}: {
  readonly what: MatterKind;
  readonly roundId: string;
  readonly page: number;
}) {
  const [t, kinds, { lines, total }] = await Promise.all([
    getTranslations('lists.staff'),
    getTranslations('lists.challenge.kinds'),
    mattersOf(registry(), what, roundId, { page, perPage: PER_PAGE }),
  ]);
  return (
    <Section title={t(`${what}.title`)}>
      {total === 0 ? (
        <p>{t(`${what}.empty`)}</p>
      ) : (
        <DataTable
          caption={t(`${what}.title`)}
          captionHidden
          dense
          head={[t('number'), t('about'), t('district'), t('filed'), t('state')]}
          rows={lines.map((line) => [
            <a key="number" href={`/admin/challenges/${what}/${line.id}`}>
              {line.number}
            </a>,
            line.kind === null ? t('onDesk', { desk: String(line.onDesk) }) : kinds(line.kind),
            line.districtName,
            <DateText key="filed" value={line.filedAt} />,
            t(`states.${line.state}`),
          ])}
        />
      )}
      <Pagination
        page={page}
        pages={Math.ceil(total / PER_PAGE)}
        href={(to) => `/admin/challenges?votacion=${roundId}&pagina=${to}`}
      />
    </Section>
  );
}

/** For the day when somebody fills the list with requests that nobody made. */
async function Flood({ roundId }: { readonly roundId: string }) {
  const [t, reason, common] = await Promise.all([
    getTranslations('lists.staff.bulk'),
    getTranslations('lists.staff.decide'),
    getTranslations('common'),
  ]);
  return (
    <Details summary={t('title')}>
      <p className="mb-6 max-w-(--container-text)">{t('lead')}</p>
      <FreshGate>
        <FieldsForm
          action={rejectFlood}
          hidden={{ roundId }}
          idPrefix="flood-"
          fields={[
            { name: 'from', kind: 'datetime-local', label: t('from') },
            { name: 'until', kind: 'datetime-local', label: t('until') },
            { name: 'reason', kind: 'area', label: reason('reason') },
            { name: 'count', kind: 'digits', label: t('count'), hint: t('countHint') },
          ]}
          button={t('send')}
          problem={common('problem')}
        />
      </FreshGate>
    </Details>
  );
}
