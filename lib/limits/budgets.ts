/**
 * How often something may be asked for, in one table. A budget is spent before the act, by a key: an
 * address, a phone number, a DNI's hash, a person of the staff, or everybody together (`all`).
 * Numbers by address leave room for a hall behind one connection and for the carriers that put
 * thousands of phones behind one; MINKA_LIMIT_FACTOR multiplies what is shared where that is not enough.
 */

export interface Budget {
  /** How many acts fit into a window. */
  readonly points: number;
  /** The length of the window, from its first act. */
  readonly seconds: number;
  readonly by: 'address' | 'number' | 'prefix' | 'person' | 'all' | 'alarm';
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const BUDGETS = {
  /** Somebody types a DNI and asks for a code. The ten a day of each DNI are counted by lib/roll. */
  'code-request': { points: 120, seconds: 10 * MINUTE, by: 'address' },
  /** Somebody types a code. */
  'code-check': { points: 240, seconds: 10 * MINUTE, by: 'address' },
  /** A visit to the identity provider, and the way back from it. */
  'identity-visit': { points: 120, seconds: 10 * MINUTE, by: 'address' },
  /** A signature on a blinded key; one is enough, some are lost on the way. */
  'credential-address': { points: 240, seconds: 10 * MINUTE, by: 'address' },
  'credential-resident': { points: 20, seconds: HOUR, by: 'person' },
  /** Staff: a passkey is tried or made, or the municipality's account; each takes two steps. */
  'sign-in': { points: 120, seconds: 10 * MINUTE, by: 'address' },
  /** What gateways tell us about messages. */
  receipts: { points: 6000, seconds: MINUTE, by: 'address' },
  /** Staff: a file or a photo comes in. */
  upload: { points: 300, seconds: 10 * MINUTE, by: 'person' },
  /** A request to be put on the list, by the page. */
  challenge: { points: 30, seconds: HOUR, by: 'address' },
  'challenge-person': { points: 10, seconds: DAY, by: 'person' },
  /** Requests to be put on the list, by the page: beyond it there is the desk, and an alarm. */
  'inclusion-day': { points: 3000, seconds: DAY, by: 'all' },
  /** Somebody looks how a filing goes on: its fifty random bits are not guessed at this pace. */
  'matter-lookup': { points: 240, seconds: 10 * MINUTE, by: 'address' },
  /** An officer looks a DNI up: a queue, not a copy of the roll. */
  'desk-lookup': { points: 40, seconds: 10 * MINUTE, by: 'person' },
  'desk-lookup-day': { points: 400, seconds: DAY, by: 'person' },
  /** Messages that really leave (T9): per phone, per thousand of the numbering plan, altogether. */
  'sms-number': { points: 10, seconds: DAY, by: 'number' },
  'sms-prefix': { points: 2000, seconds: DAY, by: 'prefix' },
  'sms-day': { points: 60_000, seconds: DAY, by: 'all' },
  /** Nobody is refused for these: beyond them a person has to look. */
  'alarm-code-requests': { points: 6000, seconds: HOUR, by: 'all' },
  'alarm-wrong-codes': { points: 1200, seconds: HOUR, by: 'all' },
  'alarm-inclusions': { points: 300, seconds: HOUR, by: 'all' },
  /** An alarm is told once an hour. */
  'alarm-told': { points: 1, seconds: HOUR, by: 'alarm' },
} as const satisfies Readonly<Record<string, Budget>>;

export type BudgetName = keyof typeof BUDGETS;

const SHARED: readonly Budget['by'][] = ['address', 'prefix', 'all'];

/** The budget as this installation has it: `factor` is MINKA_LIMIT_FACTOR. */
export function budgetOf(name: BudgetName, factor: number): Budget {
  const budget: Budget = BUDGETS[name];
  return SHARED.includes(budget.by) ? { ...budget, points: budget.points * factor } : budget;
}
