import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { credential } from '@/db/registry/schema';
import type { Channel } from './right';

/** What the registry knows of a used right: the way and the day. There is no time, nor a ballot. */
export interface UsedRight {
  readonly channel: Channel;
  /** YYYY-MM-DD in Lima. */
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
    })
    .from(credential)
    .where(and(eq(credential.roundId, of.roundId), eq(credential.residentId, of.residentId)));
  if (row === undefined) return null;
  const { channel, day, signature } = row;
  return { channel, day, isComplete: channel === 'paper' || signature !== null };
}
