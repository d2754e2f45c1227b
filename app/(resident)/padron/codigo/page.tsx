import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { PhoneLine } from '@/components/phone-line';
import { Button, ButtonLink } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { attemptCookie } from '@/lib/roll/cookies';
import { attemptByToken } from '@/lib/roll/queries';
import { CODE_LIFETIME_MINUTES, CODES_PER_DAY, type Attempt } from '@/lib/roll/types';
import type { PageSearch } from '@/lib/shared/page-number';
import { giveMyCode } from '../actions';
import { goalIn, padronPage, padronProblem, type PadronProblem } from '../addresses';

export async function generateMetadata({
  searchParams,
}: {
  searchParams: PageSearch;
}): Promise<Metadata> {
  const [t, query] = await Promise.all([getTranslations('lists'), searchParams]);
  const title = t('code.title');
  return { title: padronProblem(query) === null ? title : t('errorTitle', { title }) };
}

const ENDED: Readonly<Record<Attempt['state'], PadronProblem | null>> = {
  waiting: null,
  expired: 'expired',
  used: 'already-used',
  spent: 'too-many-tries',
};

/** The same page for every DNI: only the message tells, and to its owner. */
export default async function PadronCodePage({
  searchParams,
}: {
  readonly searchParams: PageSearch;
}) {
  const query = await searchParams;
  const goal = goalIn(query);
  const token = (await cookies()).get(attemptCookie().name)?.value;
  const attempt = token === undefined ? null : await attemptByToken(registry(), token);
  if (attempt === null) redirect(padronPage('padron', { goal }));
  const [t, ask, common] = await Promise.all([
    getTranslations('lists.code'),
    getTranslations('lists.ask'),
    getTranslations('common'),
  ]);
  const again = padronPage('padron', { goal, round: attempt.roundId });
  const problem = ENDED[attempt.state] ?? padronProblem(query);
  const error =
    problem === null
      ? undefined
      : ask(`problem.${problem}`, { codes: CODES_PER_DAY, tries: attempt.triesLeft });
  const isWaiting = attempt.state === 'waiting';
  return (
    <>
      {error === undefined ? null : (
        <ErrorSummary
          title={common('problem')}
          errors={[{ href: isWaiting ? '#code' : '#again', message: error }]}
        />
      )}
      <PageHeader
        title={t('title')}
        back={{ href: again, label: common('back') }}
        lead={t('lead', { minutes: CODE_LIFETIME_MINUTES })}
      />
      {webEnv().MINKA_DEMO ? (
        <Notice tone="info" title={t('demoTitle')}>
          <p>{t.rich('demo', { link: (words) => <a href="/demo/outbox">{words}</a> })}</p>
        </Notice>
      ) : null}
      {isWaiting ? (
        <form
          action={giveMyCode.bind(null, attempt.roundId, goal)}
          className="max-w-(--container-text)"
        >
          <TextInput
            id="code"
            name="code"
            label={t('label')}
            hint={t('hint')}
            error={error}
            width="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={40}
          />
          <Button>{t('send')}</Button>
        </form>
      ) : (
        <p id="again" tabIndex={-1}>
          <ButtonLink href={again}>{t('again')}</ButtonLink>
        </p>
      )}
      <div className="mt-8 max-w-(--container-text)">
        <Details summary={t('missingTitle')}>
          <p className="mb-3">{t('missing')}</p>
          <p className="mb-3">
            <a href="/padron/inclusion">{t('include')}</a>
          </p>
          <PhoneLine />
        </Details>
      </div>
    </>
  );
}
