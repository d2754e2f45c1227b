import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { letterBatch, letterCode } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { askIn } from '@/lib/approvals/commands';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';
import { openText } from '@/lib/roll/person-crypto';
import { hashLetterCode } from '@/lib/roll/secrets';
import type { RollKeys } from '@/lib/roll/types';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { newLetterCode } from './letter-code';
import { LETTERS_PRINT_KIND, type LettersInput } from './letter-input';
import { addressees, hadEnough, roundTakesLetters } from './letter-people';

export type LettersRefusal =
  | 'not-allowed'
  | 'round-takes-no-letters'
  | 'nobody-there'
  | 'too-many-letters'
  | 'not-approved'
  | 'not-yours'
  | 'printed-already';

export interface HowMany {
  /** MINKA_TWO_PEOPLE of the municipality: one asks and prints, another says yes in between. */
  readonly twoPeople: boolean;
}

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

/** Asks for letters: whom they are for and why. Nothing is drawn before they are printed. */
export async function requestLetters(
  db: RegistryDatabase,
  actor: Actor,
  input: LettersInput,
  { twoPeople }: HowMany,
): Promise<Result<{ readonly id: string }, LettersRefusal>> {
  if (!may(actor, 'print-letters') || actor.kind !== 'staff') return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    if (!(await roundTakesLetters(tx, input.round))) return refuse('round-takes-no-letters');
    const where = { roundId: input.round, districtCode: input.district || null };
    const range = { firstLetter: input.first, lastLetter: input.last };
    const people = await addressees(tx, { ...where, ...range });
    if (people.length === 0) return refuse('nobody-there');
    if (await hadEnough(tx, input.round, people)) return refuse('too-many-letters');
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
    if (!twoPeople) return ok(made);
    const asked = await askIn(tx, actor, {
      kind: LETTERS_PRINT_KIND,
      subject: made.id,
      payload: {
        round: input.round,
        district: input.district,
        first: input.first,
        last: input.last,
        people: people.length,
      },
      reason: input.reason,
    });
    return asked.ok ? ok(made) : refuse('not-allowed');
  });
}

export interface PrintedLetters {
  readonly roundId: string;
  readonly letters: readonly Letter[];
}

/**
 * Draws the codes of a batch and hands them out, once; where it takes two people, to who asked for it
 * and after the other's yes. The database keeps hashes; whatever code
 * these residents had before stops working. A file that is lost is asked for again, as a new batch.
 */
export async function printLetters(
  db: RegistryDatabase,
  keys: RollKeys,
  actor: Actor,
  batchId: string,
  { twoPeople }: HowMany,
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
    if (twoPeople && batch.approvedBy === null) return refuse('not-approved');
    if (twoPeople && (actor.kind !== 'staff' || batch.requestedBy !== actor.id)) {
      return refuse('not-yours');
    }
    if (!(await roundTakesLetters(tx, roundId))) return refuse('round-takes-no-letters');
    // One batch of a round at a time: two that share people would both count the same letters.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${roundId}, 7))`);
    const people = await addressees(tx, batch);
    if (await hadEnough(tx, roundId, people)) return refuse('too-many-letters');
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
