import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { passkey, staff } from '@/db/registry/schema';
import { defineKind } from '@/lib/approvals/kind';
import { ok, refuse } from '@/lib/shared/result';
import { mintTicketIn, revokeSessions } from './sessions';

/**
 * Letting somebody in again who has lost every passkey. Approved, it retires the lost ones, ends
 * every session and gives a link for a new one; nobody decides it about themselves.
 */
export const recoveryKind = defineKind({
  kind: 'staff.recovery',
  payload: z.strictObject({}),
  mayAsk: 'readmit-people',
  mayDecide: 'readmit-people',
  days: 7,
  auditSubject: (staffId) => `staff:${staffId}`,
  isAbout: (subject, staffId) => subject === staffId,
  check: async (tx, { subject }) => {
    const [person] = await tx
      .select({ id: staff.id })
      .from(staff)
      .where(and(eq(staff.id, subject), isNull(staff.disabledAt)))
      .for('update');
    return person === undefined ? refuse('unknown-person') : ok(null);
  },
  describe: async (db, { subject }) => {
    const [person] = await db
      .select({ name: staff.displayName, email: staff.email })
      .from(staff)
      .where(eq(staff.id, subject));
    return { name: person?.name ?? subject, email: person?.email ?? '' };
  },
  run: async (tx, { subject, decidedBy }) => {
    await tx
      .update(passkey)
      .set({ removedAt: sql`now()` })
      .where(and(eq(passkey.staffId, subject), isNull(passkey.removedAt)));
    await revokeSessions(tx, subject);
    const minted = await mintTicketIn(tx, decidedBy, subject, 'enrol');
    return minted.ok ? ok({ ticket: minted.value }) : minted;
  },
});
