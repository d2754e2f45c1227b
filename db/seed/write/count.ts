import { eq } from 'drizzle-orm';
import { priorityProposal, result, round } from '@/db/registry/schema';
import { publishResults } from '@/lib/priorities/publish';
import { roundById } from '@/lib/rounds/queries';
import { present } from '@/lib/shared/assert';
import type { SeedCycle } from '../cycles';
import { decideAsCouncil, demoActor } from './council';
import { announce, closeAndCount, type RoundSeeding } from './round';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Closes, verifies and counts the round as the worker does, publishes it as the administrator,
 * announces it in its record, and lets the council decide. Each step once.
 */
export async function countPublishAndDecide(context: RoundSeeding, seed: SeedCycle): Promise<void> {
  const { registry: db } = context;
  const { id, closesAt } = seed.round;
  await closeAndCount(context, seed);
  if (present(await roundById(db, id), `round ${id}`).state === 'tallied') {
    const published = await publishResults(db, demoActor('administrator'), { roundId: id });
    if (!published.ok) throw new Error(`The demonstration could not publish: ${published.reason}`);
  }
  await announce(context, seed);
  // It was published the day after it closed, not today.
  const publishedAt = new Date(closesAt.getTime() + DAY_MS);
  await db.update(round).set({ publishedAt }).where(eq(round.id, id));
  await db.update(result).set({ publishedAt }).where(eq(result.roundId, id));
  const [proposed] = await db
    .select({ id: priorityProposal.id })
    .from(priorityProposal)
    .where(eq(priorityProposal.roundId, id));
  await decideAsCouncil(db, present(proposed, `priorities of ${id}`).id);
}
