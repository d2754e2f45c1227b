import { useTranslations } from 'next-intl';
import type { CycleSummary } from '@/lib/cycle/queries';
import type { Happening } from './now';
import { NowPanel } from './now-panel';

/** The top of the home page: what this is, and what is asked of you today. */
export function Welcome({
  cycle,
  happening,
}: {
  readonly cycle: CycleSummary | null;
  readonly happening: Happening | null;
}) {
  const t = useTranslations('home.welcome');
  return (
    <div className="mb-14 grid items-start gap-x-12 gap-y-6 pt-2 md:grid-cols-[1.15fr_1fr] md:grid-rows-[auto_1fr]">
      <div>
        <p className="text-accent mb-2 font-semibold">
          {cycle ? t('eyebrow', { year: String(cycle.fiscalYear) }) : t('eyebrowNoCycle')}
        </p>
        <h1 className="text-4xl sm:text-5xl">{t('title')}</h1>
      </div>
      {happening ? (
        <div className="md:col-start-2 md:row-span-2 md:row-start-1">
          <NowPanel happening={happening} />
        </div>
      ) : null}
      <div className="md:col-start-1">
        <p className="text-lg leading-normal">{t('lead')}</p>
        <p className="mt-3">{t('name')}</p>
      </div>
    </div>
  );
}
