import { and, eq, inArray } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { rollInclusion } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type StaffActor } from '@/lib/auth/actor';
import { openText } from '@/lib/roll/person-crypto';
import type { RollKeys } from '@/lib/roll/types';
import { ok, refuse } from '@/lib/shared/result';
import { mayDecideLists } from '../policy';

/**
 * The whole DNI of a request that waits for a decision, so that both people compare it with the
 * register; every look is recorded. Null: not theirs to see, decided by now, or from before the page
 * kept it.
 */
export async function readDni(
  db: RegistryDatabase,
  keys: RollKeys,
  actor: StaffActor,
  id: string,
): Promise<string | null> {
  if (!mayDecideLists(actor)) return null;
  const read = await inTransaction<string, 'nothing'>(db, async (tx) => {
    const [of] = await tx
      .select({ dniSealed: rollInclusion.dniSealed, roundId: rollInclusion.roundId })
      .from(rollInclusion)
      .where(and(eq(rollInclusion.id, id), inArray(rollInclusion.state, ['filed', 'accepted'])));
    if (!of?.dniSealed) return refuse('nothing');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'list.dni-read',
      subject: `inclusion:${id}`,
      details: { round: of.roundId },
    });
    return ok(openText(keys.people, 'dni', of.dniSealed));
  });
  return read.ok ? read.value : null;
}
