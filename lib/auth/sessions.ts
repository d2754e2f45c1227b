import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Registry, RegistryDatabase } from '@/db/registry/client';
import { signInTicket, staff, staffRole, staffSession } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse } from '@/lib/shared/result';
import type { Result } from '@/lib/shared/result';
import { auditActor } from './actor';
import type { Actor, StaffActor } from './actor';
import type { Role } from './roles';
import { newToken, tokenHash } from './tokens';

const IDLE_LIMIT_MINUTES = 30;
const TICKET_MINUTES = 10;

/** A link to sign in once, within ten minutes; only its hash is kept. */
export async function mintTicket(
  db: RegistryDatabase,
  actor: Actor,
  staffId: string,
): Promise<Result<string, 'unknown-person'>> {
  const ticket = newToken();
  return inTransaction(db, async (tx) => {
    const [person] = await tx
      .select({ id: staff.id })
      .from(staff)
      .where(and(eq(staff.id, staffId), isNull(staff.disabledAt)));
    if (!person) return refuse('unknown-person');
    await tx.insert(signInTicket).values({
      ticketHash: tokenHash(ticket),
      staffId,
      expiresAt: sql`now() + make_interval(mins => ${TICKET_MINUTES})`,
    });
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'staff.ticket-minted',
      subject: `staff:${staffId}`,
    });
    return ok(ticket);
  });
}

/** The person behind an unused ticket. The guarded update lets exactly one request win. */
export async function redeemTicket(db: Registry, ticket: string): Promise<string | null> {
  const [used] = await db
    .update(signInTicket)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(signInTicket.ticketHash, tokenHash(ticket)),
        isNull(signInTicket.usedAt),
        sql`${signInTicket.expiresAt} > now()`,
      ),
    )
    .returning({ staffId: signInTicket.staffId });
  return used?.staffId ?? null;
}

/** The role of the person who holds an unused ticket; the ticket stays unused. */
export async function ticketHolder(db: Registry, ticket: string): Promise<Role | null> {
  const [holder] = await db
    .select({ role: staffRole.role })
    .from(signInTicket)
    .innerJoin(staffRole, eq(staffRole.staffId, signInTicket.staffId))
    .where(and(eq(signInTicket.ticketHash, tokenHash(ticket)), isNull(signInTicket.usedAt)))
    .orderBy(staffRole.role)
    .limit(1);
  return holder?.role ?? null;
}

/** Opens a session and returns the opaque id that the cookie will carry. */
export async function openSession(db: RegistryDatabase, staffId: string): Promise<string> {
  const id = newToken();
  await inTransaction(db, async (tx) => {
    await tx.insert(staffSession).values({ idHash: tokenHash(id), staffId });
    await recordAudit(tx, {
      actor: `staff:${staffId}`,
      action: 'staff.signed-in',
      subject: `staff:${staffId}`,
    });
    return ok(null);
  });
  return id;
}

/**
 * Who is behind this session id, with the roles of this very moment; null when it was revoked,
 * stayed idle for half an hour, or the person was disabled.
 */
export async function staffOfSession(db: Registry, id: string): Promise<StaffActor | null> {
  const [found] = await db
    .update(staffSession)
    .set({ lastSeenAt: sql`now()` })
    .where(
      and(
        eq(staffSession.idHash, tokenHash(id)),
        isNull(staffSession.revokedAt),
        sql`${staffSession.lastSeenAt} > now() - make_interval(mins => ${IDLE_LIMIT_MINUTES})`,
      ),
    )
    .returning({ staffId: staffSession.staffId });
  if (!found) return null;
  const rows = await db
    .select({ id: staff.id, displayName: staff.displayName, role: staffRole.role })
    .from(staff)
    .innerJoin(staffRole, eq(staffRole.staffId, staff.id))
    .where(and(eq(staff.id, found.staffId), isNull(staff.disabledAt)));
  const [first] = rows;
  if (!first) return null;
  return {
    kind: 'staff',
    id: first.id,
    displayName: first.displayName,
    roles: rows.map((row) => row.role),
  };
}

export async function closeSession(db: RegistryDatabase, id: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [closed] = await tx
      .update(staffSession)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(staffSession.idHash, tokenHash(id)), isNull(staffSession.revokedAt)))
      .returning({ staffId: staffSession.staffId });
    if (closed) {
      await recordAudit(tx, {
        actor: `staff:${closed.staffId}`,
        action: 'staff.signed-out',
        subject: `staff:${closed.staffId}`,
      });
    }
    return ok(null);
  });
}
