import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import type { KeptTablet } from './kept';
import { keepClosed } from './store';
import { minutesOf } from './vote';

/** Asks before it closes for good: what is left of the vouchers goes with it. */
export function CloseTablet({
  tablet,
  onClosed,
  onBack,
}: {
  readonly tablet: KeptTablet;
  readonly onClosed: () => void;
  readonly onBack: () => void;
}) {
  const t = useTranslations('tablet.close');
  const [isBusy, setBusy] = useState(false);
  const voted = tablet.used.filter(Boolean).length;
  return (
    <>
      <PageHeader
        eyebrow={tablet.id}
        title={t('title')}
        lead={t('lead', { voted, left: tablet.used.length - voted })}
      />
      <div className="flex flex-wrap gap-3">
        <Button
          type="button"
          variant="danger"
          disabled={isBusy}
          onClick={() => {
            setBusy(true);
            void keepClosed(tablet.id, minutesOf).finally(onClosed);
          }}
        >
          {t('close')}
        </Button>
        <Button type="button" variant="secondary" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </>
  );
}
