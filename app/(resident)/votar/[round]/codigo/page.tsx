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
import { CODE_LIFETIME_MINUTES, type Attempt } from '@/lib/roll/types';
import { purposeIn, votingPage } from '../../addresses';
import { roundTakingVoters } from '../../open-round';
import { giveCode } from '../actions';
import { CODE_PROBLEMS, problemIn, type CodeProblem } from '../problems';

interface Props {
  readonly params: Promise<{ round: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [t, query] = await Promise.all([getTranslations('voting'), searchParams]);
  const title = t('code.title');
  return { title: problemIn(query, CODE_PROBLEMS) === null ? title : t('errorTitle', { title }) };
}

/** The same page whether the DNI is on the roll or not: only the message tells, and to its owner. */
export default async function CodePage({ params, searchParams }: Props) {
  const query = await searchParams;
  const purpose = purposeIn(query);
  const round = await roundTakingVoters((await params).round, purpose);
  const token = (await cookies()).get(attemptCookie().name)?.value;
  const attempt = token === undefined ? null : await attemptByToken(registry(), token);
  if (attempt?.roundId !== round.id) redirect(votingPage(round.id, 'dni', { purpose }));
  const [t, ways, common] = await Promise.all([
    getTranslations('voting.code'),
    getTranslations('verification'),
    getTranslations('common'),
  ]);
  const byLetter = attempt.channel === 'letter';
  const problem = ended(attempt) ?? problemIn(query, CODE_PROBLEMS);
  const error =
    problem === null
      ? undefined
      : byLetter
        ? ways(`letter.problem.${problem}`, { tries: attempt.triesLeft })
        : t(`problem.${problem}`, { tries: attempt.triesLeft });
  const again = votingPage(round.id, 'dni', { purpose, channel: attempt.channel });
  return (
    <>
      {error === undefined ? null : (
        <ErrorSummary
          title={common('problem')}
          errors={[{ href: attempt.state === 'waiting' ? '#code' : '#again', message: error }]}
        />
      )}
      <PageHeader
        title={byLetter ? ways('letter.title') : t('title')}
        back={{ href: again, label: common('back') }}
        lead={
          byLetter
            ? ways('letter.lead', { minutes: CODE_LIFETIME_MINUTES })
            : t('lead', { minutes: CODE_LIFETIME_MINUTES })
        }
      />
      {webEnv().MINKA_DEMO && !byLetter ? (
        <Notice tone="info" title={t('demoTitle')}>
          <p>{t.rich('demo', { link: (words) => <a href="/demo/outbox">{words}</a> })}</p>
        </Notice>
      ) : null}
      {attempt.state === 'waiting' ? (
        <form action={giveCode.bind(null, round.id, purpose)} className="max-w-(--container-text)">
          <TextInput
            id="code"
            name="code"
            label={byLetter ? ways('letter.label') : t('label')}
            hint={byLetter ? ways('letter.hint') : t('hint')}
            error={error}
            width={byLetter ? 'short' : 'code'}
            {...(byLetter
              ? { autoCapitalize: 'characters', autoComplete: 'off', spellCheck: false }
              : { inputMode: 'numeric', autoComplete: 'one-time-code' })}
            maxLength={40}
          />
          <Button>{t('send')}</Button>
        </form>
      ) : (
        <p id="again" tabIndex={-1}>
          <ButtonLink href={again}>{byLetter ? ways('letter.again') : t('again')}</ButtonLink>
        </p>
      )}
      <div className="mt-8 max-w-(--container-text)">
        {byLetter ? (
          <Details summary={ways('letter.missingTitle')}>
            <ul className="list-disc space-y-2 pl-6">
              <li>{ways('letter.missingLast')}</li>
              <li>{ways('letter.missingUsed')}</li>
            </ul>
            <PhoneLine />
          </Details>
        ) : (
          <Details summary={t('missingTitle')}>
            <ul className="list-disc space-y-2 pl-6">
              <li>{t('missingWait')}</li>
              <li>{t.rich('missingAgain', { link: (words) => <a href={again}>{words}</a> })}</li>
              <li>
                {t.rich('missingRoll', {
                  link: (words) => <a href={votingPage(round.id, 'sin-codigo')}>{words}</a>,
                })}
              </li>
            </ul>
            <PhoneLine />
          </Details>
        )}
      </div>
    </>
  );
}

/** A code that cannot be given any more says so, also when the page is merely opened again. */
function ended(attempt: Attempt): CodeProblem | null {
  switch (attempt.state) {
    case 'waiting':
      return null;
    case 'expired':
      return 'expired';
    case 'used':
      return 'already-used';
    case 'spent':
      return 'too-many-tries';
  }
}
