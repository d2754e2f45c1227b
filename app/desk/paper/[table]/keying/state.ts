/** What the keying form shows after it was sent: what is wrong by contest, and what was typed. */
export interface KeyingState {
  /** By contest id, or `form` for the paper as a whole. */
  readonly errors: Readonly<Record<string, string>>;
  readonly typed: Readonly<Record<string, string>>;
}

export const NOTHING_KEYED: KeyingState = { errors: {}, typed: {} };
