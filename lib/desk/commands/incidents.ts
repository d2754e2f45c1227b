import type { RegistryDatabase } from '@/db/registry/client';
import { deskIncident } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { holdShift } from '@/lib/credentials/commands/in-shift';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { IncidentKind } from '../types';
import { mayKeepShifts } from '../policy';

/** Writes an incident down in the officer's shift, once per form. The audit says its kind only. */
export async function recordIncident(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly id: string; readonly kind: IncidentKind; readonly words: string },
): Promise<Result<{ readonly shiftId: string }, 'not-allowed' | 'no-shift'>> {
  if (!mayKeepShifts(actor)) return refuse('not-allowed');
  const { id, kind, words } = input;
  return inTransaction(db, async (tx) => {
    const shift = await holdShift(tx, actor.id);
    if (shift === null) return refuse('no-shift');
    const [made] = await tx
      .insert(deskIncident)
      .values({ id, kind, words, shiftId: shift.id })
      .onConflictDoNothing()
      .returning({ id: deskIncident.id });
    if (made !== undefined) {
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'desk.incident-recorded',
        subject: `shift:${shift.id}`,
        details: { kind },
      });
    }
    return ok({ shiftId: shift.id });
  });
}
