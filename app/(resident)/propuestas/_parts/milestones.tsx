import { useLocale, useTranslations } from 'next-intl';
import { Bar } from '@/components/charts/bar';
import { DateText } from '@/components/date';
import { Soles } from '@/components/money';
import { Section } from '@/components/ui/section';
import { pickText } from '@/lib/i18n/text';
import type { ProposalDetail } from '@/lib/proposals/queries';

/** The way from the council's act to the finished work, the latest step first. */
export function Milestones({
  milestones,
  costCents,
}: {
  readonly milestones: ProposalDetail['milestones'];
  readonly costCents: number;
}) {
  const t = useTranslations('proposals');
  const locale = useLocale();
  const latest = milestones.at(-1);
  if (!latest) return null;
  return (
    <Section title={t('followUp')}>
      <p>
        {t.rich('spent', {
          spent: () => <Soles cents={latest.spentCents} />,
          cost: () => <Soles cents={costCents} />,
        })}
      </p>
      <div className="border-line-strong mt-2 mb-6 border bg-white">
        <Bar share={latest.spentCents / Math.max(1, costCents)} />
      </div>
      <ol className="border-line-strong ml-2 border-l-4">
        {milestones.toReversed().map((milestone) => (
          <li key={milestone.position} className="relative pb-6 pl-6 last:pb-0">
            <span
              aria-hidden="true"
              className="border-paper bg-accent absolute top-1.5 -left-[0.78rem] size-5 rotate-45 border-4"
            />
            <p className="font-semibold">
              {t(`stage.${milestone.stage}`)} · <DateText value={milestone.happenedOn} />
            </p>
            <p className="mt-1">
              {pickText(locale, { es: milestone.noteEs, en: milestone.noteEn })}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
