import { createHmac } from 'node:crypto';
import { lt, sql } from 'drizzle-orm';
import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';
import type { RegistryDatabase } from '@/db/registry/client';
import { rateLimit } from '@/db/registry/schema';
import { budgetOf, type BudgetName } from './budgets';
import type { Spent } from './types';

/** When the store is away, how long to wait before asking again. */
const STORE_AWAY_SECONDS = 30;

export interface LimitOptions {
  /** Keys are stored as HMACs under it: an address or a phone cannot be read back from the table. */
  readonly secret: string;
  /** MINKA_LIMIT_FACTOR */
  readonly factor: number;
}

export interface Limits {
  /** Takes one act out of a budget, in one statement; parallel acts are counted one by one. */
  spend(budget: BudgetName, key: string | Uint8Array): Promise<Spent>;
}

/** Counts in the registry. A failure of the database is an answer, never an open door. */
export function limitsOver(
  db: RegistryDatabase,
  { secret, factor }: LimitOptions,
  onFailure: (error: unknown) => void = () => undefined,
): Limits {
  const limiters = new Map<BudgetName, RateLimiterDrizzle>();
  const limiterOf = (name: BudgetName): RateLimiterDrizzle => {
    const known = limiters.get(name);
    if (known !== undefined) return known;
    const { points, seconds } = budgetOf(name, factor);
    const made = new RateLimiterDrizzle({
      storeClient: db,
      schema: rateLimit,
      keyPrefix: name,
      points,
      duration: seconds,
      // Whoever is over the limit is refused from memory until the window ends: a flood is cheap.
      inMemoryBlockOnConsumed: points + 1,
      clearExpiredByTimeout: false,
    });
    limiters.set(name, made);
    return made;
  };
  return {
    async spend(budget, key) {
      const name = createHmac('sha256', secret)
        .update(`minka/limit/v1|${budget}|`)
        .update(key)
        .digest('base64url');
      try {
        await limiterOf(budget).consume(name);
        return { ok: true };
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) {
          const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
          return { ok: false, reason: 'limited', retryAfterSeconds };
        }
        onFailure(refusal);
        return { ok: false, reason: 'unavailable', retryAfterSeconds: STORE_AWAY_SECONDS };
      }
    },
  };
}

/** Forgets windows that are over, and with them whose they were. Run by the worker. */
export async function forgetOldLimits(db: RegistryDatabase): Promise<void> {
  await db.delete(rateLimit).where(lt(rateLimit.expire, sql`now()`));
}
