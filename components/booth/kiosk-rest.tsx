'use client';

import { useEffect } from 'react';
import { wipeKiosk } from './kiosk-leave';

/**
 * On the waiting page: whatever a crash or a closed window left behind is wiped again, unless the
 * person before only made a pause; and the browser's back button brings back no page of anybody.
 */
export function KioskRest({ mayWipe }: { readonly mayWipe: boolean }) {
  useEffect(() => {
    if (mayWipe) void wipeKiosk().catch(() => undefined);
    const fresh = (event: PageTransitionEvent): void => {
      if (event.persisted) location.reload();
    };
    window.addEventListener('pageshow', fresh);
    return () => {
      window.removeEventListener('pageshow', fresh);
    };
  }, [mayWipe]);
  return null;
}
