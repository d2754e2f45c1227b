import { and, eq, isNull, sql } from 'drizzle-orm';
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
        // What is not said takes nothing away.
        phoneSealed: sql`coalesce(excluded.phone_sealed, ${resident.phoneSealed})`,
        phoneHash: sql`coalesce(excluded.phone_hash, ${resident.phoneHash})`,
        nameSealed: sql`coalesce(excluded.name_sealed, ${resident.nameSealed})`,
        nameHash: sql`coalesce(excluded.name_hash, ${resident.nameHash})`,
        leftAt: null,
      },
    })
    .returning({ id: resident.id });
  if (row === undefined) throw new Error('No resident came back');
  return row.id;
}
