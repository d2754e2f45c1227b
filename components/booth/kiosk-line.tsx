'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { Notice } from '@/components/ui/notice';

function subscribe(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

/**
 * Says when the network is gone, on every page of a kiosk, and holds forms back until it returns:
 * sent without it, the browser would show an error page of its own, and nobody there to leave it.
 */
export function KioskLine({ title, why }: { readonly title: string; readonly why: string }) {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  useEffect(() => {
    const hold = (event: SubmitEvent): void => {
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    document.addEventListener('submit', hold, { capture: true });
    return () => {
      document.removeEventListener('submit', hold, { capture: true });
    };
  }, []);
  return (
    <div role="status">
      {isOnline ? null : (
        <Notice tone="warning" title={title}>
          <p>{why}</p>
        </Notice>
      )}
    </div>
  );
}
