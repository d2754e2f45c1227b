import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { PageHeader } from '@/components/ui/page-header';
import { CODES_PER_DAY } from '@/lib/roll/types';
import { purposeIn, votingPage } from '../../addresses';
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
  const [t, common, query] = await Promise.all([
    getTranslations('voting.dni'),
    getTranslations('common'),
    searchParams,
  ]);
  const purpose = purposeIn(query);
  const round = await roundTakingVoters((await params).round, purpose);
  const problem = problemIn(query, DNI_PROBLEMS);
  const back = votingPage(round.id, purpose === 'right' ? 'mi-derecho' : undefined);
  const error = problem === null ? undefined : t(`problem.${problem}`, { codes: CODES_PER_DAY });
  return (
    <>
      {error === undefined ? null : (
        <ErrorSummary title={common('problem')} errors={[{ href: '#dni', message: error }]} />
      )}
      <PageHeader title={t('title')} back={{ href: back, label: common('back') }} lead={t('why')} />
      <form action={askForCode.bind(null, round.id, purpose)} className="max-w-(--container-text)">
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
        <Button>{t('send')}</Button>
      </form>
      <p className="text-ink-soft mt-8 max-w-(--container-text)">{t('privacy')}</p>
    </>
  );
}
