import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { PrintButton } from './print-button';
import type { SlipPaper } from './slip-addresses';

/** A slip as it comes out of the printer, with the choice of paper above it on the screen. */
export async function Slip({
  title,
  back,
  paper,
  hrefs,
  children,
}: {
  readonly title: string;
  readonly back: string;
  readonly paper: SlipPaper;
  /** The same slip on each paper. */
  readonly hrefs: Readonly<Record<SlipPaper, string>>;
  readonly children: ReactNode;
}) {
  const [t, common] = await Promise.all([getTranslations('desk.slip'), getTranslations('common')]);
  const look =
    paper === '80'
      ? 'slip-80 w-[72mm] text-[11pt] print:w-auto'
      : 'max-w-[120mm] text-[13pt] print:max-w-none';
  return (
    <>
      <div className="print:hidden">
        <PageHeader title={title} back={{ href: back, label: common('back') }}>
          <p className="flex flex-wrap items-center gap-x-6 gap-y-3">
            <PrintButton label={t('print')} />
            {(['80', 'a4'] as const).map((each) => (
              <a
                key={each}
                href={hrefs[each]}
                aria-current={each === paper ? 'true' : undefined}
                className="aria-[current]:font-bold"
              >
                {t(`paper.${each}`)}
              </a>
            ))}
          </p>
        </PageHeader>
      </div>
      <article
        className={`border-ink border bg-white p-[4mm] leading-snug print:border-0 print:p-0 ${look}`}
      >
        {children}
      </article>
    </>
  );
}
