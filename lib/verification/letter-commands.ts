import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import {
  district,
  letterBatch,
  letterCode,
  resident,
  rollEntry,
  round,
} from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';
import { openText } from '@/lib/roll/person-crypto';
import { hashLetterCode } from '@/lib/roll/secrets';
import type { RollKeys } from '@/lib/roll/types';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { newLetterCode } from './letter-code';
import type { LettersInput } from './letter-input';

export type LettersRefusal =
  'not-allowed' | 'round-takes-no-letters' | 'nobody-there' | 'printed-already';

/** One letter, as it exists once: in the file that is handed out. */
export interface Letter {
  /** Its place in the order of its batch's roll, from 1. */
  readonly number: number;
  /** "APELLIDOS, NOMBRES"; null when the roll does not say. */
  readonly name: string | null;
  readonly dniLastTwo: string;
  readonly districtName: string;
  readonly code: string;
}

/** Letters are for rounds that take them, from the freezing of their roll to their closing. */
const takesLetters = and(
  eq(round.state, 'open'),
  gt(round.closesAt, sql`now()`),
  sql`'letter' = any(${round.channels})`,
);

/** Asks for letters: whom they are for and why. Nothing is drawn before they are printed. */
export async function requestLetters(
  db: RegistryDatabase,
  actor: Actor,
  input: LettersInput,
): Promise<Result<{ readonly id: string }, LettersRefusal>> {
  if (!may(actor, 'print-letters') || actor.kind !== 'staff') return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const [open] = await tx
      .select({ id: round.id })
      .from(round)
      .where(and(eq(round.id, input.round), takesLetters));
    if (open === undefined) return refuse('round-takes-no-letters');
    const where = { roundId: input.round, districtCode: input.district || null };
    const range = { firstLetter: input.first, lastLetter: input.last };
    const people = await addressees(tx, { ...where, ...range });
    if (people.length === 0) return refuse('nobody-there');
    const [made] = await tx
      .insert(letterBatch)
      .values({ ...where, ...range, reason: input.reason, requestedBy: actor.id })
      .returning({ id: letterBatch.id });
    if (made === undefined) throw new Error('no batch came back');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'letters.requested',
      subject: `round:${input.round}`,
      details: { batch: made.id, ...where, ...range, reason: input.reason },
    });
    return ok(made);
  });
}

export interface PrintedLetters {
  readonly roundId: string;
  readonly letters: readonly Letter[];
}

/**
 * Draws the codes of a batch and hands them out, once. The database keeps hashes; whatever code
 * these residents had before stops working. A file that is lost is asked for again, as a new batch.
 */
export async function printLetters(
  db: RegistryDatabase,
  keys: RollKeys,
  actor: Actor,
  batchId: string,
): Promise<Result<PrintedLetters, LettersRefusal>> {
  if (!may(actor, 'print-letters')) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const [batch] = await tx
      .update(letterBatch)
      .set({ printedAt: sql`now()` })
      .where(and(eq(letterBatch.id, batchId), isNull(letterBatch.printedAt)))
      .returning();
    if (batch === undefined) return refuse('printed-already');
    const { roundId } = batch;
    const [open] = await tx
      .select({ id: round.id })
      .from(round)
      .where(and(eq(round.id, roundId), takesLetters))
      .for('share');
    if (open === undefined) return refuse('round-takes-no-letters');
    const people = await addressees(tx, batch);
    const letters = people.map((person, at) => ({
      number: batch.firstLetter + at,
      residentId: person.id,
      name: person.nameSealed === null ? null : openText(keys.people, 'name', person.nameSealed),
      dniLastTwo: person.dniLastTwo,
      districtName: person.districtName,
      code: newLetterCode(),
    }));
    await replaceCodes(tx, keys, { roundId, batchId, letters });
    await tx
      .update(letterBatch)
      .set({ letters: letters.length })
      .where(eq(letterBatch.id, batchId));
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'letters.printed',
      subject: `round:${roundId}`,
      details: { batch: batchId, letters: letters.length },
    });
    return ok({ roundId, letters });
  });
}

/** On the round's roll, in an order that stays: by district, then by their id. */
async function addressees(
  tx: RegistryTransaction,
  of: {
    readonly roundId: string;
    readonly districtCode: string | null;
    readonly firstLetter: number;
    readonly lastLetter: number;
  },
) {
  return tx
    .select({
      id: resident.id,
      nameSealed: resident.nameSealed,
      dniLastTwo: resident.dniLastTwo,
      districtName: district.name,
    })
    .from(rollEntry)
    .innerJoin(resident, eq(resident.id, rollEntry.residentId))
    .innerJoin(district, eq(district.code, rollEntry.districtCode))
    .where(
      and(
        eq(rollEntry.roundId, of.roundId),
        of.districtCode === null ? undefined : eq(rollEntry.districtCode, of.districtCode),
      ),
    )
    .orderBy(asc(rollEntry.districtCode), asc(rollEntry.residentId))
    .offset(of.firstLetter - 1)
    .limit(of.lastLetter - of.firstLetter + 1);
}

const AT_ONCE = 500;

async function replaceCodes(
  tx: RegistryTransaction,
  keys: RollKeys,
  of: {
    readonly roundId: string;
    readonly batchId: string;
    readonly letters: readonly { readonly residentId: string; readonly code: string }[];
  },
): Promise<void> {
  const { roundId, batchId } = of;
  for (let from = 0; from < of.letters.length; from += AT_ONCE) {
    const portion = of.letters.slice(from, from + AT_ONCE);
    await tx
      .update(letterCode)
      .set({ revokedAt: sql`now()` })
      .where(
        and(
          eq(letterCode.roundId, roundId),
          inArray(
            letterCode.residentId,
            portion.map(({ residentId }) => residentId),
          ),
          isNull(letterCode.revokedAt),
        ),
      );
    await tx.insert(letterCode).values(
      portion.map(({ residentId, code }) => ({
        roundId,
        batchId,
        residentId,
        codeHash: hashLetterCode(keys.dniKey, { roundId, residentId }, code),
      })),
    );
  }
}
