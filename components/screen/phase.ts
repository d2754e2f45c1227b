export type ScreenPhase = 'before' | 'open' | 'closing' | 'counting' | 'published';

/**
 * What the hall is told. The registry's state is what the page was made with; the ballot box's is
 * newer, and the clock decides between them: no screen says "open" after the closing time.
 */
export function screenPhase(at: {
  readonly roundState: string;
  readonly boxState: 'scheduled' | 'open' | 'closed' | null;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly now: number;
}): ScreenPhase {
  if (at.roundState === 'published') return 'published';
  if (at.boxState === 'closed' || ['closed', 'tallying', 'tallied'].includes(at.roundState)) {
    return 'counting';
  }
  if (at.roundState === 'draft' || at.roundState === 'opening') {
    if (at.boxState !== 'open') return 'before';
  }
  if (at.roundState === 'closing' || at.now >= at.closesAt) return 'closing';
  return at.now < at.opensAt || at.boxState === 'scheduled' ? 'before' : 'open';
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The two largest units that are left: "11 d 3 h", "2 h 14 min", "14 min 05 s". */
export function countdown(ms: number): string {
  const left = Math.max(0, ms);
  const days = Math.floor(left / DAY_MS);
  const hours = Math.floor((left % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((left % HOUR_MS) / MINUTE_MS);
  const seconds = Math.floor((left % MINUTE_MS) / SECOND_MS);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return `${minutes} min ${seconds.toString().padStart(2, '0')} s`;
}
