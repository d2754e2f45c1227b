import { getTranslations } from 'next-intl/server';
import { ConfirmForm } from '@/components/ui/confirm-form';
import { Notice } from '@/components/ui/notice';
import { Section } from '@/components/ui/section';
import { webEnv } from '@/lib/env';
import { mayBeAsked } from '@/lib/rounds/rules';
import type { RoundDetail } from '@/lib/rounds/types';
import { FreshGate } from '../../../cuenta/fresh-gate';
import { closeRound, openRound, publishRound, tallyRound } from './actions';

/** What a person may ask for in this state; each says what will happen before its button. */
export async function RoundActs({
  round,
  isEarly,
}: {
  readonly round: RoundDetail;
  readonly isEarly: boolean;
}) {
  const [t, preview] = await Promise.all([
    getTranslations('admin.acts'),
    getTranslations('results.preview'),
  ]);
  const { id, state } = round;
  const { MINKA_TWO_PEOPLE: twoPeople } = webEnv();
  /** Why a second person should agree: only where there is one. */
  const why = twoPeople ? { reason: { label: t('why'), hint: t('whyHint') } } : {};
  const failed = round.jobNote?.startsWith('failed-') ?? false;
  const canTally = mayBeAsked('tally', state) && (failed || state === 'closed');
  if (!mayBeAsked('open', state) && !mayBeAsked('close', state) && !canTally) {
    if (!mayBeAsked('publish', state)) return null;
  }
  return (
    <Section title={t('title')}>
      <FreshGate>
        {twoPeople ? <Notice tone="info">{t('twoPeople')}</Notice> : null}
        {mayBeAsked('open', state) ? (
          <ConfirmForm
            action={openRound.bind(null, id)}
            sentence={t('openSentence')}
            submit={t('open')}
            variant="primary"
            {...why}
          />
        ) : null}
        {mayBeAsked('close', state) ? (
          <ConfirmForm
            action={closeRound.bind(null, id)}
            sentence={t(isEarly ? 'closeEarlySentence' : 'closeSentence')}
            submit={t('close')}
            {...(isEarly ? { reason: { label: t('reason'), hint: t('reasonHint') } } : {})}
          />
        ) : null}
        {canTally ? (
          <ConfirmForm
            action={tallyRound.bind(null, id)}
            sentence={t('tallySentence')}
            submit={t('tally')}
            variant="primary"
          />
        ) : null}
        {mayBeAsked('publish', state) ? (
          <>
            <p className="mb-4">
              <a href={`/admin/rounds/${id}/tally`}>{preview('link')}</a>
            </p>
            <ConfirmForm
              action={publishRound.bind(null, id)}
              sentence={t('publishSentence')}
              submit={t('publish')}
              variant="primary"
              {...why}
            />
          </>
        ) : null}
      </FreshGate>
    </Section>
  );
}
