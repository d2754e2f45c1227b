import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { passkey, staff, staffRole } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse } from '@/lib/shared/result';
import type { Result } from '@/lib/shared/result';
import { auditActor } from './actor';
import type { Actor, StaffActor } from './actor';
import { isOfTwo, mayInviteAlone, staffById } from './people';
import { may } from './permissions';
import {
  lockPerson,
  lockWithAdministrators,
  otherAdministrators,
  passkeysInUse,
  replaceRoles,
  rolesOf,
} from './person-changes';
import type { Role } from './roles';
import { revokeSession, revokeSessions } from './sessions';
import { mintTicketIn, retireEnrolments } from './tickets';

/** Who works in Minka: invited, given roles, let go, let in again. */

export interface NewStaff {
  id: string;
  displayName: string;
  email: string;
  roles: readonly Role[];
}

/**
 * Adds a person with roles; the address and the id belong to one person each. Roles of two people are
 * given by one person at the machine itself alone.
 */
export async function addStaff(
  db: RegistryDatabase,
  actor: Actor,
  person: NewStaff,
): Promise<Result<string, 'not-allowed' | 'already-there' | 'two-people'>> {
  if (!may(actor, 'manage-people')) return refuse('not-allowed');
  if (actor.kind === 'staff' && person.roles.some(isOfTwo)) return refuse('two-people');
  return inTransaction(db, (tx) => addStaffIn(tx, actor, person));
}

/** The same inside a transaction that does more; without roles nobody comes in yet. */
export async function addStaffIn(
  tx: RegistryTransaction,
  actor: Actor,
  { id, displayName, email, roles }: NewStaff,
): Promise<Result<string, 'already-there'>> {
  const [added] = await tx
    .insert(staff)
    .values({ id, displayName, email })
    .onConflictDoNothing()
    .returning({ id: staff.id });
  if (added === undefined) return refuse('already-there');
  if (roles.length > 0) {
    await tx.insert(staffRole).values(roles.map((role) => ({ staffId: id, role })));
  }
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'staff.added',
    subject: `staff:${id}`,
    details: { roles },
  });
  return ok(id);
}

/**
 * A link with which a person makes the first passkey. Who has a key, was here before or takes part in
 * acts of two people is let in by two administrators (staff.recovery), or adds a key herself: a link
 * opens an account to whoever holds it.
 */
export async function inviteStaff(
  db: RegistryDatabase,
  actor: Actor,
  staffId: string,
): Promise<Result<string, 'not-allowed' | 'unknown-person' | 'has-passkey' | 'two-people'>> {
  if (!may(actor, 'manage-people')) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    if (!(await lockPerson(tx, staffId))) return refuse('unknown-person');
    if ((await passkeysInUse(tx, staffId)) > 0) return refuse('has-passkey');
    const person = await staffById(tx, staffId);
    if (person === null || !mayInviteAlone(person)) return refuse('two-people');
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
    if (!(await lockPerson(tx, actor.id))) return refuse('not-found');
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

/**
 * Gives a person exactly these roles, from the next request on. Nobody changes the own ones, and a
 * role of two people is given to nobody by one (lib/approvals/people.ts asks for it).
 */
export async function changeRoles(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly staffId: string; readonly roles: readonly Role[]; readonly reason: string },
): Promise<
  Result<
    null,
    | 'not-allowed'
    | 'not-found'
    | 'own-roles'
    | 'reason-missing'
    | 'no-roles'
    | 'last-administrator'
    | 'two-people'
  >
> {
  if (!may(actor, 'manage-people')) return refuse('not-allowed');
  if (isSelf(actor, input.staffId)) return refuse('own-roles');
  if (input.roles.length === 0) return refuse('no-roles');
  const reason = input.reason.trim();
  if (reason === '') return refuse('reason-missing');
  return inTransaction(db, async (tx) => {
    if (!(await lockWithAdministrators(tx, input.staffId))) return refuse('not-found');
    const held = await rolesOf(tx, input.staffId);
    const isGranted = input.roles.some((role) => isOfTwo(role) && !held.includes(role));
    if (actor.kind === 'staff' && isGranted) return refuse('two-people');
    return replaceRoles(tx, actor, { ...input, reason });
  });
}

/** Ends a person's access at once: sessions, passkeys, links and all. */
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
    if (!(await lockWithAdministrators(tx, input.staffId))) return refuse('not-found');
    if ((await otherAdministrators(tx, input.staffId)) === 0) return refuse('last-administrator');
    await tx
      .update(staff)
      .set({ disabledAt: sql`now()` })
      .where(eq(staff.id, input.staffId));
    await revokeSessions(tx, input.staffId);
    await retireEnrolments(tx, input.staffId);
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
