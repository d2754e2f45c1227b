import 'server-only';
import { and, eq, ne } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { credential, tabletResident } from '@/db/registry/schema';
import type { Channel } from './right';

/** What the registry knows of a used right: the way and the day. There is no time, nor a ballot. */
export interface UsedRight {
  readonly channel: Channel;
  /** YYYY-MM-DD in Lima; of a tablet's, the day on which it was set aside. */
  readonly day: string;
  /** False between an activation that was cut and its retry, and on a tablet that is not back yet. */
  readonly isComplete: boolean;
}

/** Whether a resident's right to a ballot was used; null while it is free. */
export async function ownRight(
  db: Registry,
  of: { readonly roundId: string; readonly residentId: string },
): Promise<UsedRight | null> {
  const [row] = await db
    .select({
      channel: credential.channel,
      day: credential.issuedOn,
      signature: credential.blindSignature,
      onTablet: tabletResident.state,
    })
    .from(credential)
    .leftJoin(
      tabletResident,
      and(
        eq(tabletResident.roundId, credential.roundId),
        eq(tabletResident.residentId, credential.residentId),
        ne(tabletResident.state, 'released'),
      ),
    )
    .where(and(eq(credential.roundId, of.roundId), eq(credential.residentId, of.residentId)));
  if (row === undefined) return null;
  const { channel, day, signature, onTablet } = row;
  switch (channel) {
    case 'phone':
    case 'desk':
      return { channel, day, isComplete: signature !== null };
    case 'paper':
      return { channel, day, isComplete: true };
    case 'tablet':
      return { channel, day, isComplete: onTablet === 'voted' };
  }
}
