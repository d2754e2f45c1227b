import type { Refusal, Result } from '@/lib/shared/result';
import type { RegistryDatabase, RegistryTransaction } from './registry/client';

class RefusalRollback extends Error {
  constructor(readonly refusal: Refusal<string>) {
    super(`Refused: ${refusal.reason}`);
  }
}

/**
 * Runs a command in one transaction. A refusal undoes its writes: drizzle rolls back on a throw
 * only, so a refusal that was merely returned would commit what came before it.
 */
export async function inTransaction<T, Reason extends string>(
  db: RegistryDatabase,
  work: (tx: RegistryTransaction) => Promise<Result<T, Reason>>,
): Promise<Result<T, Reason>> {
  try {
    return await db.transaction(async (tx) => {
      const result = await work(tx);
      if (!result.ok) throw new RefusalRollback(result);
      return result;
    });
  } catch (error) {
    if (error instanceof RefusalRollback) return error.refusal as Refusal<Reason>;
    throw error;
  }
}

/** Whether a write failed on this named constraint; drizzle keeps PostgreSQL's error as the cause. */
export function violates(error: unknown, constraint: string): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('constraint_name' in at && at.constraint_name === constraint) return true;
  }
  return false;
}
