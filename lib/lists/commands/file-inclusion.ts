import { and, count, eq, gt, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { rollInclusion } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type StaffActor } from '@/lib/auth/actor';
import { sealText } from '@/lib/roll/person-crypto';
import { hashDni, sealPhone } from '@/lib/roll/secrets';
import type { RollKeys } from '@/lib/roll/types';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { InclusionInput } from '../input';
import { newNumber } from '../number';
import { mayDecideLists } from '../policy';
import { INCLUSIONS_PER_DAY, type FileRefusal } from '../types';
import { takesFilings } from './open-lists';

/**
 * Takes down that somebody asks to be put on the list. It does not look at the list: on it or not,
 * asked before or not, the answer and the work are the same.
 */
export async function fileInclusion(
  db: RegistryDatabase,
  keys: RollKeys,
  officer: StaffActor | null,
  input: InclusionInput,
): Promise<Result<{ number: string }, FileRefusal>> {
  if (officer !== null && !mayDecideLists(officer)) return refuse('not-allowed');
  const dniHash = hashDni(keys.dniKey, input.dni);
  try {
    return await inTransaction(db, async (tx) => {
      if (!(await takesFilings(tx, input.roundId))) return refuse('lists-closed');
      // One request per DNI at a time, or parallel ones would all read the same count.
      await tx.execute(
        sql`select pg_advisory_xact_lock(${dniHash.readBigInt64BE().toString()}::bigint)`,
      );
      const [asked] = await tx
        .select({ times: count() })
        .from(rollInclusion)
        .where(
          and(
            eq(rollInclusion.dniHash, dniHash),
            gt(rollInclusion.filedAt, sql`now() - interval '1 day'`),
          ),
        );
      if ((asked?.times ?? 0) >= INCLUSIONS_PER_DAY) return refuse('too-many');
      const [filed] = await tx
        .insert(rollInclusion)
        .values({
          number: newNumber('P'),
          roundId: input.roundId,
          districtCode: input.districtCode,
          dniHash,
          dniLastTwo: input.dni.slice(-2),
          namesSealed: sealText(keys.people, 'name', input.names),
          phoneSealed: input.phone === null ? null : sealPhone(keys.people, input.phone),
          groundsSealed: sealText(keys.people, 'evidence', input.grounds),
          receivedBy: officer?.id ?? null,
        })
        .returning({ id: rollInclusion.id, number: rollInclusion.number });
      const { id, number } = present(filed, 'the request for inclusion');
      await recordAudit(tx, {
        actor: officer === null ? 'system' : auditActor(officer),
        action: 'list.inclusion-filed',
        subject: `inclusion:${id}`,
        details: { round: input.roundId, district: input.districtCode },
      });
      return ok({ number });
    });
  } catch (error) {
    if (violates(error, 'roll_inclusion_district_code_district_code_fk')) {
      return refuse('unknown-district');
    }
    throw error;
  }
}
