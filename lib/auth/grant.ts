import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Registry } from '@/db/registry/client';
import { staff, STAFF_ROLES } from '@/db/registry/schema';
import { defineKind } from '@/lib/approvals/kind';
import { ok, refuse } from '@/lib/shared/result';
import {
  lockWithAdministrators,
  otherAdministrators,
  passkeysInUse,
  replaceRoles,
  rolesOf,
} from './person-changes';
import { mintTicketIn, retireEnrolments } from './tickets';

/** Whoever asks and whoever decides; the person it is about is neither. */
const PEOPLE_NEEDED = 2;

const roles = z.array(z.enum(STAFF_ROLES));

/**
 * Giving somebody a role that takes part in acts of two people. One administrator alone would make
 * the second person out of nothing: so it takes two itself (threats T22 and T33), in every
 * installation. Whoever accepts it gets the link for a first passkey; links from before are dead.
 */
export const grantKind = defineKind({
  kind: 'staff.grant',
  // What the person held when it was asked: with other roles by then it is another matter.
  payload: z.strictObject({ before: roles, roles: roles.min(1) }),
  mayAsk: 'manage-people',
  mayDecide: 'manage-people',
  days: 7,
  auditSubject: (staffId) => `staff:${staffId}`,
  isAbout: (subject, staffId) => subject === staffId,
  check: async (tx, { subject }) => {
    if (!(await lockWithAdministrators(tx, subject))) return refuse('unknown-person');
    const others = await otherAdministrators(tx, subject);
    return others < PEOPLE_NEEDED ? refuse('nobody-to-decide') : ok(null);
  },
  describe: async (db, { subject, payload }) => ({
    ...(await nameOf(db, subject)),
    roles: payload.roles.join(' '),
    passkeys: await passkeysInUse(db, subject),
  }),
  run: async (tx, { subject, payload, reason, requestedBy, decidedBy }) => {
    if (requestedBy === subject) return refuse('own-request');
    if (!(await lockWithAdministrators(tx, subject))) return refuse('unknown-person');
    const held = await rolesOf(tx, subject);
    if (held.join(' ') !== payload.before.toSorted().join(' ')) return refuse('changed-since');
    await retireEnrolments(tx, subject);
    const hasPasskey = (await passkeysInUse(tx, subject)) > 0;
    const given = await replaceRoles(tx, decidedBy, {
      staffId: subject,
      roles: payload.roles,
      reason,
    });
    if (!given.ok || hasPasskey) return given;
    const minted = await mintTicketIn(tx, decidedBy, subject, 'enrol');
    return minted.ok ? ok({ ticket: minted.value }) : minted;
  },
});

async function nameOf(db: Registry, staffId: string): Promise<{ name: string; email: string }> {
  const [person] = await db
    .select({ name: staff.displayName, email: staff.email })
    .from(staff)
    .where(eq(staff.id, staffId));
  return person ?? { name: staffId, email: '' };
}
