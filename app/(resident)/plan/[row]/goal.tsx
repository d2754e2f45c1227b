import { useLocale, useTranslations } from 'next-intl';
import { pickText } from '@/lib/i18n/text';
import type { PlanItem } from './item';
import { OfficialText } from './official-text';
import { Trail } from './trail';

/** A goal; `writtenIn` is the row of the document it stands in when that is another one. */
export function Goal({
  goal,
  writtenIn,
}: {
  readonly goal: PlanItem;
  readonly writtenIn?: string;
}) {
  const t = useTranslations('plan');
  const locale = useLocale();
  return (
    <li id={goal.code}>
      <p className="font-semibold">{pickText(locale, goal.title)}</p>
      {writtenIn === undefined ? null : (
        <p>
          <a href={`/plan/${writtenIn}#${goal.code}`}>{t('linkedGoal', { code: writtenIn })}</a>
        </p>
      )}
      {goal.feedbackRole === null ? null : <p>{t(`feedback.${goal.feedbackRole}`)}</p>}
      {goal.indicator === null ? null : <Indicator goal={goal} />}
      <OfficialText item={goal} />
      <Trail code={goal.code} />
    </li>
  );
}

function Indicator({ goal }: { readonly goal: PlanItem }) {
  const t = useTranslations('plan');
  const { indicator, baseline, targetValue, targetYear, indicatorSource } = goal;
  return (
    <ul className="text-base">
      <li>{t('indicator', { indicator: indicator ?? '' })}</li>
      {baseline === null ? null : <li>{t('indicatorFrom', { baseline })}</li>}
      {targetValue === null ? null : (
        <li>
          {targetYear === null
            ? t('indicatorTo', { value: targetValue })
            : t('indicatorToBy', { value: targetValue, year: targetYear.toString() })}
        </li>
      )}
      {indicatorSource === null ? null : (
        <li>{t('indicatorSource', { source: indicatorSource })}</li>
      )}
    </ul>
  );
}
