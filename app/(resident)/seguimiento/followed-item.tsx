import { useLocale, useTranslations } from 'next-intl';
import { Bar } from '@/components/charts/bar';
import { DateText } from '@/components/date';
import { DimensionMark, isDimensionCode } from '@/components/dimension';
import { Soles } from '@/components/money';
import { Tag, type TagTone } from '@/components/ui/tag';
import type { FollowedProposal, Stage } from '@/lib/follow-up/queries';
import { pickText } from '@/lib/i18n/text';
import { formatPercent } from '@/lib/shared/percent';

const TONES: Readonly<Record<Stage, TagTone>> = {
  formalised: 'neutral',
  design: 'info',
  tender: 'info',
  works: 'info',
  finished: 'success',
  delayed: 'warning',
};

/** One funded proposal: where it stands, since when, and how much of its money is spent. */
export function FollowedItem({ item }: { readonly item: FollowedProposal }) {
  const t = useTranslations('followup');
  const locale = useLocale();
  const dimension =
    item.dimensionCode !== null && isDimensionCode(item.dimensionCode)
      ? item.dimensionCode
      : undefined;
  const note =
    item.noteEs === null || item.noteEn === null
      ? null
      : pickText(locale, { es: item.noteEs, en: item.noteEn });
  const share = item.costCents === 0 ? 0 : item.spentCents / item.costCents;
  return (
    <li className="py-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <h2 className="flex min-w-0 items-start gap-2 text-xl">
          {dimension ? <DimensionMark code={dimension} size={24} label={false} /> : null}
          <a href={`/propuestas/${item.code}`}>
            {pickText(locale, { es: item.titleEs, en: item.titleEn })}
          </a>
        </h2>
        <Tag tone={item.stage === null ? 'neutral' : TONES[item.stage]}>
          {t(`stage.${item.stage ?? 'unstarted'}`)}
        </Tag>
      </div>
      <p className="mt-1 text-base">
        {item.districtName ?? t('province')} · {t('year', { year: item.fiscalYear.toString() })}
        {item.since === null ? null : (
          <> · {t.rich('since', { date: () => <DateText value={item.since ?? ''} /> })}</>
        )}
      </p>
      {note === null ? null : (
        <p className="mt-2 max-w-(--container-text)">
          {item.stage === 'delayed' ? <strong>{t('why')} </strong> : null}
          {note}
        </p>
      )}
      <div className="mt-3 max-w-xl">
        <Bar share={share} tone={dimension ?? 'accent'} height={14} />
        <p className="mt-1 text-base">
          {t.rich('money', {
            spent: () => <Soles cents={item.spentCents} />,
            allocated: () => <Soles cents={item.costCents} />,
            share: formatPercent(share, 0),
          })}
        </p>
      </div>
    </li>
  );
}
