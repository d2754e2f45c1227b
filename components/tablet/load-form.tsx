import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Progress } from '@/components/ui/progress';
import { loadTablet, type LoadProblem } from './load';
import type { KeptTablet } from './store';
import type { TabletEntry } from './tablet';

const PIN_SHAPE = /^\d{6,12}$/;

/** With a network, once: the officers choose a number, the device makes and seals its vouchers. */
export function LoadForm({
  entry,
  isAgain,
  onLoaded,
}: {
  readonly entry: TabletEntry;
  /** A load was begun on this device and cut: it goes on with the same number. */
  readonly isAgain: boolean;
  readonly onLoaded: (tablet: KeptTablet, key: CryptoKey) => void;
}) {
  const t = useTranslations('tablet.load');
  const [problem, setProblem] = useState<LoadProblem | 'pin-shape' | null>(null);
  const [done, setDone] = useState<{ done: number; of: number } | null>(null);
  const residents = entry.groups.reduce((sum, group) => sum + group.residents, 0);
  const load = async (pin: string): Promise<void> => {
    if (!PIN_SHAPE.test(pin)) {
      setProblem('pin-shape');
      return;
    }
    setProblem(null);
    setDone({ done: 0, of: residents });
    const loaded = await loadTablet({
      ...entry,
      pin,
      onProgress: (made, of) => {
        setDone({ done: made, of });
      },
    }).catch(() => ({ ok: false, reason: 'unavailable' }) as const);
    setDone(null);
    if (loaded.ok) onLoaded(loaded.value.tablet, loaded.value.key);
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
      {problem === null || problem === 'pin-shape' ? null : (
        <Notice tone="danger">{t(`problem.${problem}`)}</Notice>
      )}
      <p className="mb-6 max-w-(--container-text)">{t('closes', { closes: entry.closes })}</p>
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
          hint={t('pinHint')}
          inputMode="numeric"
          autoComplete="off"
          width="short"
          error={problem === 'pin-shape' ? t('pinShape') : undefined}
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
