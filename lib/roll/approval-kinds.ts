import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { district, rollAddition } from '@/db/registry/schema';
import { defineKind } from '@/lib/approvals/kind';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse } from '@/lib/shared/result';
import { additionDigest } from './addition-digest';
import { rollImportKind } from './import/approval-kind';
import { ROLL_ADDITION_KIND } from './import/types';
import { addToRoll, isOnRoll } from './people';
import { lockIdleRoll, writeVersion } from './versions';

/** Before the digest a request said only a district and two digits: it has to be asked for again. */
const payload = z.strictObject({
  digest: z.string().optional(),
  district: z.string().optional(),
  lastTwo: z.string().optional(),
});

/** One more person on the roll, by a written reason and two people. */
const rollAdditionKind = defineKind({
  kind: ROLL_ADDITION_KIND,
  payload,
  mayAsk: 'import-roll',
  mayDecide: 'approve-roll',
  days: 7,
  auditSubject: (subject) => `roll-addition:${subject}`,
  describe: async (db, { subject }) => {
    const [place] = await db
      .select({ name: district.name })
      .from(rollAddition)
      .innerJoin(district, eq(district.code, rollAddition.districtCode))
      .where(eq(rollAddition.id, subject));
    return { district: place?.name ?? '', href: `/admin/roll/additions/${subject}` };
  },
  run: async (tx, { subject, payload: seen, requestedBy, decidedBy }) => {
    if (!(await lockIdleRoll(tx))) return refuse('roll-busy');
    const [person] = await tx
      .select()
      .from(rollAddition)
      .where(and(eq(rollAddition.id, subject), eq(rollAddition.state, 'proposed')))
      .for('update');
    if (person === undefined || seen.digest !== additionDigest(person)) {
      return refuse('changed-since');
    }
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
        dniSealed: null,
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
