import { and, count, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { rollInclusion } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type StaffActor } from '@/lib/auth/actor';
import { sealText } from '@/lib/roll/person-crypto';
import { hashDni, sealPhone } from '@/lib/roll/secrets';
import type { RollKeys } from '@/lib/roll/types';
import { present } from '@/lib/shared/assert';
import { newNumber } from '@/lib/shared/reference-number';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { InclusionInput } from '../input';
import { mayDecideLists } from '../policy';
import { INCLUSIONS_PER_DAY, type FileRefusal } from '../types';
import { takesFilings } from './open-lists';

/** An officer who has the DNI in her hand, and what the request that hers replaces is told. */
export interface InclusionDesk {
  readonly officer: StaffActor;
  readonly replacedReason: string;
}

/**
 * Takes down that somebody asks to be put on the list. It does not look at the list: on it or not,
 * the answer and the work are the same. One request per DNI and round waits at a time; at the desk,
 * with the DNI in an officer's hand, a new one takes the place of what came in by the page.
 */
export async function fileInclusion(
  db: RegistryDatabase,
  keys: RollKeys,
  desk: InclusionDesk | null,
  input: InclusionInput,
): Promise<Result<{ number: string }, FileRefusal>> {
  const officer = desk?.officer ?? null;
  if (officer !== null && !mayDecideLists(officer)) return refuse('not-allowed');
  const dniHash = hashDni(keys.dniKey, input.dni);
  try {
    return await inTransaction(db, async (tx) => {
      if (!(await takesFilings(tx, input.roundId))) return refuse('lists-closed');
      // One request per DNI at a time, or parallel ones would all read the same count.
      await tx.execute(
        sql`select pg_advisory_xact_lock(${dniHash.readBigInt64BE().toString()}::bigint)`,
      );
      if (desk === null && (await askedToday(tx, dniHash)) >= INCLUSIONS_PER_DAY) {
        return refuse('too-many');
      }
      const replaced = desk === null ? 0 : await replaceUnread(tx, desk, input, dniHash);
      if (await isWaiting(tx, input.roundId, dniHash)) return refuse('already-waiting');
      const [filed] = await tx
        .insert(rollInclusion)
        .values({
          number: newNumber('P'),
          roundId: input.roundId,
          districtCode: input.districtCode,
          dniHash,
          dniLastTwo: input.dni.slice(-2),
          dniSealed: sealText(keys.people, 'dni', input.dni),
          namesSealed: sealText(keys.people, 'name', input.names),
          // Whoever can type a number on a page does not choose where somebody's code goes.
          phoneSealed:
            officer === null || input.phone === null ? null : sealPhone(keys.people, input.phone),
          groundsSealed: sealText(keys.people, 'evidence', input.grounds),
          receivedBy: officer?.id ?? null,
        })
        .returning({ id: rollInclusion.id, number: rollInclusion.number });
      const { id, number } = present(filed, 'the request for inclusion');
      await recordAudit(tx, {
        actor: officer === null ? 'system' : auditActor(officer),
        action: 'list.inclusion-filed',
        subject: `inclusion:${id}`,
        details: {
          round: input.roundId,
          district: input.districtCode,
          ...(replaced === 0 ? {} : { replaced }),
        },
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

async function askedToday(tx: RegistryTransaction, dniHash: Buffer): Promise<number> {
  const [asked] = await tx
    .select({ times: count() })
    .from(rollInclusion)
    .where(
      and(
        eq(rollInclusion.dniHash, dniHash),
        gt(rollInclusion.filedAt, sql`now() - interval '1 day'`),
      ),
    );
  return asked?.times ?? 0;
}

async function replaceUnread(
  tx: RegistryTransaction,
  { officer, replacedReason }: InclusionDesk,
  { roundId }: InclusionInput,
  dniHash: Buffer,
): Promise<number> {
  const replaced = await tx
    .update(rollInclusion)
    .set({
      state: 'rejected',
      reason: replacedReason,
      decidedBy: officer.id,
      decidedAt: sql`now()`,
      dniSealed: null,
    })
    .where(
      and(
        eq(rollInclusion.roundId, roundId),
        eq(rollInclusion.dniHash, dniHash),
        eq(rollInclusion.state, 'filed'),
        isNull(rollInclusion.receivedBy),
      ),
    )
    .returning({ id: rollInclusion.id });
  return replaced.length;
}

async function isWaiting(
  tx: RegistryTransaction,
  roundId: string,
  dniHash: Buffer,
): Promise<boolean> {
  const waiting = await tx.$count(
    rollInclusion,
    and(
      eq(rollInclusion.roundId, roundId),
      eq(rollInclusion.dniHash, dniHash),
      inArray(rollInclusion.state, ['filed', 'accepted']),
    ),
  );
  return waiting > 0;
}
