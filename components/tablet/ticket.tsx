import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { formatCode } from '@/lib/ballots/receipt';

/** The code, to be written down: the tablet forgets it with the next person. */
export function Ticket({
  receipt,
  onDone,
}: {
  readonly receipt: string;
  readonly onDone: () => void;
}) {
  const t = useTranslations('tablet.ticket');
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Notice tone="success" title={t('code')}>
        <p data-testid="receipt" className="my-2 text-2xl font-bold tabular-nums sm:text-4xl">
          {formatCode(receipt)}
        </p>
        <p>{t('codeWhy')}</p>
      </Notice>
      <p className="mt-6">
        <Button type="button" onClick={onDone}>
          {t('done')}
        </Button>
      </p>
    </>
  );
}
