'use client';

import { useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';

function subscribe(changed: () => void): () => void {
  document.addEventListener('fullscreenchange', changed);
  return () => {
    document.removeEventListener('fullscreenchange', changed);
  };
}

/** Fills the screen, where the browser can and the kiosk was not installed as an app. */
export function FullScreen({ label }: { readonly label: string }) {
  const isNeeded = useSyncExternalStore(
    subscribe,
    () =>
      document.fullscreenEnabled &&
      document.fullscreenElement === null &&
      !window.matchMedia('(display-mode: fullscreen)').matches,
    () => false,
  );
  if (!isNeeded) return null;
  return (
    <Button
      type="button"
      variant="quiet"
      onClick={() => {
        void document.documentElement.requestFullscreen().catch(() => undefined);
      }}
    >
      {label}
    </Button>
  );
}
