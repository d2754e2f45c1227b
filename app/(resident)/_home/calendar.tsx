import { useTranslations } from 'next-intl';
import { DateRange } from '@/components/date';
import { Section } from '@/components/ui/section';
import { Tag } from '@/components/ui/tag';
import type { CycleSummary } from '@/lib/cycle/queries';
import { phaseOn } from '@/lib/cycle/rules';

/** The phases of the cycle, in the order of the law, with today's marked in words. */
export function Calendar({
  cycle,
  today,
}: {
  readonly cycle: CycleSummary;
  readonly today: string;
}) {
  const t = useTranslations('home');
  const current = phaseOn(cycle.calendar, today);
  return (
    <Section title={t('calendar.title', { year: String(cycle.fiscalYear) })}>
      <ol className="border-ink border-t-2">
        {cycle.calendar.map((phase) => {
          const isNow = phase === current;
          return (
            <li
              key={phase.phase}
              aria-current={isNow ? 'step' : undefined}
              className={`border-line grid gap-x-6 border-b px-3 py-3 sm:grid-cols-[1fr_auto] ${isNow ? 'bg-accent-soft' : ''}`}
            >
              <span className={isNow ? 'font-semibold' : ''}>
                {t(`phase.${phase.phase}.name`)}
                {isNow ? (
                  <span className="ml-3">
                    <Tag tone="solid">{t('calendar.now')}</Tag>
                  </span>
                ) : null}
              </span>
              <span className="text-base">
                <DateRange from={phase.from} to={phase.to} />
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
