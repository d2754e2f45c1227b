import { and, eq, isNull } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { resident, rollChallenge } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type StaffActor } from '@/lib/auth/actor';
import { sealText } from '@/lib/roll/person-crypto';
import { hashDni } from '@/lib/roll/secrets';
import type { RollKeys } from '@/lib/roll/types';
import { present } from '@/lib/shared/assert';
import { newNumber } from '@/lib/shared/reference-number';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { ChallengeInput } from '../input';
import { mayDecideLists } from '../policy';
import type { FileRefusal } from '../types';
import { takesFilings } from './open-lists';

/** Who files: a resident whose phone was verified, or somebody whose DNI an officer has read. */
export type Filer =
  | { readonly kind: 'resident'; readonly dniHash: Buffer }
  | { readonly kind: 'desk'; readonly dni: string; readonly officer: StaffActor };

/**
 * Takes down a challenge and gives its number. Whether the DNI that is named stands on the list makes
 * no difference to the answer; the same challenge filed again gives the number it has.
 */
export async function fileChallenge(
  db: RegistryDatabase,
  keys: RollKeys,
  filer: Filer,
  input: ChallengeInput,
): Promise<Result<{ number: string }, FileRefusal>> {
  const officer = filer.kind === 'desk' ? filer.officer : null;
  if (officer !== null && !mayDecideLists(officer)) return refuse('not-allowed');
  const filerHash = filer.kind === 'desk' ? hashDni(keys.dniKey, filer.dni) : filer.dniHash;
  const subjectHash = hashDni(keys.dniKey, input.subjectDni);
  try {
    return await inTransaction(db, async (tx) => {
      if (!(await takesFilings(tx, input.roundId))) return refuse('lists-closed');
      const [entry] = await tx
        .select({ id: resident.id })
        .from(resident)
        .where(and(eq(resident.dniHash, subjectHash), isNull(resident.leftAt)));
      const [filed] = await tx
        .insert(rollChallenge)
        .values({
          number: newNumber('T'),
          roundId: input.roundId,
          kind: input.kind,
          districtCode: input.districtCode,
          subjectHash,
          subjectLastTwo: input.subjectDni.slice(-2),
          residentId: entry?.id ?? null,
          evidenceSealed: sealText(keys.people, 'evidence', input.evidence),
          filerHash,
          receivedBy: officer?.id ?? null,
        })
        .onConflictDoNothing({
          target: [
            rollChallenge.roundId,
            rollChallenge.filerHash,
            rollChallenge.subjectHash,
            rollChallenge.kind,
          ],
        })
        .returning({ id: rollChallenge.id, number: rollChallenge.number });
      if (filed === undefined) {
        const [before] = await tx
          .select({ number: rollChallenge.number })
          .from(rollChallenge)
          .where(
            and(
              eq(rollChallenge.roundId, input.roundId),
              eq(rollChallenge.filerHash, filerHash),
              eq(rollChallenge.subjectHash, subjectHash),
              eq(rollChallenge.kind, input.kind),
            ),
          );
        return ok({ number: present(before, 'the challenge filed before').number });
      }
      await recordAudit(tx, {
        actor: officer === null ? 'system' : auditActor(officer),
        action: 'list.challenge-filed',
        subject: `challenge:${filed.id}`,
        details: { round: input.roundId, kind: input.kind, district: input.districtCode },
      });
      return ok({ number: filed.number });
    });
  } catch (error) {
    if (violates(error, 'roll_challenge_district_code_district_code_fk')) {
      return refuse('unknown-district');
    }
    throw error;
  }
}
