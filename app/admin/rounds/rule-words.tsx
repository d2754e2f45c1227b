import { useTranslations } from 'next-intl';
import { Details } from '@/components/ui/details';
import type { RulePreset } from '@/lib/rounds/presets';

/** One paragraph per rule, and where each has its picture. */
export function RuleWords({
  summary,
  rules,
}: {
  readonly summary: string;
  readonly rules: readonly RulePreset[];
}) {
  const t = useTranslations('rules');
  return (
    <Details summary={summary}>
      {rules.map((rule) => (
        <p key={rule} className="mb-3 max-w-(--container-text)">
          <strong>{t(`rules.${rule}.name`)}.</strong> {t(`rules.${rule}.explain`)}
        </p>
      ))}
      <p>
        <a href="/como-se-cuenta">{t('use.all')}</a>
      </p>
    </Details>
  );
}
