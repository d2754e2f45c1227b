import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Count } from '@/components/count';
import { PhoneLine } from '@/components/phone-line';
import { Button, ButtonLink } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { pickText } from '@/lib/i18n/text';
import { challengeCounts, listRounds, type ListRound } from '@/lib/lists/queries';
import { listPhase } from '@/lib/lists/rules';
import { currentConsent } from '@/lib/privacy/consents';
import { CODES_PER_DAY } from '@/lib/roll/types';
import type { PageSearch } from '@/lib/shared/page-number';
import { askAboutMe } from './actions';
import { goalIn, padronProblem, type Goal } from './addresses';
import { ListCalendar } from './calendar';

export async function generateMetadata({
  searchParams,
}: {
  searchParams: PageSearch;
}): Promise<Metadata> {
  const [t, query] = await Promise.all([getTranslations('lists'), searchParams]);
  const title = t('ask.title');
  return { title: padronProblem(query) === null ? title : t('errorTitle', { title }) };
}

/** Am I on the roll? One question; what comes next looks the same whatever is typed. */
export default async function PadronPage({ searchParams }: { readonly searchParams: PageSearch }) {
  const [t, locale, query, rounds] = await Promise.all([
    getTranslations('lists.ask'),
    getLocale(),
    searchParams,
    listRounds(registry()),
  ]);
  const round =
    rounds.find(({ id }) => id === query['votacion']) ??
    rounds.find(({ takesCodes }) => takesCodes) ??
    rounds[0];
  if (round === undefined) return <PageHeader title={t('title')} lead={t('none')} />;
  const goal = goalIn(query);
  const problem = padronProblem(query);
  const name = pickText(locale, { es: round.nameEs, en: round.nameEn });
  return (
    <>
      <Problem problem={problem} />
      <PageHeader title={t(`goal.${goal}.title`)} eyebrow={name} lead={t(`goal.${goal}.lead`)} />
      {round.takesCodes ? (
        <form action={askAboutMe.bind(null, round.id, goal)} className="max-w-(--container-text)">
          <TextInput
            id="dni"
            name="dni"
            label={t('label')}
            hint={t('hint')}
            error={problem === null ? undefined : t(`problem.${problem}`, { codes: CODES_PER_DAY })}
            width="short"
            inputMode="numeric"
            autoComplete="off"
            maxLength={40}
          />
          <p className="text-ink-soft mb-6">{pickText(locale, currentConsent('verification'))}</p>
          <Button>{t('send')}</Button>
        </form>
      ) : (
        <Notice tone="info">{t('noCodes')}</Notice>
      )}
      <div className="mt-8 max-w-(--container-text)">
        <Details summary={t('noPhoneTitle')}>
          <p className="mb-3">{t('noPhone')}</p>
          <PhoneLine />
        </Details>
      </div>
      {goal === 'padron' ? <List round={round} /> : null}
      <Others rounds={rounds.filter(({ id }) => id !== round.id)} goal={goal} locale={locale} />
    </>
  );
}

async function Problem({ problem }: { readonly problem: ReturnType<typeof padronProblem> }) {
  if (problem === null) return null;
  const [t, common] = await Promise.all([getTranslations('lists.ask'), getTranslations('common')]);
  const message = t(`problem.${problem}`, { codes: CODES_PER_DAY });
  return <ErrorSummary title={common('problem')} errors={[{ href: '#dni', message }]} />;
}

/** The calendar of the list, what can be filed now, and how many did: figures, never names. */
async function List({ round }: { readonly round: ListRound }) {
  const [t, now, counts] = await Promise.all([
    getTranslations('lists.ask'),
    databaseNow(registry()),
    challengeCounts(registry(), round.id),
  ]);
  if (round.dates === null) return null;
  const phase = round.state === 'draft' ? listPhase(round.dates, now) : 'final';
  return (
    <Section title={t('list.title')} lead={t(`list.${phase}`)}>
      <ListCalendar dates={round.dates} />
      <p className="mb-6 flex flex-wrap gap-4">
        {phase === 'open' ? (
          <>
            <ButtonLink href="/padron/inclusion">{t('list.include')}</ButtonLink>
            <ButtonLink href="/padron/tacha" variant="secondary">
              {t('list.challenge')}
            </ButtonLink>
          </>
        ) : null}
        <ButtonLink href="/padron/constancia" variant="secondary">
          {t('list.follow')}
        </ButtonLink>
      </p>
      {counts.length === 0 ? (
        <p>{t('list.noChallenges')}</p>
      ) : (
        <DataTable
          caption={t('list.counts')}
          head={[t('list.district'), t('list.filed'), t('list.accepted'), t('list.rejected')]}
          numeric={[1, 2, 3]}
          rows={counts.map(({ name, filed, accepted, rejected }) => [
            name,
            <Count key="filed" value={filed} />,
            <Count key="accepted" value={accepted} />,
            <Count key="rejected" value={rejected} />,
          ])}
        />
      )}
    </Section>
  );
}

async function Others({
  rounds,
  goal,
  locale,
}: {
  readonly rounds: readonly ListRound[];
  readonly goal: Goal;
  readonly locale: string;
}) {
  const t = await getTranslations('lists.ask');
  if (rounds.length === 0 || goal !== 'padron') return null;
  return (
    <Details summary={t('others')}>
      <ul className="list-disc space-y-2 pl-6">
        {rounds.map(({ id, nameEs, nameEn }) => (
          <li key={id}>
            <a href={`/padron?votacion=${id}`}>{pickText(locale, { es: nameEs, en: nameEn })}</a>
          </li>
        ))}
      </ul>
    </Details>
  );
}
