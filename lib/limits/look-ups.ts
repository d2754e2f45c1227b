import type { BudgetName } from './budgets';
import type { Spent } from './types';

/** Takes one act out of a budget: `spend` of this folder, or a test's own. */
export type Spend = (budget: BudgetName, key: string) => Promise<Spent>;

/**
 * Before anything whose answer tells a member of the staff whether a DNI is on the roll: at the desk,
 * for an addition, a tacha or an inclusion. They draw on one budget, or one would be the way around
 * the other.
 * @param key staff id
 */
export async function spendLookUp(spend: Spend, key: string): Promise<Spent> {
  for (const budget of ['desk-lookup', 'desk-lookup-day'] as const) {
    const spent = await spend(budget, key);
    if (!spent.ok) return spent;
  }
  return { ok: true };
}
