import { and, eq, gt, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { RegistryDatabase } from '@/db/registry/client';
import { resident } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { ok } from '@/lib/shared/result';
import { openText, sealPrefix, sealText } from './person-crypto';
import { hashPhone } from './secrets';
import type { RollKeys } from './types';

const PEOPLE_AT_ONCE = 2000;

/**
 * Seals again, under the first key of the ring, what older keys sealed; gives phones from before there
 * were hashes theirs. Nothing is left to do after the first run without a rotation. Returns how many.
 */
export async function sealAgain(db: RegistryDatabase, keys: RollKeys): Promise<number> {
  const prefix = sealPrefix(keys.people.sealing.id);
  const isOld = (column: PgColumn): SQL =>
    sql`(${column} is not null and substring(${column} from 1 for ${prefix.length}) <> ${prefix})`;
  const due = or(
    isOld(resident.phoneSealed),
    isOld(resident.nameSealed),
    and(isNotNull(resident.phoneSealed), isNull(resident.phoneHash)),
  );
  let sealed = 0;
  let last: string | undefined;
  for (;;) {
    const portion = await db
      .select({
        id: resident.id,
        phoneSealed: resident.phoneSealed,
        nameSealed: resident.nameSealed,
      })
      .from(resident)
      .where(and(due, last === undefined ? undefined : gt(resident.id, last)))
      .orderBy(resident.id)
      .limit(PEOPLE_AT_ONCE);
    for (const one of portion) await sealOne(db, keys, one);
    sealed += portion.length;
    last = portion.at(-1)?.id;
    if (last === undefined) break;
  }
  if (sealed > 0) {
    await inTransaction(db, async (tx) => {
      await recordAudit(tx, {
        actor: 'worker',
        action: 'roll.sealed-again',
        subject: 'roll',
        details: { people: sealed, key: keys.people.sealing.id },
      });
      return ok(null);
    });
  }
  return sealed;
}

async function sealOne(
  db: RegistryDatabase,
  keys: RollKeys,
  one: { id: string; phoneSealed: Buffer | null; nameSealed: Buffer | null },
): Promise<void> {
  const phone = one.phoneSealed === null ? null : openText(keys.people, 'phone', one.phoneSealed);
  const name = one.nameSealed === null ? null : openText(keys.people, 'name', one.nameSealed);
  const unchanged = (column: PgColumn, value: Buffer | null): SQL =>
    value === null ? isNull(column) : eq(column, value);
  // Only what is still there as it was read: an import may have changed it meanwhile.
  await db
    .update(resident)
    .set({
      ...(phone === null
        ? {}
        : {
            phoneSealed: sealText(keys.people, 'phone', phone),
            phoneHash: hashPhone(keys.dniKey, phone),
          }),
      ...(name === null ? {} : { nameSealed: sealText(keys.people, 'name', name) }),
    })
    .where(
      and(
        eq(resident.id, one.id),
        unchanged(resident.phoneSealed, one.phoneSealed),
        unchanged(resident.nameSealed, one.nameSealed),
      ),
    );
}
