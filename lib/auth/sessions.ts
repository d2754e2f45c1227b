import 'server-only';
import { and, asc, desc, eq, isNull, or, sql } from 'drizzle-orm';
import type { Registry, RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { staff, staffRole, staffSession, type TICKET_KINDS } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse } from '@/lib/shared/result';
import type { StaffActor } from './actor';
import type { Role } from './roles';
import { newToken, tokenHash } from './tokens';

const IDLE_LIMIT_MINUTES = 30;
/** Used or not, nobody works on one sign-in for longer than a day's shift. */
const WHOLE_LIMIT_HOURS = 12;
/** For how long the touch of a passkey stands behind a dangerous act. */
const FRESH_MINUTES = 5;

/** What opens a session. */
export type OpenedWith = Exclude<(typeof TICKET_KINDS)[number], 'enrol'>;

/** Opens a session and returns the opaque id that the cookie will carry. */
export async function openSession(
  db: RegistryDatabase,
  staffId: string,
  openedWith: OpenedWith = 'passkey',
): Promise<string> {
  const id = newToken();
  await inTransaction(db, async (tx) => {
    const verifiedAt = openedWith === 'passkey' ? sql`now()` : null;
    await tx.insert(staffSession).values({
      idHash: tokenHash(id),
      staffId,
      openedWith,
      verifiedAt,
    });
    await recordAudit(tx, {
      actor: `staff:${staffId}`,
      action: 'staff.signed-in',
      subject: `staff:${staffId}`,
      details: { with: openedWith },
    });
    return ok(null);
  });
  return id;
}

/** Sessions that still open something: not revoked, used within half an hour, begun today. */
const alive = () =>
  and(
    isNull(staffSession.revokedAt),
    sql`${staffSession.lastSeenAt} > now() - make_interval(mins => ${IDLE_LIMIT_MINUTES})`,
    sql`${staffSession.createdAt} > now() - make_interval(hours => ${WHOLE_LIMIT_HOURS})`,
  );

/**
 * Who is behind this session id, with the roles of this very moment; null when it was revoked,
 * stayed idle for half an hour, lasted twelve hours, or the person was disabled.
 */
export async function staffOfSession(db: Registry, id: string): Promise<StaffActor | null> {
  const [found] = await db
    .update(staffSession)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(staffSession.idHash, tokenHash(id)), alive()))
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

/** Where a person works: the first of the roles, in their order. */
export async function firstRole(db: Registry, staffId: string): Promise<Role | null> {
  const [held] = await db
    .select({ role: staffRole.role })
    .from(staffRole)
    .where(eq(staffRole.staffId, staffId))
    .orderBy(asc(staffRole.role))
    .limit(1);
  return held?.role ?? null;
}

export interface SessionLine {
  /** Hex of the hash of the session's id: names it, opens nothing. */
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly openedWith: OpenedWith;
}

/** The open sessions of a person, newest first; at most fifty are of any use to look at. */
export async function sessionsOf(db: Registry, staffId: string): Promise<SessionLine[]> {
  const rows = await db
    .select({
      id: staffSession.idHash,
      createdAt: staffSession.createdAt,
      lastSeenAt: staffSession.lastSeenAt,
      openedWith: staffSession.openedWith,
    })
    .from(staffSession)
    .where(and(eq(staffSession.staffId, staffId), alive()))
    .orderBy(desc(staffSession.createdAt))
    .limit(50);
  return rows.map(({ id, ...row }) => ({ id: id.toString('hex'), ...row }));
}

/** Ends every open session of a person, from the next request on. */
export async function revokeSessions(tx: RegistryTransaction, staffId: string): Promise<void> {
  await tx
    .update(staffSession)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(staffSession.staffId, staffId), isNull(staffSession.revokedAt)));
}

/** Ends one open session of a person; whether there was such a one. */
export async function revokeSession(
  tx: RegistryTransaction,
  staffId: string,
  idHash: Buffer,
): Promise<boolean> {
  const ended = await tx
    .update(staffSession)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(staffSession.staffId, staffId),
        eq(staffSession.idHash, idHash),
        isNull(staffSession.revokedAt),
      ),
    )
    .returning({ staffId: staffSession.staffId });
  return ended.length === 1;
}

/** A passkey has answered in this session: for five minutes dangerous acts may be done in it. */
export async function touchSession(
  db: RegistryDatabase,
  id: string,
  staffId: string,
): Promise<boolean> {
  const answer = await inTransaction(db, async (tx) => {
    const [touched] = await tx
      .update(staffSession)
      .set({ verifiedAt: sql`now()` })
      .where(
        and(eq(staffSession.idHash, tokenHash(id)), eq(staffSession.staffId, staffId), alive()),
      )
      .returning({ staffId: staffSession.staffId });
    if (touched === undefined) return refuse('no-session');
    await recordAudit(tx, {
      actor: `staff:${staffId}`,
      action: 'staff.passkey-touched',
      subject: `staff:${staffId}`,
    });
    return ok(null);
  });
  return answer.ok;
}

/**
 * Whether a passkey answered in this session within the last five minutes. The demonstration's
 * one-click sessions have no passkey to touch: `demo` says whether there is a demonstration.
 */
export async function isFresh(
  db: Registry,
  id: string,
  { demo }: { readonly demo: boolean },
): Promise<boolean> {
  const touched = sql`${staffSession.verifiedAt} > now() - make_interval(mins => ${FRESH_MINUTES})`;
  const fresh = await db.$count(
    staffSession,
    and(
      eq(staffSession.idHash, tokenHash(id)),
      alive(),
      demo ? or(eq(staffSession.openedWith, 'demo'), touched) : touched,
    ),
  );
  return fresh === 1;
}
