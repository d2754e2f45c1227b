import type { RegistryDatabase } from '@/db/registry/client';
import { inTransaction } from '@/db/transaction';
import { checkAndKeep, type ChainState } from '@/lib/audit/chain';
import { recordAudit } from '@/lib/audit/commands';
import { ok } from '@/lib/shared/result';

/** Is the audit chain whole? What is found is kept; a break is itself an entry, for all to see. */
export async function checkAudit(db: RegistryDatabase): Promise<ChainState> {
  const state = await checkAndKeep(db);
  const { problem } = state;
  if (problem !== null) {
    await inTransaction(db, async (tx) => {
      await recordAudit(tx, {
        actor: 'worker',
        action: 'audit.broken',
        subject: 'audit',
        details: { ...problem },
      });
      return ok(null);
    });
  }
  return state;
}
