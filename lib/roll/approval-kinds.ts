import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { district, rollAddition, rollImport } from '@/db/registry/schema';
import { defineKind } from '@/lib/approvals/kind';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse } from '@/lib/shared/result';
import { rollImportKind } from './import/approval-kind';
import { ROLL_ADDITION_KIND } from './import/types';
import { addToRoll, isOnRoll } from './people';
import { lockRoll, writeVersion } from './versions';

/** One more person on the roll, by a written reason and two people. */
const rollAdditionKind = defineKind({
  kind: ROLL_ADDITION_KIND,
  payload: z.strictObject({ district: z.string(), lastTwo: z.string() }),
  mayAsk: 'import-roll',
  mayDecide: 'approve-roll',
  days: 7,
  auditSubject: (subject) => `roll-addition:${subject}`,
  describe: async (db, { payload }) => {
    const [place] = await db
      .select({ name: district.name })
      .from(district)
      .where(eq(district.code, payload.district));
    return { district: place?.name ?? payload.district, lastTwo: payload.lastTwo };
  },
  run: async (tx, { subject, payload, requestedBy, decidedBy }) => {
    await lockRoll(tx);
    // A version in between would be compared with nothing the second person saw.
    const busy = await tx.$count(rollImport, eq(rollImport.state, 'applying'));
    if (busy > 0) return refuse('roll-busy');
    const [person] = await tx
      .select()
      .from(rollAddition)
      .where(and(eq(rollAddition.id, subject), eq(rollAddition.state, 'proposed')))
      .for('update');
    if (person?.districtCode !== payload.district) return refuse('wrong-state');
    if (await isOnRoll(tx, person.dniHash)) return refuse('already-on-roll');
    const { dniHash, dniLastTwo, districtCode, phoneSealed, phoneHash, nameSealed, nameHash } =
      person;
    const sealed = { phoneSealed, phoneHash, nameSealed, nameHash };
    await addToRoll(tx, { dniHash, dniLastTwo, districtCode, ...sealed });
    const version = await writeVersion(tx, {
      kind: 'addition',
      importId: null,
      askedBy: `staff:${requestedBy}`,
      approvedBy: `staff:${decidedBy.id}`,
    });
    // The person stands on the roll now; the request keeps only that it was made.
    await tx
      .update(rollAddition)
      .set({
        state: 'applied',
        decidedAt: sql`now()`,
        phoneSealed: null,
        phoneHash: null,
        nameSealed: null,
        nameHash: null,
      })
      .where(eq(rollAddition.id, subject));
    await recordAudit(tx, {
      actor: `staff:${decidedBy.id}`,
      action: 'roll.added',
      subject: `roll-addition:${subject}`,
      details: { version: version.number, people: version.people },
    });
    return ok(null);
  },
});

export const rollKinds = [rollImportKind, rollAdditionKind];
