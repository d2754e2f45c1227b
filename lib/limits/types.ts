/** Whether there was room in a budget. `unavailable`: nobody could count, so nothing is let through. */
export type Spent =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'limited' | 'unavailable';
      /** From 1: how long until asking again makes sense. */
      readonly retryAfterSeconds: number;
    };

export type NotSpent = Extract<Spent, { ok: false }>;
