import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import type { TabletReturn } from '@/lib/tablets/return-file';
import { bringBack, type BroughtBack } from './bring-back';

/** The button that brings everything home, however often it takes. */
export function BringBack({
  boxUrl,
  prepare,
  onDone,
}: {
  readonly boxUrl: string;
  readonly prepare: () => Promise<TabletReturn>;
  readonly onDone: () => void;
}) {
  const t = useTranslations('tablet.bring');
  const [sent, setSent] = useState<{ sent: number; of: number } | null>(null);
  const [answer, setAnswer] = useState<BroughtBack | null>(null);
  const go = async (): Promise<void> => {
    setAnswer(null);
    setSent({ sent: 0, of: 1 });
    const back = await prepare();
    const brought = await bringBack(back, boxUrl, (done, of) => {
      setSent({ sent: done, of });
    });
    setSent(null);
    setAnswer(brought);
    if (brought.ok) onDone();
  };
  return (
    <>
      {answer?.ok === false ? (
        <Notice tone="danger">{t(`problem.${answer.problem}`)}</Notice>
      ) : null}
      {answer?.ok === true ? (
        <Notice tone="success">
          {t('done', { voted: answer.voted, released: answer.released })}
        </Notice>
      ) : null}
      <Button
        type="button"
        disabled={sent !== null}
        onClick={() => {
          void go();
        }}
      >
        {t('go')}
      </Button>
      {sent === null ? null : (
        <div className="mt-4" role="status">
          <Progress value={sent.sent} max={sent.of} label={t('progress')} />
        </div>
      )}
    </>
  );
}
