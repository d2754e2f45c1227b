import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { district, letterBatch, round } from '@/db/registry/schema';
import { defineKind } from '@/lib/approvals/kind';
import { present } from '@/lib/shared/assert';
import { ok, refuse } from '@/lib/shared/result';
import { addressees, hadEnough, roundTakesLetters } from './letter-people';

/** Printing the codes of other people takes two: they would open all these ballots. */
const printKind = defineKind({
  kind: 'letters.print',
  payload: z.strictObject({
    round: z.string(),
    /** Empty: the whole province. */
    district: z.string(),
    first: z.number().int(),
    last: z.number().int(),
    people: z.number().int(),
  }),
  mayAsk: 'print-letters',
  mayDecide: 'approve-letters',
  days: 7,
  auditSubject: (batchId) => `letters:${batchId}`,
  describe: async (db, { payload }) => {
    const [of] = await db
      .select({ round: round.nameEs, roundEn: round.nameEn })
      .from(round)
      .where(eq(round.id, payload.round));
    const [place] = await db
      .select({ name: district.name })
      .from(district)
      .where(eq(district.code, payload.district));
    const { first, last, people } = payload;
    const href = `/admin/letters?votacion=${payload.round}`;
    return {
      ...present(of, payload.round),
      ...{ place: place?.name ?? 'all', first, last, people, href },
    };
  },
  run: async (tx, { subject, payload, decidedBy }) => {
    const [batch] = await tx
      .select()
      .from(letterBatch)
      .where(eq(letterBatch.id, subject))
      .for('update');
    if (batch === undefined) return refuse('not-found');
    if (batch.printedAt !== null) return refuse('printed-already');
    const { roundId, districtCode, firstLetter, lastLetter } = batch;
    const people = await addressees(tx, batch);
    const said = [payload.round, payload.district, payload.first, payload.last, payload.people];
    const held = [roundId, districtCode ?? '', firstLetter, lastLetter, people.length];
    if (said.some((one, at) => one !== held[at])) return refuse('changed-since');
    if (!(await roundTakesLetters(tx, roundId))) return refuse('round-takes-no-letters');
    if (await hadEnough(tx, roundId, people)) return refuse('too-many-letters');
    await tx
      .update(letterBatch)
      .set({ approvedBy: decidedBy.id, approvedAt: sql`now()` })
      .where(eq(letterBatch.id, subject));
    return ok(null);
  },
});

export const letterKinds = [printKind];
