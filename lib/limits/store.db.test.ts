import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rateLimit } from '@/db/registry/schema';
import { freshRegistry } from '@/services/supervisor/test-support';
import { BUDGETS } from './budgets';
import { forgetOldLimits, limitsOver } from './store';

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
const options = { secret: 's'.repeat(32), factor: 1 };

beforeAll(async () => {
  fresh = await freshRegistry();
});
afterAll(async () => {
  await fresh.drop();
});

describe('budgets', () => {
  it('of three hundred parallel acts as many pass as the budget has, over several processes', async () => {
    const processes = [limitsOver(fresh.db, options), limitsOver(fresh.db, options)];
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, at) =>
        processes[at % 2]!.spend('code-request', '203.0.113.9'),
      ),
    );
    const refused = answers.filter((answer) => !answer.ok);
    expect(answers.length - refused.length).toBe(BUDGETS['code-request'].points);
    for (const one of refused) {
      expect(one.reason).toBe('limited');
      expect(one.retryAfterSeconds).toBeGreaterThan(0);
      expect(one.retryAfterSeconds).toBeLessThanOrEqual(BUDGETS['code-request'].seconds);
    }
  });

  it('another key and another budget are not touched by it, and a factor makes room', async () => {
    const limits = limitsOver(fresh.db, options);
    expect((await limits.spend('code-request', '203.0.113.9')).ok).toBe(false);
    expect((await limits.spend('code-request', '203.0.113.10')).ok).toBe(true);
    expect((await limits.spend('code-check', '203.0.113.9')).ok).toBe(true);
    const wide = limitsOver(fresh.db, { ...options, factor: 10 });
    expect((await wide.spend('code-request', '203.0.113.9')).ok).toBe(true);
  });

  it('no address stands in the table, and another secret gives other names', async () => {
    await limitsOver(fresh.db, options).spend('sign-in', '203.0.113.77');
    const stored = JSON.stringify(await fresh.db.select().from(rateLimit));
    expect(stored).not.toContain('203.0.113.77');
    const before = (await fresh.db.select().from(rateLimit)).length;
    const other = { ...options, secret: 't'.repeat(32) };
    await limitsOver(fresh.db, other).spend('sign-in', '203.0.113.77');
    expect((await fresh.db.select().from(rateLimit)).length).toBe(before + 1);
  });

  it('a window that is over begins anew, and is forgotten', async () => {
    const limits = limitsOver(fresh.db, options);
    expect((await limits.spend('alarm-told', 'x')).ok).toBe(true);
    expect((await limitsOver(fresh.db, options).spend('alarm-told', 'x')).ok).toBe(false);
    await fresh.sql`update rate_limit set expire = now() - interval '1 second'`;
    expect((await limitsOver(fresh.db, options).spend('alarm-told', 'x')).ok).toBe(true);
    await fresh.sql`update rate_limit set expire = now() - interval '1 second'`;
    await forgetOldLimits(fresh.db);
    expect(await fresh.db.select().from(rateLimit)).toEqual([]);
  });

  it('when nobody can count, nothing is let through', async () => {
    const failures: unknown[] = [];
    await fresh.owner`alter table rate_limit rename to away`;
    const limits = limitsOver(fresh.db, options, (error) => failures.push(error));
    expect(await limits.spend('code-request', '203.0.113.9')).toMatchObject({
      ok: false,
      reason: 'unavailable',
    });
    expect(failures).toHaveLength(1);
    await fresh.owner`alter table away rename to rate_limit`;
    expect((await limits.spend('code-request', '203.0.113.200')).ok).toBe(true);
  });
});
