import 'server-only';
import type { RegistryDatabase } from '@/db/registry/client';
import { inTransaction } from '@/db/transaction';
import type { Actor } from '@/lib/auth/actor';
import { addStaff, addStaffIn, changeRoles, type NewStaff } from '@/lib/auth/commands';
import { rolesOf } from '@/lib/auth/person-changes';
import type { Role } from '@/lib/auth/roles';
import { ok, type Result } from '@/lib/shared/result';
import { askIn } from './commands';

/**
 * The doors of who works here: a role that takes part in acts of two people waits for the second
 * person (staff.grant), any other is given at once.
 */

/** Whether it was done, or waits for a second person. */
type Given = 'done' | 'asked';

/** Adds somebody; until the second person's yes she has no role and does not come in. */
export async function addOrAsk(
  db: RegistryDatabase,
  actor: Actor,
  { reason, ...person }: NewStaff & { readonly reason: string },
): Promise<Result<Given, string>> {
  const added = await addStaff(db, actor, person);
  if (added.ok) return ok('done');
  if (added.reason !== 'two-people') return added;
  return inTransaction<Given, string>(db, async (tx) => {
    const waiting = await addStaffIn(tx, actor, { ...person, roles: [] });
    if (!waiting.ok) return waiting;
    const payload = { before: [], roles: [...person.roles] };
    const asked = await askIn(tx, actor, {
      kind: 'staff.grant',
      subject: person.id,
      payload,
      reason,
    });
    return asked.ok ? ok('asked') : asked;
  });
}

/** Changes roles; when one of two people is among the new ones, all of them wait together. */
export async function changeRolesOrAsk(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly staffId: string; readonly roles: readonly Role[]; readonly reason: string },
): Promise<Result<Given, string>> {
  const changed = await changeRoles(db, actor, input);
  if (changed.ok) return ok('done');
  if (changed.reason !== 'two-people') return changed;
  return inTransaction<Given, string>(db, async (tx) => {
    const before = await rolesOf(tx, input.staffId);
    const asked = await askIn(tx, actor, {
      kind: 'staff.grant',
      subject: input.staffId,
      payload: { before, roles: [...input.roles] },
      reason: input.reason,
    });
    return asked.ok ? ok('asked') : asked;
  });
}
