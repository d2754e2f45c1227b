import { useLocale, useTranslations } from 'next-intl';
import { pickText } from '@/lib/i18n/text';
import type { PlanItem } from './item';
import { OfficialText } from './official-text';

export function Problem({ problem }: { readonly problem: PlanItem }) {
  const t = useTranslations('plan');
  const locale = useLocale();
  return (
    <li id={problem.code}>
      <p className="font-semibold">{pickText(locale, problem.title)}</p>
      {problem.feedbackRole === null ? null : <p>{t(`feedback.${problem.feedbackRole}`)}</p>}
      <OfficialText item={problem} />
    </li>
  );
}
