import { useEffect, useState, useSyncExternalStore } from 'react';
import { watchLive, type LiveState } from '@/lib/results/live-client';

const NOTHING_YET: LiveState = { snapshot: null, online: true };

/** The newest figures of the round; of one contest's bars when it is for some districts only. */
export function useLive(boxUrl: string, round: string, contest: string | undefined): LiveState {
  const [state, setState] = useState(NOTHING_YET);
  useEffect(
    () =>
      watchLive({ boxUrl, round, contest }, (next) => {
        // Another contest's stream begins without figures: the last ones stay on the wall meanwhile.
        setState((last) => ({ ...next, snapshot: next.snapshot ?? last.snapshot }));
      }),
    [boxUrl, round, contest],
  );
  return state;
}

const SECOND_MS = 1000;

function wholeSecond(ms: number): number {
  return Math.floor(ms / SECOND_MS) * SECOND_MS;
}

/** A clock that goes at this machine's pace and starts at the server's time. */
function clockFrom(serverNow: number) {
  let skew: number | null = null;
  return {
    read: (): number => {
      skew ??= serverNow - Date.now();
      return wholeSecond(Date.now() + skew);
    },
    subscribe: (tick: () => void): (() => void) => {
      const timer = setInterval(tick, SECOND_MS);
      return () => {
        clearInterval(timer);
      };
    },
  };
}

/** The server's time, second by second; what the page was made with until it wakes up. */
export function useServerClock(serverNow: number): number {
  const [clock] = useState(() => clockFrom(serverNow));
  return useSyncExternalStore(clock.subscribe, clock.read, () => wholeSecond(serverNow));
}

const ASK_EVERY_MS = 15_000;

/**
 * Loads the page anew when the round moved on in the registry (opened, counted, published). It asks
 * first and reloads only after an answer, so that a hall without network keeps what is on the wall.
 */
export function useReloadWhenRoundMoves(code: string, state: string): void {
  useEffect(() => {
    const ask = async (): Promise<void> => {
      try {
        const answer = await fetch(`/screen/${encodeURIComponent(code)}/state`, {
          cache: 'no-store',
        });
        if (!answer.ok) return;
        const now: unknown = await answer.json();
        const moved =
          typeof now === 'object' && now !== null && 'state' in now && now.state !== state;
        if (moved) location.reload();
      } catch {
        // No network: the offline notice says so, and the next try comes by itself.
      }
    };
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, [code, state]);
}
