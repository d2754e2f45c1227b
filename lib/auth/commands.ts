import 'server-only';
import type { RegistryDatabase } from '@/db/registry/client';
import { staff, staffRole } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse } from '@/lib/shared/result';
import type { Result } from '@/lib/shared/result';
import { auditActor, isAdministrator } from './actor';
import type { Actor } from './actor';
import type { Role } from './roles';

export interface NewStaff {
  id: string;
  displayName: string;
  email: string;
  roles: readonly Role[];
}

/** Adds a person with roles; the address and the id belong to one person each. */
export async function addStaff(
  db: RegistryDatabase,
  actor: Actor,
  person: NewStaff,
): Promise<Result<string, 'not-allowed' | 'already-there'>> {
  if (!isAdministrator(actor)) return refuse('not-allowed');
  try {
    return await inTransaction(db, async (tx) => {
      await tx
        .insert(staff)
        .values({ id: person.id, displayName: person.displayName, email: person.email });
      await tx.insert(staffRole).values(person.roles.map((role) => ({ staffId: person.id, role })));
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'staff.added',
        subject: `staff:${person.id}`,
        details: { roles: person.roles },
      });
      return ok(person.id);
    });
  } catch (error) {
    if (violates(error, 'staff_pkey') || violates(error, 'staff_email_unique'))
      return refuse('already-there');
    throw error;
  }
}
