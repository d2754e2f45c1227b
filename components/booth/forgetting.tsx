import { useTranslations } from 'next-intl';
import { Button, ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { formatCode } from '@/lib/ballots/receipt';
import { StepHeading } from './step-heading';
import type { Stake } from './state';

interface Asked {
  readonly onYes: () => void;
  readonly onNo: () => void;
}

function YesOrNo({ yes, no, onYes, onNo }: Asked & { readonly yes: string; readonly no: string }) {
  return (
    <div className="flex flex-wrap gap-4">
      <Button type="button" variant="danger" onClick={onYes}>
        {yes}
      </Button>
      <Button type="button" variant="secondary" onClick={onNo}>
        {no}
      </Button>
    </div>
  );
}

/** What was marked is wiped after one question, which says what stays: the right to vote. */
export function Clearing({
  isCounted,
  onForget,
  ...asked
}: Asked & {
  /** An earlier ballot counts; the marks are a change that was not sent. */
  readonly isCounted: boolean;
  readonly onForget: () => void;
}) {
  const t = useTranslations('booth.clear');
  return (
    <>
      <StepHeading title={t('title')} windowTitle={t('title')} lead={t('what')} />
      <Notice tone="info" title={t(isCounted ? 'counted' : 'unsent')}>
        <p>{t(isCounted ? 'rightToChange' : 'right')}</p>
      </Notice>
      <YesOrNo yes={t('yes')} no={t('no')} {...asked} />
      <h2 className="mt-10 mb-3 text-xl">{t('moreTitle')}</h2>
      <p className="mb-4 max-w-(--container-text)">{t('more')}</p>
      <Button type="button" variant="secondary" onClick={onForget}>
        {t('forget')}
      </Button>
    </>
  );
}

export function Cleared({
  isCounted,
  onAgain,
}: {
  readonly isCounted: boolean;
  readonly onAgain: () => void;
}) {
  const t = useTranslations('booth.cleared');
  return (
    <>
      <StepHeading
        title={t('title')}
        windowTitle={t('title')}
        lead={t(isCounted ? 'leadCounted' : 'lead')}
      />
      <div className="flex flex-wrap gap-4">
        <Button type="button" onClick={onAgain}>
          {t(isCounted ? 'backToVote' : 'again')}
        </Button>
        <ButtonLink href="/" variant="secondary">
          {t('home')}
        </ButtonLink>
      </div>
    </>
  );
}

/** Forgetting cannot be undone: it is asked once more, with what would be lost in sight. */
export function Forgetting({
  stake,
  receipt,
  mayVote,
  recoverable,
  ...asked
}: Asked & {
  readonly stake: Stake;
  /** Of the ballot that counts; null when there is none. */
  readonly receipt: string | null;
  readonly mayVote: boolean;
  /** There is a recovery code on paper. */
  readonly recoverable: boolean;
}) {
  const t = useTranslations('booth.forget');
  const no = t('no');
  if (stake === 'counted') {
    return (
      <>
        <StepHeading title={t('title')} windowTitle={t('title')} />
        <Notice tone="warning" title={t('still')}>
          <p>{mayVote ? t('lost') : t('lostClosed')}</p>
          <TheCode receipt={receipt} />
        </Notice>
        <YesOrNo yes={t('yes')} no={no} {...asked} />
      </>
    );
  }
  const hasWay = stake === 'unsent' && recoverable;
  const ofPending = receipt === null ? 'pending.lost' : 'pending.lostChange';
  const ofUnsent = hasWay ? 'unsent.lostWithCode' : 'unsent.lost';
  return (
    <>
      <StepHeading title={t(`${stake}.title`)} windowTitle={t(`${stake}.title`)} />
      <Notice tone="warning" title={t(hasWay ? 'unsent.warningWithCode' : `${stake}.warning`)}>
        <p>{t(stake === 'unsent' ? ofUnsent : ofPending)}</p>
        <TheCode receipt={receipt} />
      </Notice>
      <YesOrNo yes={t(`${stake}.yes`)} no={no} {...asked} />
    </>
  );
}

function TheCode({ receipt }: { readonly receipt: string | null }) {
  const t = useTranslations('booth.forget');
  if (receipt === null) return null;
  return (
    <p className="mt-2">
      {t('code')} <strong className="whitespace-nowrap">{formatCode(receipt)}</strong>
    </p>
  );
}

export function Forgotten({ stake }: { readonly stake: Stake }) {
  const t = useTranslations('booth.forgotten');
  const title = stake === 'counted' ? t('title') : t(`${stake}.title`);
  const lead = stake === 'counted' ? t('lead') : t(`${stake}.lead`);
  return (
    <>
      <StepHeading title={title} windowTitle={title} lead={lead} />
      <ButtonLink href="/" variant="secondary">
        {t('home')}
      </ButtonLink>
    </>
  );
}
