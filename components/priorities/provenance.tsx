import { useTranslations } from 'next-intl';
import type { PriorityView } from '@/lib/priorities/types';
import { Details } from '../ui/details';

/** Where the figures come from, each with its year, and the hash of the whole proposal. */
export function Provenance({ view }: { readonly view: PriorityView }) {
  const t = useTranslations('priorities.provenance');
  const { districts, resultInputHash, resultVersion } = view.document;
  const years = (pick: (district: (typeof districts)[number]) => number): string =>
    [...new Set(districts.map(pick))].sort((a, b) => a - b).join(', ');
  return (
    <Details summary={t('title')}>
      <div className="max-w-(--container-text) space-y-3">
        <p>
          {t('figures', {
            population: years((district) => district.populationYear),
            poverty: years((district) => district.povertyYear),
          })}
        </p>
        <p>{t('result', { version: resultVersion })}</p>
        <p>
          <code className="text-base break-all">{resultInputHash}</code>
        </p>
        <p>{t('hash')}</p>
        <p>
          <code className="text-base break-all">{view.documentHash}</code>
        </p>
      </div>
    </Details>
  );
}
