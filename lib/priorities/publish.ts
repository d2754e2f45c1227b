import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { inTransaction } from '@/db/transaction';
import type { Actor } from '@/lib/auth/actor';
import { publishTally, type PublishRefusal } from '@/lib/results/commands';
import { now } from '@/lib/shared/clock';
import { ok, type Result } from '@/lib/shared/result';
import { proposePriorities } from './propose';

export interface Published {
  readonly version: number;
  /** The priorities drawn up for the next cycle; null when residents asked for nothing. */
  readonly priorities: { readonly id: string; readonly nextCycle: string } | null;
}

/** Publishes the count of a round and, in the same act, draws up the next cycle's priorities. */
export async function publishResults(
  db: RegistryDatabase,
  actor: Actor,
  { roundId }: { readonly roundId: string },
): Promise<Result<Published, PublishRefusal>> {
  return inTransaction<Published, PublishRefusal>(db, (tx) =>
    publishResultsIn(tx, actor, { roundId }),
  );
}

/** The same inside a transaction that does more. */
export async function publishResultsIn(
  tx: RegistryTransaction,
  actor: Actor,
  { roundId }: { readonly roundId: string },
): Promise<Result<Published, PublishRefusal>> {
  const published = await publishTally(tx, actor, { roundId, now: now() });
  if (!published.ok) return published;
  const { version, document } = published.value;
  // Drawn up by the system from the published figures: nobody chooses the numbers.
  const proposed = await proposePriorities(tx, { kind: 'system' }, { document, version });
  return ok({ version, priorities: proposed.ok ? proposed.value : null });
}
