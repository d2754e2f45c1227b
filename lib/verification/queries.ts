import { eq } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { round } from '@/db/registry/schema';
import type { VerificationChannel } from './types';

/** The ways in which this round verifies; none when there is no such round. */
export async function channelsOf(
  db: Registry,
  roundId: string,
): Promise<readonly VerificationChannel[]> {
  const [row] = await db
    .select({ channels: round.channels })
    .from(round)
    .where(eq(round.id, roundId));
  return row?.channels ?? [];
}
