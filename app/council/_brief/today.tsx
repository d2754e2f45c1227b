import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { DIMENSION_IDS } from '@/lib/plan/types';
import type { PriorityView } from '@/lib/priorities/types';
import { percentBp } from '@/lib/priorities/words';
import { DimensionMark } from '@/components/dimension';

/** What must be approved today; after adoption, what was approved. */
export function Today({
  view,
  roundId,
}: {
  readonly view: PriorityView | null;
  readonly roundId: string;
}) {
  const t = useTranslations('council.today');
  if (!view) {
    return (
      <Section title={t('title')}>
        <p>{t('nothing')}</p>
      </Section>
    );
  }
  const decided = new Map(view.decisions.map((each) => [each.dimension, each.adoptedBp]));
  const year = view.nextCycle.fiscalYear.toString();
  const left = DIMENSION_IDS.length - decided.size;
  return (
    <Section title={view.adoption ? t('doneTitle') : t('title')}>
      <p className="mb-4 max-w-(--container-text)">
        {view.adoption
          ? t('done', { year, by: view.adoption.adoptedBy })
          : left > 0
            ? t('decide', { left, year })
            : t('adopt', { year })}
      </p>
      <ul className="mb-5 grid grid-cols-2 gap-4 lg:grid-cols-4 print:grid-cols-4">
        {DIMENSION_IDS.map((code) => {
          const adopted = decided.get(code);
          return (
            <li key={code} className="border-line border bg-white p-4 print:p-2">
              <DimensionMark code={code} size={22} />
              <span className="mt-2 block text-2xl font-semibold">
                {percentBp(adopted ?? view.document.weights.weightsBp[code])}
              </span>
              <span className="block text-base">
                {adopted === undefined ? t('proposed') : t('decided')}
              </span>
            </li>
          );
        })}
      </ul>
      <p className="flex flex-wrap gap-4 print:hidden">
        <ButtonLink href={`/council/priorities/${view.id}`}>
          {view.adoption ? t('see') : t('go')}
        </ButtonLink>
        <ButtonLink href={`/resultados/${roundId}`} variant="secondary">
          {t('result')}
        </ButtonLink>
      </p>
    </Section>
  );
}
