import { useLocale, useTranslations } from 'next-intl';
import { ruleInFull } from '@/lib/results/explain';
import { presetOf, thresholdOf } from '@/lib/rounds/presets';
import type { Rule } from '@/lib/tally/types';
import { formatCount } from '../count';
import { Details } from '../ui/details';

/** The rule of a contest in one paragraph, how its count went, and where it is drawn. */
export function RuleInWords({
  rule,
  course,
}: {
  readonly rule: Rule;
  /** What happened in this count: the steps of Add1, the comparison. */
  readonly course: readonly string[];
}) {
  const t = useTranslations('rules');
  const locale = useLocale();
  const preset = presetOf(rule);
  const threshold = thresholdOf(rule);
  const least =
    threshold === null
      ? []
      : [t('use.threshold', { threshold, thresholdText: formatCount(threshold) })];
  return (
    <>
      <p>
        <strong>
          {t('use.how')} {t(`rules.${preset}.name`)}.
        </strong>{' '}
        {[t(`rules.${preset}.explain`), ...least, ...course].join(' ')}
      </p>
      <Details summary={t('use.exact')}>
        <p>{ruleInFull(rule, locale)}</p>
      </Details>
      <p>
        <a href={`/como-se-cuenta#${preset}`}>{t('use.link')}</a>
      </p>
    </>
  );
}
