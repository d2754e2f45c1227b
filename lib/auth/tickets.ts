import 'server-only';
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Registry, RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { signInTicket, staff, type TICKET_KINDS } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { auditActor, type Actor } from './actor';
import { lockPerson } from './person-changes';
import type { OpenedWith } from './sessions';
import { newToken, tokenHash } from './tokens';

/** Rights that are good once: to sign in, or to register a passkey. */

type TicketKind = (typeof TICKET_KINDS)[number];

/** A link to register a passkey waits for its reader; what stands for a sign-in does not. */
const TICKET_MINUTES: Readonly<Record<TicketKind, number>> = {
  demo: 10,
  enrol: 24 * 60,
  passkey: 1,
  oidc: 1,
};

/** A right that is good once; only its hash is kept. */
export async function mintTicket(
  db: RegistryDatabase,
  actor: Actor,
  staffId: string,
  kind: TicketKind,
): Promise<Result<string, 'unknown-person'>> {
  return inTransaction(db, async (tx) => mintTicketIn(tx, actor, staffId, kind));
}

/**
 * The same inside a transaction that does more. A new link to register a passkey is the only one:
 * whoever has kept an older one comes too late (T33).
 */
export async function mintTicketIn(
  tx: RegistryTransaction,
  actor: Actor,
  staffId: string,
  kind: TicketKind,
): Promise<Result<string, 'unknown-person'>> {
  const ticket = newToken();
  if (kind === 'enrol') {
    if (!(await lockPerson(tx, staffId))) return refuse('unknown-person');
    await retireEnrolments(tx, staffId);
  } else {
    const there = await tx.$count(staff, and(eq(staff.id, staffId), isNull(staff.disabledAt)));
    if (there === 0) return refuse('unknown-person');
  }
  await tx.insert(signInTicket).values({
    ticketHash: tokenHash(ticket),
    staffId,
    kind,
    expiresAt: sql`now() + make_interval(mins => ${TICKET_MINUTES[kind]})`,
  });
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'staff.ticket-minted',
    subject: `staff:${staffId}`,
    details: { kind },
  });
  return ok(ticket);
}

/** No link to register a passkey that was handed out for this person is good any more. */
export async function retireEnrolments(tx: RegistryTransaction, staffId: string): Promise<void> {
  await tx
    .update(signInTicket)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(signInTicket.staffId, staffId),
        eq(signInTicket.kind, 'enrol'),
        isNull(signInTicket.usedAt),
      ),
    );
}

const good = (ticket: string) =>
  and(
    eq(signInTicket.ticketHash, tokenHash(ticket)),
    isNull(signInTicket.usedAt),
    sql`${signInTicket.expiresAt} > now()`,
  );

/**
 * The person behind an unused ticket that stands for a sign-in. The guarded update lets exactly one
 * request win. A link to register a passkey opens nothing here.
 */
export async function redeemTicket(
  db: Registry,
  ticket: string,
): Promise<{ readonly staffId: string; readonly openedWith: OpenedWith } | null> {
  const [used] = await db
    .update(signInTicket)
    .set({ usedAt: sql`now()` })
    .where(and(good(ticket), ne(signInTicket.kind, 'enrol')))
    .returning({ staffId: signInTicket.staffId, kind: signInTicket.kind });
  if (used === undefined || used.kind === 'enrol') return null;
  return { staffId: used.staffId, openedWith: used.kind };
}

/**
 * Uses up a link to register a passkey, once, and with it every other link of that person. The person
 * is locked first and looked at again: who was let go meanwhile registers nothing.
 */
export async function redeemEnrolment(
  tx: RegistryTransaction,
  ticket: string,
): Promise<string | null> {
  const holder = await enrolmentHolder(tx, ticket);
  if (holder === null || !(await lockPerson(tx, holder.id))) return null;
  const [used] = await tx
    .update(signInTicket)
    .set({ usedAt: sql`now()` })
    .where(and(good(ticket), eq(signInTicket.kind, 'enrol')))
    .returning({ staffId: signInTicket.staffId });
  if (used === undefined) return null;
  await retireEnrolments(tx, used.staffId);
  return used.staffId;
}

/** Whom an unused link to register a passkey was made for; it stays unused. */
export async function enrolmentHolder(
  db: Registry,
  ticket: string,
): Promise<{ readonly id: string; readonly displayName: string; readonly email: string } | null> {
  const [holder] = await db
    .select({ id: staff.id, displayName: staff.displayName, email: staff.email })
    .from(signInTicket)
    .innerJoin(staff, eq(staff.id, signInTicket.staffId))
    .where(and(good(ticket), eq(signInTicket.kind, 'enrol'), isNull(staff.disabledAt)));
  return holder ?? null;
}
