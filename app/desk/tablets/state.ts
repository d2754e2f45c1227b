import type { PreparedTablet } from '@/lib/tablets/commands/prepare-tablet';

/** What the form shows after it was sent: what is wrong, or what was reserved. */
export interface PrepareState {
  readonly errors: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  readonly prepared: PreparedTablet | null;
}

export const NOTHING_SENT: PrepareState = { errors: {}, values: {}, prepared: null };
