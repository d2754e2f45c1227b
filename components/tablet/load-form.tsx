import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Progress } from '@/components/ui/progress';
import type { KeptTablet } from './kept';
import { loadTablet, type LoadProblem } from './load';
import type { Opened } from './opening';
import { formatTableKey, newTableKey, readTableKey } from './table-key';
import type { TabletEntry } from './tablet';

/**
 * With a network, once: the device shows the table's key, which the officers write down and type
 * back, then makes its vouchers and seals them under it.
 */
export function LoadForm({
  entry,
  isAgain,
  onLoaded,
}: {
  readonly entry: TabletEntry;
  /** A load was begun on this device and cut: it goes on with the same key, which is shown once. */
  readonly isAgain: boolean;
  readonly onLoaded: (tablet: KeptTablet, opened: Opened) => void;
}) {
  const t = useTranslations('tablet.load');
  const [problem, setProblem] = useState<LoadProblem | 'pin-differs' | null>(null);
  const [shown] = useState(() => (isAgain ? null : newTableKey()));
  const [done, setDone] = useState<{ done: number; of: number } | null>(null);
  const residents = entry.groups.reduce((sum, group) => sum + group.residents, 0);
  const load = async (typed: string): Promise<void> => {
    const secret = readTableKey(typed);
    if (shown === null ? secret === '' : secret !== shown) {
      setProblem('pin-differs');
      return;
    }
    setProblem(null);
    setDone({ done: 0, of: residents });
    const loaded = await loadTablet({
      ...entry,
      secret,
      onProgress: (made, of) => {
        setDone({ done: made, of });
      },
    }).catch(() => ({ ok: false, reason: 'unavailable' }) as const);
    setDone(null);
    if (loaded.ok) onLoaded(loaded.value.tablet, loaded.value.opened);
    else setProblem(loaded.reason);
  };
  return (
    <>
      <PageHeader
        eyebrow={entry.id}
        title={t('title', { place: entry.place })}
        lead={t('lead', { round: entry.roundName, residents })}
      />
      {isAgain ? <Notice tone="info">{t('again')}</Notice> : null}
      {problem === null || problem === 'pin-differs' ? null : (
        <Notice tone="danger">{t(`problem.${problem}`)}</Notice>
      )}
      <p className="mb-6 max-w-(--container-text)">{t('closes', { closes: entry.closes })}</p>
      {shown === null ? null : (
        <Notice tone="info" title={t('key')}>
          <p data-testid="table-key" className="my-2 text-2xl font-bold tabular-nums sm:text-4xl">
            {formatTableKey(shown)}
          </p>
          <p className="mb-4">{t('keyWhy')}</p>
          <Button
            type="button"
            variant="secondary"
            onClick={() => {
              window.print();
            }}
          >
            {t('printKey')}
          </Button>
        </Notice>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const pin = new FormData(event.currentTarget).get('pin');
          void load(typeof pin === 'string' ? pin : '');
        }}
      >
        <TextInput
          id="pin"
          name="pin"
          label={t('pin')}
          hint={shown === null ? undefined : t('pinHint')}
          autoComplete="off"
          error={problem === 'pin-differs' ? t('pinDiffers') : undefined}
        />
        <Button type="submit" disabled={done !== null}>
          {t('load')}
        </Button>
      </form>
      {done === null ? null : (
        <div className="mt-6" role="status">
          <Progress value={done.done} max={done.of} label={t('progress')} />
        </div>
      )}
    </>
  );
}
