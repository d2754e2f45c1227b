import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { passkey, staff } from '@/db/registry/schema';
import { defineKind } from '@/lib/approvals/kind';
import { ok, refuse } from '@/lib/shared/result';
import { lockPerson } from './person-changes';
import { revokeSessions } from './sessions';
import { mintTicketIn } from './tickets';

/**
 * Letting somebody in again who has lost every passkey. Approved, it retires the lost ones, ends
 * every session and gives a link for a new one, the only one that is good from then on; nobody
 * decides it about themselves. It is also how a first passkey comes to somebody who was here before.
 */
export const recoveryKind = defineKind({
  kind: 'staff.recovery',
  payload: z.strictObject({}),
  mayAsk: 'readmit-people',
  mayDecide: 'readmit-people',
  days: 7,
  auditSubject: (staffId) => `staff:${staffId}`,
  isAbout: (subject, staffId) => subject === staffId,
  check: async (tx, { subject }) =>
    (await lockPerson(tx, subject)) ? ok(null) : refuse('unknown-person'),
  describe: async (db, { subject }) => {
    const [person] = await db
      .select({ name: staff.displayName, email: staff.email })
      .from(staff)
      .where(eq(staff.id, subject));
    return { name: person?.name ?? subject, email: person?.email ?? '' };
  },
  run: async (tx, { subject, decidedBy }) => {
    if (!(await lockPerson(tx, subject))) return refuse('unknown-person');
    await tx
      .update(passkey)
      .set({ removedAt: sql`now()` })
      .where(and(eq(passkey.staffId, subject), isNull(passkey.removedAt)));
    await revokeSessions(tx, subject);
    const minted = await mintTicketIn(tx, decidedBy, subject, 'enrol');
    return minted.ok ? ok({ ticket: minted.value }) : minted;
  },
});
