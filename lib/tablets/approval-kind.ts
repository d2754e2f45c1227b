import { and, eq, gt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Registry } from '@/db/registry/client';
import { round, tablet, tabletResident } from '@/db/registry/schema';
import { defineKind } from '@/lib/approvals/kind';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { settle } from './commands/settle';
import { tabletById, vouchersAtLarge } from './queries';

const reservedOn = (id: string) =>
  and(eq(tabletResident.tabletId, id), eq(tabletResident.state, 'reserved'));

async function lostInOpenRound(
  db: Registry,
  id: string,
  held: number,
): Promise<Result<{ readonly roundId: string }, 'wrong-state' | 'changed-since'>> {
  const [lost] = await db
    .select({ roundId: tablet.roundId })
    .from(tablet)
    .innerJoin(round, eq(round.id, tablet.roundId))
    .where(
      and(
        eq(tablet.id, id),
        eq(tablet.state, 'lost'),
        eq(round.state, 'open'),
        gt(round.closesAt, sql`now()`),
      ),
    );
  const reserved = await db.$count(tabletResident, reservedOn(id));
  if (lost === undefined || reserved === 0) return refuse('wrong-state');
  return reserved === held ? ok(lost) : refuse('changed-since');
}

/**
 * Sets the people of a lost tablet free although its vouchers may still turn up: whoever opens the
 * device votes with them, and the person votes again. One asks and says why that will not happen,
 * another decides.
 */
export const tabletReleaseKind = defineKind({
  kind: 'tablet.release',
  payload: z.strictObject({ held: z.number().int().positive() }),
  mayAsk: 'give-up-tablets',
  mayDecide: 'give-up-tablets',
  days: 7,
  auditSubject: (subject) => `tablet:${subject}`,
  check: async (tx, { subject, payload }) => {
    const lost = await lostInOpenRound(tx, subject, payload.held);
    return lost.ok ? ok(null) : lost;
  },
  describe: async (db, { subject, payload }) => {
    const lost = await tabletById(db, subject);
    return {
      tablet: subject,
      place: lost?.place ?? '',
      residents: payload.held,
      left: await vouchersAtLarge(db, subject),
      href: `/desk/tablets/${subject}`,
    };
  },
  run: async (tx, { subject, payload, reason, decidedBy }) => {
    await tx.select({ id: tablet.id }).from(tablet).where(eq(tablet.id, subject)).for('update');
    const lost = await lostInOpenRound(tx, subject, payload.held);
    if (!lost.ok) return lost;
    const held = await tx
      .select({ residentId: tabletResident.residentId })
      .from(tabletResident)
      .where(reservedOn(subject));
    await settle(tx, { id: subject, roundId: lost.value.roundId }, [], held);
    await recordAudit(tx, {
      actor: `staff:${decidedBy.id}`,
      action: 'tablet.released',
      subject: `tablet:${subject}`,
      details: { released: held.length, reason },
    });
    return ok(null);
  },
});
