import 'server-only';
import { registry } from '@/db/registry/client';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { createLog } from '@/lib/shared/log';
import { ok } from '@/lib/shared/result';
import type { BudgetName } from './budgets';
import { spend } from './spend';

/** Tells people, once an hour, that something is asked for far more often than ever: log and audit. */
export async function raiseAlarm(budget: Extract<BudgetName, `alarm-${string}`>): Promise<void> {
  if (!(await spend('alarm-told', budget)).ok) return;
  createLog('web').error({ budget }, 'far more than usual; somebody has to look');
  await inTransaction(registry(), async (tx) => {
    await recordAudit(tx, { actor: 'system', action: 'limits.alarm', subject: `budget:${budget}` });
    return ok(null);
  });
}
