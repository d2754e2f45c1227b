import { and, eq, inArray } from 'drizzle-orm';
import type { RegistryTransaction } from '@/db/registry/client';
import { credential, tabletResident } from '@/db/registry/schema';

type Listed = readonly { readonly residentId: string }[];

/** Reserved becomes voted or released; a released resident's row makes room for another way. */
export async function settle(
  tx: RegistryTransaction,
  of: { readonly id: string; readonly roundId: string },
  voted: Listed,
  free: Listed,
): Promise<void> {
  const turn = async (people: Listed, state: 'voted' | 'released'): Promise<void> => {
    if (people.length === 0) return;
    await tx
      .update(tabletResident)
      .set({ state })
      .where(
        and(
          eq(tabletResident.tabletId, of.id),
          inArray(
            tabletResident.residentId,
            people.map(({ residentId }) => residentId),
          ),
        ),
      );
  };
  await turn(voted, 'voted');
  await turn(free, 'released');
  if (free.length === 0) return;
  await tx.delete(credential).where(
    and(
      eq(credential.roundId, of.roundId),
      eq(credential.channel, 'tablet'),
      inArray(
        credential.residentId,
        free.map(({ residentId }) => residentId),
      ),
    ),
  );
}
