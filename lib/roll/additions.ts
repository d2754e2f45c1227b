import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { RegistryDatabase } from '@/db/registry/client';
import { district, rollAddition } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { askIn } from '@/lib/approvals/commands';
import type { Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';
import { refuse, type Result } from '@/lib/shared/result';
import { ROLL_ADDITION_KIND } from './import/types';
import { dniInput } from './input';
import { sealText } from './person-crypto';
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

/**
 * Asks for one more person on the roll, after the import: with a reason, and a second person decides.
 * Rounds that are open keep the roll they were opened with: its commitment stands in their manifest.
 */
export async function askAddition(
  db: RegistryDatabase,
  keys: RollKeys,
  actor: Actor,
  input: AdditionInput,
): Promise<Result<string, string>> {
  if (actor.kind !== 'staff' || !may(actor, 'import-roll')) return refuse('not-allowed');
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
          districtCode: input.districtCode,
          phoneSealed: phone === null ? null : sealText(keys.people, 'phone', phone),
          phoneHash: phone === null ? null : hashPhone(keys.dniKey, phone),
          nameSealed: name === '' ? null : sealText(keys.people, 'name', name),
          nameHash: name === '' ? null : hashName(keys.dniKey, name),
          reason: input.reason,
          askedBy: actor.id,
        })
        .returning({ id: rollAddition.id });
      if (asked === undefined) throw new Error('No addition came back');
      return askIn(tx, actor, {
        kind: ROLL_ADDITION_KIND,
        subject: asked.id,
        payload: { district: input.districtCode, lastTwo: input.dni.slice(-2) },
        reason: input.reason,
      });
    });
  } catch (error) {
    if (violates(error, 'roll_addition_one_open')) return refuse('already-asked');
    throw error;
  }
}
