import { and, asc, count, eq, gt, gte, inArray, sql } from 'drizzle-orm';
import type { RegistryTransaction } from '@/db/registry/client';
import { district, letterCode, resident, rollEntry, round } from '@/db/registry/schema';
import { LETTERS_EACH } from './letter-input';

/** For whom letters are: a round, a district of it or all of it, and a stretch of its order. */
export interface LetterRange {
  readonly roundId: string;
  readonly districtCode: string | null;
  /** Both from 1, inclusive. */
  readonly firstLetter: number;
  readonly lastLetter: number;
}

/** Letters are for rounds that take them, from the freezing of their roll to their closing. */
export const takesLetters = and(
  eq(round.state, 'open'),
  gt(round.closesAt, sql`now()`),
  sql`'letter' = any(${round.channels})`,
);

/** Whether this round takes letters now, with its row shared until the transaction ends. */
export async function roundTakesLetters(
  tx: RegistryTransaction,
  roundId: string,
): Promise<boolean> {
  const [open] = await tx
    .select({ id: round.id })
    .from(round)
    .where(and(eq(round.id, roundId), takesLetters))
    .for('share');
  return open !== undefined;
}

/** On the round's roll, in an order that stays: by district, then by their id. */
export async function addressees(tx: RegistryTransaction, of: LetterRange) {
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

/** Whether one of them had as many letters in this round as anybody gets. */
export async function hadEnough(
  tx: RegistryTransaction,
  roundId: string,
  people: readonly { readonly id: string }[],
): Promise<boolean> {
  const [full] = await tx
    .select({ id: letterCode.residentId })
    .from(letterCode)
    .where(
      and(
        eq(letterCode.roundId, roundId),
        inArray(
          letterCode.residentId,
          people.map(({ id }) => id),
        ),
      ),
    )
    .groupBy(letterCode.residentId)
    .having(gte(count(), LETTERS_EACH))
    .limit(1);
  return full !== undefined;
}
