import { useTranslations } from 'next-intl';
import { Section } from '@/components/ui/section';

const STEPS = ['vote', 'count', 'council', 'works'] as const;

/** Line drawings, 48 × 48: a ballot falls into its box; knots on a quipu; the council; a finished bridge. */
const DRAWINGS: Readonly<Record<(typeof STEPS)[number], { ink: string; thread: string }>> = {
  vote: { ink: 'M6 24h36v18H6zM15 24h18', thread: 'M17 6h14v18H17zM21 12h6M21 17h6' },
  count: {
    ink: 'M4 10c13 5 27 5 40 0M12 12.500v28M20 13.700v30M28 13.700v24M36 12.500v30',
    thread: 'M12 22h.1M12 30h.1M20 21h.1M20 28h.1M20 35h.1M28 24h.1M36 20h.1M36 27h.1M36 34h.1',
  },
  council: {
    ink: 'M4 18 24 6l20 12zM6 42h36M11 18v20M37 18v20',
    thread: 'M20 38V24M28 38V24M16 42',
  },
  works: { ink: 'M3 26h42M8 26v14M40 26v14M8 40c0-18 32-18 32 0', thread: 'M17 14l5 5 10-12' },
};

/** How a vote becomes works, in four plain steps joined by a line. */
export function HowItWorks({
  effect,
}: {
  readonly effect?: 'consultivo' | 'criterio' | 'vinculante';
}) {
  const t = useTranslations('home.how');
  return (
    <Section title={t('title')}>
      <ol className="grid gap-x-8 gap-y-0 md:grid-cols-4">
        {STEPS.map((step, index) => (
          <li key={step} className="relative grid grid-cols-[4.5rem_1fr] pb-8 md:block md:pb-0">
            {index < STEPS.length - 1 ? (
              <span
                aria-hidden="true"
                className="border-line-strong absolute top-18 bottom-0 left-[2.2rem] border-l-4 border-dotted md:top-9 md:right-[-2rem] md:bottom-auto md:left-20 md:border-t-4 md:border-l-0"
              />
            ) : null}
            <svg
              viewBox="0 0 48 48"
              aria-hidden="true"
              className="bg-paper relative size-18 p-1"
              fill="none"
              strokeWidth="2.6"
              strokeLinecap="round"
              strokeLinejoin="round"
            >
              <path d={DRAWINGS[step].ink} className="stroke-ink" />
              <path
                d={DRAWINGS[step].thread}
                className="stroke-social"
                strokeWidth={step === 'count' ? 6 : 3}
              />
            </svg>
            <div className="md:mt-3">
              <h3 className="text-xl">
                <span className="sr-only">{index + 1}. </span>
                {t(`${step}.title`)}
              </h3>
              <p className="mt-1 text-base">{t(`${step}.text`)}</p>
            </div>
          </li>
        ))}
      </ol>
      {effect ? (
        <p className="border-line-strong mt-2 max-w-(--container-text) border-l-4 pl-4 text-base md:mt-8">
          {t(`effect.${effect}`)}
        </p>
      ) : null}
    </Section>
  );
}
