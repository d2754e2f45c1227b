import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { RegistryDatabase } from '@/db/registry/client';
import { district, rollAddition } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { askIn } from '@/lib/approvals/commands';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';
import { spendLookUp, type Spend } from '@/lib/limits/look-ups';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { additionDigest } from './addition-digest';
import { ROLL_ADDITION_KIND } from './import/types';
import { dniInput } from './input';
import { openText, sealText } from './person-crypto';
import { isOnRoll } from './people';
import { normalisePhone } from './rules';
import { hashDni, hashName, hashPhone } from './secrets';
import type { RollKeys } from './types';

/** What a person types to bring one more person onto the roll. */
export const additionInput = z.strictObject({
  dni: dniInput,
  districtCode: z.string().regex(/^\d{6}$/, 'required'),
  name: z.string().trim().max(200),
  phone: z
    .string()
    .trim()
    .transform((text, context) => {
      const phone = normalisePhone(text);
      if (text !== '' && phone === null) {
        context.addIssue({ code: 'custom', message: 'malformed' });
        return z.NEVER;
      }
      return phone;
    }),
  reason: z.string().trim().min(1, 'required').max(500),
});
type AdditionInput = z.output<typeof additionInput>;

export interface AdditionTools {
  readonly db: RegistryDatabase;
  readonly keys: RollKeys;
  readonly spend: Spend;
}

/**
 * Asks for one more person on the roll, after the import: with a reason, and a second person decides.
 * Rounds that are open keep the roll they were opened with: its commitment stands in their manifest.
 * The answer tells whether a DNI is on the roll, so it draws on the budget of looking people up.
 */
export async function askAddition(
  { db, keys, spend }: AdditionTools,
  actor: Actor,
  input: AdditionInput,
): Promise<Result<string, string>> {
  if (actor.kind !== 'staff' || !may(actor, 'import-roll')) return refuse('not-allowed');
  const spent = await spendLookUp(spend, actor.id);
  if (!spent.ok) return refuse(spent.reason);
  const dniHash = hashDni(keys.dniKey, input.dni);
  try {
    return await inTransaction<string, string>(db, async (tx) => {
      const known = await tx.$count(district, eq(district.code, input.districtCode));
      if (known === 0) return refuse('unknown-district');
      if (await isOnRoll(tx, dniHash)) return refuse('already-on-roll');
      const { phone, name } = input;
      const [asked] = await tx
        .insert(rollAddition)
        .values({
          dniHash,
          dniLastTwo: input.dni.slice(-2),
          dniSealed: sealText(keys.people, 'dni', input.dni),
          districtCode: input.districtCode,
          phoneSealed: phone === null ? null : sealText(keys.people, 'phone', phone),
          phoneHash: phone === null ? null : hashPhone(keys.dniKey, phone),
          nameSealed: name === '' ? null : sealText(keys.people, 'name', name),
          nameHash: name === '' ? null : hashName(keys.dniKey, name),
          reason: input.reason,
          askedBy: actor.id,
        })
        .returning();
      if (asked === undefined) throw new Error('No addition came back');
      return askIn(tx, actor, {
        kind: ROLL_ADDITION_KIND,
        subject: asked.id,
        payload: { digest: additionDigest(asked) },
        reason: input.reason,
      });
    });
  } catch (error) {
    if (violates(error, 'roll_addition_one_open')) return refuse('already-asked');
    throw error;
  }
}

export interface PersonToAdd {
  readonly dni: string;
  /** '' when none was given. */
  readonly name: string;
  readonly phone: string;
}

/** Opens for the second person whom she says yes to. Who looked, and at which request, is written down. */
export async function seeAddition(
  db: RegistryDatabase,
  keys: RollKeys,
  actor: Actor,
  additionId: string,
): Promise<Result<PersonToAdd, 'not-allowed' | 'not-found'>> {
  if (!may(actor, 'approve-roll')) return refuse('not-allowed');
  return inTransaction<PersonToAdd, 'not-found'>(db, async (tx) => {
    const [row] = await tx
      .select({
        dniSealed: rollAddition.dniSealed,
        nameSealed: rollAddition.nameSealed,
        phoneSealed: rollAddition.phoneSealed,
      })
      .from(rollAddition)
      .where(and(eq(rollAddition.id, additionId), eq(rollAddition.state, 'proposed')));
    // Asked for before the number was kept: it has to be asked for again.
    if (row?.dniSealed == null) return refuse('not-found');
    const opened = (purpose: string, sealed: Buffer | null): string =>
      sealed === null ? '' : openText(keys.people, purpose, sealed);
    const person = {
      dni: opened('dni', row.dniSealed),
      name: opened('name', row.nameSealed),
      phone: opened('phone', row.phoneSealed),
    };
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'roll.addition-seen',
      subject: `roll-addition:${additionId}`,
    });
    return ok(person);
  });
}
