import { useLocale, useTranslations } from 'next-intl';
import { DimensionMark } from '@/components/dimension';
import { Soles } from '@/components/money';
import { ProposalStateTag } from '@/components/proposal-state';
import { Notice } from '@/components/ui/notice';
import { pickText } from '@/lib/i18n/text';
import type { ProposalListItem } from '@/lib/proposals/types';

/** Proposals one under the other: dimension, title, place, cost, state. */
export function ProposalList({ proposals }: { readonly proposals: readonly ProposalListItem[] }) {
  const t = useTranslations('proposals');
  const locale = useLocale();
  if (proposals.length === 0) {
    return (
      <Notice tone="info" title={t('empty.title')}>
        <p>
          {t('empty.text')} <a href="/propuestas">{t('filter.clear')}</a>
        </p>
      </Notice>
    );
  }
  return (
    <ul className="border-ink border-t-2">
      {proposals.map((proposal) => (
        <li
          key={proposal.code}
          className="border-line grid gap-x-5 gap-y-2 border-b py-5 sm:grid-cols-[auto_1fr_auto]"
        >
          {proposal.dimensionCode ? (
            <DimensionMark code={proposal.dimensionCode} size={44} label={false} />
          ) : (
            <span />
          )}
          <div className="min-w-0">
            <h3 className="text-xl leading-snug">
              <a href={`/propuestas/${proposal.code}`}>
                {pickText(locale, { es: proposal.titleEs, en: proposal.titleEn })}
              </a>
            </h3>
            <p className="mt-1 text-base">
              {pickText(locale, { es: proposal.whereEs, en: proposal.whereEn })}
            </p>
            <p className="mt-1 text-base">
              {t('fundOf', { scope: proposal.districtName ?? t('province') })} · {proposal.code}
            </p>
          </div>
          <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 sm:block sm:text-right">
            <p className="text-xl font-semibold">
              <Soles cents={proposal.costCents} />
            </p>
            <p className="sm:mt-1">
              <ProposalStateTag state={proposal.state} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
