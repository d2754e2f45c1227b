import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { CODES_PER_DAY } from '@/lib/roll/types';
import { channelsOf } from '@/lib/verification/queries';
import { channelIn, purposeIn, votingPage } from '../../addresses';
import { ConsentWords } from '../../consent-words';
import { roundTakingVoters } from '../../open-round';
import { askForCode } from '../actions';
import { DNI_PROBLEMS, problemIn } from '../problems';

interface Props {
  readonly params: Promise<{ round: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [t, query] = await Promise.all([getTranslations('voting'), searchParams]);
  const title = t('dni.title');
  return { title: problemIn(query, DNI_PROBLEMS) === null ? title : t('errorTitle', { title }) };
}

/** One question. Whatever is answered, the next page looks the same. */
export default async function DniPage({ params, searchParams }: Props) {
  const [t, ways, common, query] = await Promise.all([
    getTranslations('voting.dni'),
    getTranslations('verification'),
    getTranslations('common'),
    searchParams,
  ]);
  const purpose = purposeIn(query);
  const channel = channelIn(query);
  const round = await roundTakingVoters((await params).round, purpose);
  const channels = await channelsOf(registry(), round.id);
  const first = votingPage(round.id, purpose === 'right' ? 'mi-derecho' : undefined);
  if (!channels.includes(channel)) redirect(first);
  const problem = problemIn(query, DNI_PROBLEMS);
  const error = problem === null ? undefined : t(`problem.${problem}`, { codes: CODES_PER_DAY });
  const byLetter = channel === 'letter';
  return (
    <>
      {error === undefined ? null : (
        <ErrorSummary title={common('problem')} errors={[{ href: '#dni', message: error }]} />
      )}
      <PageHeader
        title={t('title')}
        back={{ href: first, label: common('back') }}
        lead={byLetter ? ways('letter.why') : t('why')}
      />
      <form
        action={askForCode.bind(null, round.id, purpose, channel)}
        className="max-w-(--container-text)"
      >
        <TextInput
          id="dni"
          name="dni"
          label={t('label')}
          hint={t('hint')}
          error={error}
          width="short"
          inputMode="numeric"
          autoComplete="off"
          maxLength={40}
        />
        <Button>{byLetter ? ways('letter.next') : t('send')}</Button>
      </form>
      {!byLetter && purpose === 'vote' && channels.includes('letter') ? (
        <p className="mt-6">
          <a href={votingPage(round.id, 'dni', { channel: 'letter' })}>{ways('letter.have')}</a>
        </p>
      ) : null}
      <div className="text-ink-soft mt-8 max-w-(--container-text) space-y-3">
        <p>{t('privacy')}</p>
        <ConsentWords />
      </div>
    </>
  );
}
