import 'server-only';
import { and, eq, isNull, ne, or, sql } from 'drizzle-orm';
import type { Registry, RegistryTransaction } from '@/db/registry/client';
import { passkey, staff, staffRole } from '@/db/registry/schema';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { auditActor, type Actor } from './actor';
import type { Role } from './roles';
import { revokeSessions } from './sessions';

/** Steps of what is done to a person, inside the transaction of a command or of a decision. */

/** Locks a person who may come in, so that acts on her take turns; whether there is such a one. */
export async function lockPerson(tx: RegistryTransaction, staffId: string): Promise<boolean> {
  const found = await tx
    .select({ id: staff.id })
    .from(staff)
    .where(and(eq(staff.id, staffId), isNull(staff.disabledAt)))
    .for('no key update');
  return found.length === 1;
}

// In a query over one table columns are written without it: inside the subquery the table is named.
const administers = sql`exists (
  select 1 from ${staffRole} as held
  where held.staff_id = ${staff}.id and held.role = 'administrator')`;

/**
 * Locks a person and everybody who administers, in one order, so that two of them never wait for
 * each other and the last one stays; whether the person is there and may come in.
 */
export async function lockWithAdministrators(
  tx: RegistryTransaction,
  staffId: string,
): Promise<boolean> {
  const locked = await tx
    .select({ id: staff.id })
    .from(staff)
    .where(and(isNull(staff.disabledAt), or(eq(staff.id, staffId), administers)))
    .orderBy(staff.id)
    .for('no key update');
  return locked.some(({ id }) => id === staffId);
}

/** How many people may administer besides this one. */
export async function otherAdministrators(db: Registry, staffId: string): Promise<number> {
  return db.$count(staff, and(isNull(staff.disabledAt), ne(staff.id, staffId), administers));
}

/** The roles of a person at this moment, sorted. */
export async function rolesOf(db: Registry, staffId: string): Promise<Role[]> {
  const held = await db
    .select({ role: staffRole.role })
    .from(staffRole)
    .where(eq(staffRole.staffId, staffId));
  return held.map(({ role }) => role).sort();
}

/** How many passkeys let this person in. */
export async function passkeysInUse(db: Registry, staffId: string): Promise<number> {
  return db.$count(passkey, and(eq(passkey.staffId, staffId), isNull(passkey.removedAt)));
}

/**
 * Puts exactly these roles in the place of the old ones and ends every session: a cookie never
 * outlives what it was given for. The caller has called `lockWithAdministrators`.
 */
export async function replaceRoles(
  tx: RegistryTransaction,
  actor: Actor,
  input: { readonly staffId: string; readonly roles: readonly Role[]; readonly reason: string },
): Promise<Result<null, 'last-administrator'>> {
  const { staffId, roles, reason } = input;
  if (!roles.includes('administrator') && (await otherAdministrators(tx, staffId)) === 0) {
    return refuse('last-administrator');
  }
  await tx.delete(staffRole).where(eq(staffRole.staffId, staffId));
  await tx.insert(staffRole).values(roles.map((role) => ({ staffId, role })));
  await revokeSessions(tx, staffId);
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'staff.roles-changed',
    subject: `staff:${staffId}`,
    details: { roles, reason },
  });
  return ok(null);
}
