import type { PendingQuery, Row, TransactionSql } from 'postgres';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/transaction';
import { ok } from '@/lib/shared/result';
import { freshRegistry } from '@/services/supervisor/test-support';
import { checkAndKeep, checkChain, lastCheck, toldHeads } from './chain';
import { auditHash, recordAudit } from './commands';

let registry: Awaited<ReturnType<typeof freshRegistry>>;
const opened: (typeof registry)[] = [];

const ACTS = 12;

beforeEach(async () => {
  registry = await freshRegistry();
  opened.push(registry);
  for (let act = 1; act <= ACTS; act += 1) {
    await inTransaction(registry.db, async (tx) => {
      await recordAudit(tx, {
        actor: 'operator',
        action: 'cycle.edited',
        subject: `cycle:${String(act)}`,
        details: { act, words: { b: 'ñ', a: [act, null] } },
      });
      return ok(null);
    });
  }
});
afterAll(async () => {
  for (const each of opened) await each.drop();
});

type Forgery = (sql: TransactionSql) => PendingQuery<Row[]>;

/** What a superuser can do whom no trigger stops. */
async function asSuperuser(...forgeries: Forgery[]): Promise<void> {
  await registry.owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    for (const forge of forgeries) await forge(tx);
  });
}

const problemNow = async () => (await checkChain(registry.db)).problem;

describe('the chain of the audit', () => {
  it('holds from the first act to the last', async () => {
    const state = await checkChain(registry.db);
    const [last] = await registry.sql`select hash from audit_entry where seq = ${ACTS}`;
    expect(state).toEqual({ entries: ACTS, head: last!['hash'] as Buffer, problem: null });
  });

  it.each<[string, Forgery]>([
    [
      'its words',
      (tx) => tx`update audit_entry set details = details || '{"act": 99}' where seq = 5`,
    ],
    ['who acted', (tx) => tx`update audit_entry set actor = 'system' where seq = 5`],
    ['what was done', (tx) => tx`update audit_entry set action = 'round.closed' where seq = 5`],
    ['on what', (tx) => tx`update audit_entry set subject = 'cycle:x' where seq = 5`],
    ['when', (tx) => tx`update audit_entry set at = at + interval '1 second' where seq = 5`],
    ['its hash', (tx) => tx`update audit_entry set hash = sha256('x') where seq = 5`],
    ['its link', (tx) => tx`update audit_entry set previous_hash = sha256('x') where seq = 5`],
  ])('names an altered entry: %s', async (_what, forge) => {
    await asSuperuser(forge);
    expect(await problemNow()).toEqual({ kind: 'altered', seq: 5 });
  });

  it('names a deleted entry, at the beginning and in the middle', async () => {
    await asSuperuser((tx) => tx`delete from audit_entry where seq = 7`);
    expect(await problemNow()).toEqual({ kind: 'missing', seq: 7 });
    await asSuperuser((tx) => tx`delete from audit_entry where seq = 1`);
    expect(await problemNow()).toEqual({ kind: 'missing', seq: 1 });
  });

  it('names a deleted entry although those after it were numbered anew', async () => {
    await asSuperuser(
      (tx) => tx`delete from audit_entry where seq = 7`,
      (tx) => tx`update audit_entry set seq = seq - 1001 where seq > 7`,
      (tx) => tx`update audit_entry set seq = seq + 1000 where seq < 0`,
    );
    expect(await problemNow()).toEqual({ kind: 'altered', seq: 7 });
  });

  it('names the first of two entries that changed places', async () => {
    await asSuperuser(
      (tx) => tx`update audit_entry set seq = 100 where seq = 4`,
      (tx) => tx`update audit_entry set seq = 4 where seq = 5`,
      (tx) => tx`update audit_entry set seq = 5 where seq = 100`,
    );
    expect(await problemNow()).toEqual({ kind: 'reordered', seq: 4 });
  });

  it('names an entry that was put in, in the middle or at the end', async () => {
    const insert =
      (seq: number): Forgery =>
      (tx) =>
        tx`insert into audit_entry select ${seq}, at, actor, action, subject, details,
          previous_hash, hash from audit_entry where seq = 3`;
    await asSuperuser(insert(ACTS + 1));
    expect(await problemNow()).toEqual({ kind: 'altered', seq: ACTS + 1 });
    await asSuperuser(
      (tx) => tx`update audit_entry set seq = seq + 1000 where seq >= 6`,
      insert(6),
      (tx) => tx`update audit_entry set seq = seq - 999 where seq >= 1000`,
    );
    expect((await problemNow())?.seq).toBe(6);
  });

  it('cut off at the end or rewritten whole, is given away by the head that was told', async () => {
    expect((await checkAndKeep(registry.db)).problem).toBeNull();
    const heads = await toldHeads(registry.db);
    await asSuperuser((tx) => tx`delete from audit_entry where seq > ${ACTS - 2}`);
    expect(await problemNow()).toBeNull();
    expect((await checkChain(registry.db, heads)).problem).toEqual({
      kind: 'missing',
      seq: ACTS - 1,
    });

    const rows = await registry.sql`select * from audit_entry where seq <= 3 order by seq`;
    let previous: Buffer = Buffer.alloc(32);
    await registry.owner.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`delete from audit_entry`;
      for (let seq = 1; seq <= ACTS; seq += 1) {
        const at = new Date(rows[0]!['at'] as string);
        const entry = { seq, at, actor: 'operator', action: 'x', subject: 'y', details: {} };
        const hash = auditHash(previous, entry);
        await tx`insert into audit_entry ${tx({ ...entry, details: tx.json({}), previous_hash: previous, hash })}`;
        previous = hash;
      }
    });
    expect(await problemNow()).toBeNull();
    const found = await checkAndKeep(registry.db);
    expect(found.problem).toEqual({ kind: 'rewritten', seq: ACTS });
    expect(await lastCheck(registry.db)).toMatchObject({ problem: found.problem });
  });
});
