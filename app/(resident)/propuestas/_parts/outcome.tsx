import { useLocale, useTranslations } from 'next-intl';
import { Notice, type Tone } from '@/components/ui/notice';
import { pickText } from '@/lib/i18n/text';
import type { ProposalDetail } from '@/lib/proposals/queries';
import type { PublicState } from '@/lib/proposals/policy';

const TONES: Readonly<Record<PublicState, Tone>> = {
  submitted: 'info',
  'under-evaluation': 'info',
  eligible: 'info',
  rejected: 'warning',
  merged: 'info',
  funded: 'success',
  'not-funded': 'info',
};

/** What its state means, with the reason the technical team gave, and where to go from here. */
export function Outcome({
  proposal,
  next,
}: {
  readonly proposal: ProposalDetail;
  /** The round that decides or decided it, when there is one to go to. */
  readonly next: { readonly href: string; readonly act: 'vote' | 'seeResult' } | null;
}) {
  const t = useTranslations('proposals');
  const locale = useLocale();
  const { state } = proposal;
  if (state === 'withdrawn') return null;
  const reason = proposal.reasonEs
    ? pickText(locale, { es: proposal.reasonEs, en: proposal.reasonEn ?? proposal.reasonEs })
    : null;
  return (
    <>
      <Notice tone={TONES[state]} title={t(`stateMeans.${state}`)}>
        {reason ? (
          <p>
            <strong>{t('reason')}:</strong> {reason}
          </p>
        ) : null}
        {proposal.mergedInto ? (
          <p>
            <a href={`/propuestas/${proposal.mergedInto}`}>
              {t('seeMerged', { code: proposal.mergedInto })}
            </a>
          </p>
        ) : null}
        {next ? (
          <p>
            <a href={next.href} className="inline-flex min-h-12 items-center font-semibold">
              {t(next.act)}
            </a>
          </p>
        ) : null}
      </Notice>
      {proposal.merged.length > 0 ? (
        <p className="mb-6">
          {t('joined')}{' '}
          {proposal.merged.map((each, index) => (
            <span key={each.code}>
              {index > 0 ? ', ' : null}
              <a href={`/propuestas/${each.code}`}>
                {pickText(locale, { es: each.titleEs, en: each.titleEn })}
              </a>
            </span>
          ))}
        </p>
      ) : null}
    </>
  );
}
