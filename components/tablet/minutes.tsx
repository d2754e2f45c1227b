import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/table';
import { shortHead } from '@/lib/tablets/device';
import type { TabletMinutes } from '@/lib/tablets/types';

/** What is photographed with the signed sheet. */
export function Minutes({ minutes }: { readonly minutes: TabletMinutes }) {
  const t = useTranslations('tablet.minutes');
  return (
    <DataTable
      caption={t('caption')}
      head={[t('what'), t('figure')]}
      rows={[
        [t('checkIns'), String(minutes.checkIns)],
        [t('ballots'), String(minutes.ballots)],
        [t('unused'), String(minutes.vouchers - minutes.ballots)],
        [
          t('head'),
          <strong key="head" className="text-xl tabular-nums">
            {shortHead(minutes.head)}
          </strong>,
        ],
      ]}
    />
  );
}
