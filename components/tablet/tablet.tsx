'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useState } from 'react';
import { Notice } from '@/components/ui/notice';
import type { Manifest } from '@/lib/rounds/manifest';
import { Closed } from './closed';
import { keepPageOffline } from './keep-page';
import { LoadForm } from './load-form';
import type { KeptTablet } from './kept';
import type { Opened } from './opening';
import { keptTablet } from './store';
import { Unlock } from './unlock';
import { Working } from './working';

/** What the page knows when it is first opened, with a network. */
export interface TabletEntry {
  readonly id: string;
  readonly place: string;
  readonly round: string;
  readonly roundName: string;
  readonly closes: string;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly groups: readonly { readonly group: string; readonly residents: number }[];
}

/**
 * An assembly's tablet: loaded with a network, used without one, brought back with one. The same
 * page opens in all three, and everything it needs lies on the device.
 */
export function Tablet({ entry }: { readonly entry: TabletEntry }) {
  const t = useTranslations('tablet');
  const [tablet, setTablet] = useState<KeptTablet | null | undefined>(undefined);
  const [opened, setOpened] = useState<Opened | null>(null);
  const reload = useCallback(() => {
    keptTablet(entry.id).then(
      (kept) => {
        setTablet(kept ?? null);
      },
      () => {
        setTablet(null);
      },
    );
  }, [entry.id]);
  useEffect(reload, [reload]);
  useEffect(() => {
    void keepPageOffline();
  }, []);

  if (tablet === undefined) return <p role="status">{t('opening')}</p>;
  if (tablet === null || tablet.phase === 'loading') {
    return (
      <LoadForm
        entry={entry}
        isAgain={tablet !== null}
        onLoaded={(loaded, key) => {
          setTablet(loaded);
          setOpened(key);
        }}
      />
    );
  }
  if (tablet.phase === 'synced') {
    return (
      <Notice tone="success" title={t('synced.title')}>
        <p>{t('synced.body')}</p>
      </Notice>
    );
  }
  if (opened === null) return <Unlock tablet={tablet} onOpened={setOpened} />;
  if (tablet.phase === 'closed') return <Closed tablet={tablet} onChanged={reload} />;
  return (
    <Working
      {...{ tablet, opened }}
      manifest={entry.manifest}
      onChanged={reload}
      onLocked={() => {
        setOpened(null);
      }}
    />
  );
}
