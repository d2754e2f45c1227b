import { and, eq, isNull, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Registry, RegistryTransaction } from '@/db/registry/client';
import { resident } from '@/db/registry/schema';

/** One person as the roll keeps her: nothing that can be read without the keys. */
export type SealedPerson = Pick<
  typeof resident.$inferSelect,
  | 'dniHash'
  | 'dniLastTwo'
  | 'districtCode'
  | 'phoneSealed'
  | 'phoneHash'
  | 'nameSealed'
  | 'nameHash'
>;

export async function isOnRoll(db: Registry, dniHash: Buffer): Promise<boolean> {
  const found = await db.$count(
    resident,
    and(eq(resident.dniHash, dniHash), isNull(resident.leftAt)),
  );
  return found > 0;
}

/** Brings somebody onto the roll, or back onto it; the id. The caller holds the lock of the roll. */
export async function addToRoll(tx: RegistryTransaction, person: SealedPerson): Promise<string> {
  const { dniHash: _, ...rest } = person;
  const [row] = await tx
    .insert(resident)
    .values(person)
    .onConflictDoUpdate({
      target: resident.dniHash,
      set: {
        ...rest,
        phoneSealed: unlessErased(resident.phoneSealed, sql`excluded.phone_sealed`),
        phoneHash: unlessErased(resident.phoneHash, sql`excluded.phone_hash`),
        nameSealed: unlessErased(resident.nameSealed, sql`excluded.name_sealed`),
        nameHash: unlessErased(resident.nameHash, sql`excluded.name_hash`),
        leftAt: null,
      },
    })
    .returning({ id: resident.id });
  if (row === undefined) throw new Error('No resident came back');
  return row.id;
}

/** What is not said takes nothing away; what its person had erased stays away. */
function unlessErased(held: PgColumn, said: SQL): SQL {
  return sql`case when ${resident.contactErasedAt} is null then coalesce(${said}, ${held}) end`;
}
