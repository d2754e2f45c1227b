import { useCallback, useEffect, useState } from 'react';

const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Notices that nobody touches the page: `isWarned` after `quietMs`, and `onGone` when another
 * `graceMs` pass without a touch. Off while `isOn` is false.
 */
export function useIdle({
  isOn,
  quietMs,
  graceMs,
  onGone,
}: {
  readonly isOn: boolean;
  readonly quietMs: number;
  readonly graceMs: number;
  readonly onGone: () => void;
}): { readonly isWarned: boolean; readonly stay: () => void } {
  const [isWarned, setWarned] = useState(false);
  const stay = useCallback(() => {
    setWarned(false);
  }, []);
  useEffect(() => {
    if (!isOn) return;
    let timer: ReturnType<typeof setTimeout>;
    const begin = (): void => {
      clearTimeout(timer);
      timer = isWarned
        ? setTimeout(onGone, graceMs)
        : setTimeout(() => {
            setWarned(true);
          }, quietMs);
    };
    begin();
    const touched = (): void => {
      if (isWarned) stay();
      else begin();
    };
    for (const touch of TOUCHES) window.addEventListener(touch, touched, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const touch of TOUCHES) window.removeEventListener(touch, touched);
    };
  }, [isOn, isWarned, quietMs, graceMs, onGone, stay]);
  return { isWarned: isOn && isWarned, stay };
}
