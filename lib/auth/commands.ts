import 'server-only';
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { passkey, staff, staffRole } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse } from '@/lib/shared/result';
import type { Result } from '@/lib/shared/result';
import { auditActor } from './actor';
import type { Actor, StaffActor } from './actor';
import { may } from './permissions';
import type { Role } from './roles';
import { mintTicketIn, revokeSession, revokeSessions } from './sessions';

/** Who works in Minka: invited, given roles, let go, let in again. */

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
  if (!may(actor, 'manage-people')) return refuse('not-allowed');
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

/**
 * A link with which a person makes the first passkey. Whoever has one already is let in again by two
 * administrators, or adds another from the own account.
 */
export async function inviteStaff(
  db: RegistryDatabase,
  actor: Actor,
  staffId: string,
): Promise<Result<string, 'not-allowed' | 'unknown-person' | 'has-passkey'>> {
  if (!may(actor, 'manage-people')) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    if ((await passkeysInUse(tx, staffId)) > 0) return refuse('has-passkey');
    return mintTicketIn(tx, actor, staffId, 'enrol');
  });
}

/** A link with which a signed-in person adds another passkey of her own. */
export async function addOwnPasskey(
  db: RegistryDatabase,
  actor: StaffActor,
): Promise<Result<string, 'unknown-person'>> {
  return inTransaction(db, async (tx) => mintTicketIn(tx, actor, actor.id, 'enrol'));
}

/** Retires one's own passkey; the last one stays, or nobody could come in with it again. */
export async function removeOwnPasskey(
  db: RegistryDatabase,
  actor: StaffActor,
  passkeyId: string,
): Promise<Result<null, 'not-found' | 'last-passkey'>> {
  return inTransaction(db, async (tx) => {
    await tx.select({ id: staff.id }).from(staff).where(eq(staff.id, actor.id)).for('update');
    if ((await passkeysInUse(tx, actor.id)) < 2) return refuse('last-passkey');
    const [removed] = await tx
      .update(passkey)
      .set({ removedAt: sql`now()` })
      .where(
        and(eq(passkey.id, passkeyId), eq(passkey.staffId, actor.id), isNull(passkey.removedAt)),
      )
      .returning({ name: passkey.name });
    if (removed === undefined) return refuse('not-found');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'staff.passkey-removed',
      subject: `staff:${actor.id}`,
      details: { name: removed.name },
    });
    return ok(null);
  });
}

/** Gives a person exactly these roles, from the next request on. Nobody changes the own ones. */
export async function changeRoles(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly staffId: string; readonly roles: readonly Role[]; readonly reason: string },
): Promise<
  Result<
    null,
    'not-allowed' | 'not-found' | 'own-roles' | 'reason-missing' | 'no-roles' | 'last-administrator'
  >
> {
  if (!may(actor, 'manage-people')) return refuse('not-allowed');
  if (isSelf(actor, input.staffId)) return refuse('own-roles');
  if (input.roles.length === 0) return refuse('no-roles');
  const reason = input.reason.trim();
  if (reason === '') return refuse('reason-missing');
  return inTransaction(db, async (tx) => {
    if (!(await lockPerson(tx, input.staffId))) return refuse('not-found');
    if (!input.roles.includes('administrator') && !(await otherAdministrator(tx, input.staffId))) {
      return refuse('last-administrator');
    }
    await tx.delete(staffRole).where(eq(staffRole.staffId, input.staffId));
    await tx
      .insert(staffRole)
      .values(input.roles.map((role) => ({ staffId: input.staffId, role })));
    // Another role begins in another session: a cookie never outlives what it was given for.
    await revokeSessions(tx, input.staffId);
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'staff.roles-changed',
      subject: `staff:${input.staffId}`,
      details: { roles: input.roles, reason },
    });
    return ok(null);
  });
}

/** Ends a person's access at once: sessions, passkeys and all. */
export async function disableStaff(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly staffId: string; readonly reason: string },
): Promise<
  Result<null, 'not-allowed' | 'not-found' | 'own-access' | 'reason-missing' | 'last-administrator'>
> {
  if (!may(actor, 'manage-people')) return refuse('not-allowed');
  if (isSelf(actor, input.staffId)) return refuse('own-access');
  const reason = input.reason.trim();
  if (reason === '') return refuse('reason-missing');
  return inTransaction(db, async (tx) => {
    if (!(await lockPerson(tx, input.staffId))) return refuse('not-found');
    if (!(await otherAdministrator(tx, input.staffId))) return refuse('last-administrator');
    await tx
      .update(staff)
      .set({ disabledAt: sql`now()` })
      .where(eq(staff.id, input.staffId));
    await revokeSessions(tx, input.staffId);
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'staff.disabled',
      subject: `staff:${input.staffId}`,
      details: { reason },
    });
    return ok(null);
  });
}

/** Ends one open session: one's own, or anybody's for who manages people. */
export async function signOutSession(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly staffId: string; readonly sessionId: string },
): Promise<Result<null, 'not-allowed' | 'not-found'>> {
  if (!isSelf(actor, input.staffId) && !may(actor, 'manage-people')) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const idHash = Buffer.from(input.sessionId, 'hex');
    if (!(await revokeSession(tx, input.staffId, idHash))) return refuse('not-found');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'staff.session-revoked',
      subject: `staff:${input.staffId}`,
    });
    return ok(null);
  });
}

/** Signs a person out everywhere: one's own sessions, or anybody's for who manages people. */
export async function signOutEverywhere(
  db: RegistryDatabase,
  actor: Actor,
  staffId: string,
): Promise<Result<null, 'not-allowed' | 'not-found'>> {
  if (!isSelf(actor, staffId) && !may(actor, 'manage-people')) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    if (!(await lockPerson(tx, staffId))) return refuse('not-found');
    await revokeSessions(tx, staffId);
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'staff.sessions-revoked',
      subject: `staff:${staffId}`,
    });
    return ok(null);
  });
}

function isSelf(actor: Actor, staffId: string): boolean {
  return actor.kind === 'staff' && actor.id === staffId;
}

async function passkeysInUse(tx: RegistryTransaction, staffId: string): Promise<number> {
  return tx.$count(passkey, and(eq(passkey.staffId, staffId), isNull(passkey.removedAt)));
}

async function lockPerson(tx: RegistryTransaction, staffId: string): Promise<boolean> {
  const found = await tx
    .select({ id: staff.id })
    .from(staff)
    .where(and(eq(staff.id, staffId), isNull(staff.disabledAt)))
    .for('update');
  return found.length === 1;
}

/** Whether somebody else could still administer: locked, so that two cannot leave at once. */
async function otherAdministrator(tx: RegistryTransaction, staffId: string): Promise<boolean> {
  const others = await tx
    .select({ id: staff.id })
    .from(staffRole)
    .innerJoin(staff, eq(staff.id, staffRole.staffId))
    .where(
      and(eq(staffRole.role, 'administrator'), ne(staff.id, staffId), isNull(staff.disabledAt)),
    )
    .for('update', { of: staff });
  return others.length > 0;
}
