import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditEntry } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { ok, refuse } from '@/lib/shared/result';
import { freshRegistry } from '@/services/supervisor/test-support';
import { auditHash, recordAudit } from './commands';
import { everyAudit, findAudit, type AuditFilter } from './queries';

let registry: Awaited<ReturnType<typeof freshRegistry>>;

beforeAll(async () => {
  registry = await freshRegistry();
});
afterAll(async () => {
  await registry.drop();
});

describe('the audit chain', () => {
  it('stays one chain without forks when forty acts are recorded at once', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        inTransaction(registry.db, async (tx) => {
          await recordAudit(tx, {
            actor: 'system',
            action: 'cycle.edited',
            subject: `cycle:${String(index)}`,
            details: { b: index, a: { d: 1, c: 'ñ' } },
          });
          return ok(null);
        }),
      ),
    );
    const entries = await registry.db.select().from(auditEntry).orderBy(asc(auditEntry.seq));
    expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    let previous: Buffer = Buffer.alloc(32);
    for (const entry of entries) {
      expect(entry.previousHash.equals(previous)).toBe(true);
      expect(auditHash(previous, entry).equals(entry.hash)).toBe(true);
      previous = entry.hash;
    }
  });

  it('T7: takes its times from the database, whatever the clock of the machine says', async () => {
    vi.useFakeTimers({ now: new Date('2001-01-01T00:00:00Z'), toFake: ['Date'] });
    try {
      await inTransaction(registry.db, async (tx) => {
        await recordAudit(tx, { actor: 'system', action: 'cycle.edited', subject: 'cycle:clock' });
        return ok(null);
      });
    } finally {
      vi.useRealTimers();
    }
    const [entry] = await registry.db
      .select()
      .from(auditEntry)
      .where(eq(auditEntry.subject, 'cycle:clock'));
    const [clock] = await registry.sql<{ near: boolean }[]>`
      select ${entry!.at.toISOString()}::timestamptz between now() - interval '1 minute' and now() as near`;
    expect(clock?.near).toBe(true);
    expect(auditHash(entry!.previousHash, entry!).equals(entry!.hash)).toBe(true);
  });

  it('is undone together with a refused act', async () => {
    const refused = await inTransaction(registry.db, async (tx) => {
      await recordAudit(tx, { actor: 'system', action: 'cycle.edited', subject: 'cycle:refused' });
      return refuse('not-now');
    });
    expect(refused).toEqual({ ok: false, reason: 'not-now' });
    const [found] = await registry.sql`select 1 from audit_entry where subject = 'cycle:refused'`;
    expect(found).toBeUndefined();
  });

  it('cannot be rewritten, neither by the application nor by the owner', async () => {
    await expect(registry.sql`update audit_entry set actor = 'operator'`).rejects.toThrow(
      /permission denied/,
    );
    await expect(registry.owner`update audit_entry set actor = 'operator'`).rejects.toThrow(
      /append-only/,
    );
    await expect(registry.owner`truncate audit_entry`).rejects.toThrow(/append-only/);
  });
});

describe('violates', () => {
  it('names the constraint behind a failed write and no other', async () => {
    const district = {
      code: '120101',
      reniec_code: '110101',
      name: 'Huancayo',
      population: 1,
      population_year: 2025,
      poverty_tenths: 1,
      poverty_year: 2018,
      hdi_milli: 1,
      hdi_year: 2019,
      latitude: 0,
      longitude: 0,
      area_km2: 1,
      altitude_m: 1,
      source: 'test',
    };
    await registry.sql`insert into district ${registry.sql(district)}`;
    const error: unknown = await registry.sql`
      insert into district ${registry.sql({ ...district, code: '120102' })}`.catch(
      (reason: unknown) => reason,
    );
    expect(violates(error, 'district_reniec_code_unique')).toBe(true);
    expect(violates(error, 'district_pkey')).toBe(false);
  });
});

describe('looking for acts', () => {
  it('finds by act, by who and by the beginning of the subject, and exports exactly those', async () => {
    const record = (actor: 'operator' | 'staff:ana', action: 'round.edited', subject: string) =>
      inTransaction(registry.db, async (tx) => {
        await recordAudit(tx, { actor, action, subject });
        return ok(null);
      });
    for (let i = 0; i < 3; i += 1)
      await record('staff:ana', 'round.edited', `round:a_${String(i)}`);
    await record('operator', 'round.edited', 'round:ab1');
    const find = async (filter: Partial<AuditFilter>) => {
      const none = { action: null, actor: null, subject: null, from: null, until: null };
      const whole = { ...none, ...filter };
      const { entries, total } = await findAudit(registry.db, whole, { page: 1, perPage: 2 });
      const exported: number[] = [];
      for await (const portion of everyAudit(registry.db, whole)) {
        exported.push(...portion.map(({ seq }) => seq));
      }
      expect(exported.slice(0, 2)).toEqual(entries.map(({ seq }) => seq));
      expect(exported).toHaveLength(total);
      return total;
    };
    expect(await find({ action: 'round.edited' })).toBe(4);
    expect(await find({ actor: 'staff:ana' })).toBe(3);
    // An underscore is itself, and not any letter.
    expect(await find({ subject: 'round:a_' })).toBe(3);
    expect(await find({ subject: 'round:', actor: 'operator' })).toBe(1);
    expect(await find({ actor: 'nadie' })).toBe(0);
    const [row] = await registry.sql<{ at: string }[]>`select min(at) as at from audit_entry`;
    // The column keeps microseconds, a Date only thousandths: the moment before.
    const first = new Date(Math.floor(new Date(row!.at).getTime()));
    const all = await find({ from: first });
    expect(await find({})).toBe(all);
    expect(await find({ until: first })).toBe(0);
    expect(await find({ from: new Date(Date.now() + 60_000) })).toBe(0);
    expect(await find({})).toBeGreaterThan(40);
  });
});
