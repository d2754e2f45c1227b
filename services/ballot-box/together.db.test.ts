import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeBallot, type BallotRow, type CastOutcome } from '@/db/ballot-box/ballots';
import { storeBallots } from '@/db/ballot-box/casting';
import { codeFromDigest } from '@/lib/ballots/receipt';
import { castBallot, type CastContext } from './cast';
import { CastQueue } from './cast-queue';
import { testBox, type TestBox } from './test-box';

// Casts that arrive together share a commit. Nothing else may change by it.

let test: TestBox;
beforeEach(async () => {
  test = await testBox();
  await test.openRound();
});
afterEach(async () => {
  await test.stop();
});

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A ballot as the box stores it once it is checked: what it means is no matter here. */
interface Made {
  readonly voter: number;
  readonly seq: number;
  /** Another version is another content for the same place. */
  readonly version: number;
  /** Which version of the ballot before it replaces. */
  readonly replaces: number;
  readonly receipt: number;
}

const leafOf = (voter: number, seq: number, version: number): Buffer =>
  digest(`leaf ${String(voter)} ${String(seq)} ${String(version)}`);

function rowOf({ voter, seq, version, replaces, receipt }: Made): BallotRow {
  return {
    round: test.round.manifest.round,
    manifestHash: test.round.hash,
    credential: digest(`voter ${String(voter)}`),
    seq,
    previous: seq === 1 ? null : leafOf(voter, seq - 1, replaces),
    group: '120101',
    leaf: leafOf(voter, seq, version),
    body: `{"v":1,"made":"${String(voter)} ${String(seq)} ${String(version)}"}`,
    signature: 'A'.repeat(86),
    receipt: codeFromDigest(digest(`receipt ${String(receipt)}`)),
  };
}

async function contents(): Promise<unknown> {
  const ballots = await test.database.owner`
    select round_id, credential, seq, group_id, leaf, body, signature from ballot order by leaf`;
  const receipts = await test.database.owner`select round_id, code from receipt order by code`;
  return [ballots, receipts];
}

async function emptied(): Promise<void> {
  const { owner } = test.database;
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`delete from ballot`;
    await tx`delete from receipt`;
  });
}

async function one(row: BallotRow): Promise<CastOutcome> {
  return storeBallot(test.database.sql, row);
}

async function together(rows: readonly BallotRow[]): Promise<CastOutcome[]> {
  const [first, ...others] = rows;
  return first ? storeBallots(test.database.sql, [first, ...others]) : [];
}

describe('ballots stored together', () => {
  it('have the outcomes and leave the rows that they would one by one', async () => {
    const made = fc.record({
      voter: fc.nat(4),
      seq: fc.constantFrom(1, 1, 1, 2, 2, 3),
      version: fc.constantFrom(0, 0, 1),
      replaces: fc.constantFrom(0, 0, 0, 1),
      // Mostly one's own, sometimes one that another ballot has.
      receipt: fc.constantFrom(-1, -1, 0, 1),
    });
    const batch = fc
      .uniqueArray(made, { selector: ({ voter }) => voter, minLength: 1, maxLength: 5 })
      .map((list) =>
        list.map(({ receipt, ...each }) => ({
          ...each,
          receipt: receipt < 0 ? 100 + each.voter * 10 + each.seq * 2 + each.version : receipt,
        })),
      )
      .filter((list) => new Set(list.map(({ receipt }) => receipt)).size === list.length);
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 6 }), async (batches) => {
        const lists = batches.map((list) => list.map(rowOf));
        const apart: CastOutcome[][] = [];
        const after: CastOutcome[][] = [];
        await emptied();
        for (const rows of lists) {
          const outcomes: CastOutcome[] = [];
          for (const row of rows) outcomes.push(await one(row));
          apart.push(outcomes);
        }
        const expected = await contents();

        await emptied();
        for (const rows of lists) {
          const outcomes = await together(rows);
          after.push(outcomes);
          seen.add(outcomes.join());
        }
        expect(after).toEqual(apart);
        expect(await contents()).toEqual(expected);
      }),
      { numRuns: 60 },
    );
    // All kinds of answers came up, alone and among others.
    for (const outcome of ['stored', 'same', 'sequence-taken', 'chain-broken', 'receipt-differs']) {
      expect([...seen].join()).toContain(outcome);
    }
  }, 240_000);

  it('are told alike when the round is closed, unknown or has another manifest', async () => {
    const rows = [0, 1, 2].map((voter) =>
      rowOf({ voter, seq: 1, version: 0, replaces: 0, receipt: voter }),
    );
    const other = (change: Partial<BallotRow>) => rows.map((row) => ({ ...row, ...change }));
    expect(await together(other({ round: 'otra' }))).toEqual(rows.map(() => 'unknown-round'));
    expect(await together(other({ manifestHash: 'x' }))).toEqual(rows.map(() => 'other-manifest'));
    expect(await together(rows.slice(0, 1))).toEqual(['stored']);
    await test.closeRound();
    expect(await together(rows)).toEqual(['same', 'closed', 'closed']);
    // The ballot is there, but nobody sent it with such a receipt.
    const invented = other({ receipt: codeFromDigest(digest('invented')) });
    expect(await together(invented)).toEqual(['receipt-differs', 'closed', 'closed']);
    expect(await Promise.all(invented.map(one))).toEqual(['receipt-differs', 'closed', 'closed']);
  });
});

describe('casts that arrive while commits are under way', () => {
  const voters = (count: number): BallotRow[] =>
    Array.from({ length: count }, (_, voter) =>
      rowOf({ voter, seq: 1, version: 0, replaces: 0, receipt: voter }),
    );

  it('share the next one, in no order of arrival', async () => {
    const queue = new CastQueue(test.database.sql);
    const outcomes = await Promise.all(voters(100).map((row) => queue.store(row)));
    expect(outcomes).toEqual(outcomes.map(() => 'stored'));
    const commits = await test.database.owner<{ ballots: number; sorted: boolean }[]>`
      select count(*)::int as ballots,
        array_agg(credential order by ctid) = array_agg(credential order by credential) as sorted
      from ballot group by xmin::text order by 1`;
    // One went at once; then as many as may share one; the others waited for those.
    expect(commits.map(({ ballots }) => ballots)).toEqual([1, 35, 64]);
    expect(commits.map(({ sorted }) => sorted)).toEqual([true, true, true]);
  });

  it("do not suffer from one among them that carries somebody else's receipt", async () => {
    const rows = voters(20);
    const [earlier] = voters(21).slice(-1);
    await one(earlier!);
    const queue = new CastQueue(test.database.sql);
    const outcomes = await Promise.all(
      rows.map((row, index) =>
        queue.store(index === 7 ? { ...row, receipt: earlier!.receipt } : row),
      ),
    );
    const commits = await test.database.owner`select from ballot group by xmin::text`;
    // The earlier one, the one that went at once, and all others together.
    expect(commits).toHaveLength(3);
    expect(outcomes).toEqual(rows.map((_, index) => (index === 7 ? 'receipt-differs' : 'stored')));
  });

  it('are all stored when the receipt of one is taken by another process meanwhile', async () => {
    const { owner, sql } = test.database;
    const rows = voters(20);
    const queue = new CastQueue(sql);
    let stored: Promise<CastOutcome[]> | undefined;
    await owner.begin(async (tx) => {
      // Seen by nobody before its commit, and then it is too late for the call that waits for it.
      await tx`insert into receipt (round_id, code)
        values (${rows[7]!.round}, ${rows[7]!.receipt})`;
      stored = Promise.all(rows.map((row) => queue.store(row)));
      await expect
        .poll(
          async () => owner`select from pg_locks where locktype = 'transactionid' and not granted`,
        )
        .toHaveLength(1);
    });
    expect(await stored).toEqual(
      rows.map((_, index) => (index === 7 ? 'receipt-differs' : 'stored')),
    );
  });

  it('do not share one with another ballot of the same credential or of the same receipt', async () => {
    const queue = new CastQueue(test.database.sql);
    const [first, second, ...others] = voters(6);
    const twice = rowOf({ voter: 2, seq: 1, version: 1, replaces: 0, receipt: 99 });
    const borrowed = rowOf({ voter: 50, seq: 1, version: 0, replaces: 0, receipt: 3 });
    const outcomes = await Promise.all(
      [first!, second!, ...others, twice, borrowed].map((row) => queue.store(row)),
    );
    expect(outcomes).toEqual([
      ...voters(6).map(() => 'stored'),
      'sequence-taken',
      'receipt-differs',
    ]);
  });

  it('are turned away, before anything is checked, when too many wait already', async () => {
    const { owner, sql } = test.database;
    const queue = new CastQueue(sql);
    let stored: Promise<CastOutcome[]> | undefined;
    await owner.begin(async (tx) => {
      await tx`lock table ballot in share mode`;
      // Four commits are under way, of 1, 64, 64 and 64 ballots; 2,000 more may wait.
      const rows = voters(193 + 2000);
      stored = Promise.all(rows.slice(1).map((row) => queue.store(row)));
      expect(queue.full).toBe(false);
      void queue.store(rows[0]!);
      expect(queue.full).toBe(true);
      const context = { queue } as CastContext;
      expect(await castBallot('{', context)).toEqual({ status: 503, reason: 'unavailable' });
    });
    expect(new Set(await stored)).toEqual(new Set(['stored']));
    expect(queue.full).toBe(false);
  });

  it('are all refused as not recorded when the database is away, and none of them is', async () => {
    const { owner, sql } = test.database;
    await owner`create function full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'no space left on device' using errcode = 'disk_full'; end $$`;
    await owner`create trigger full_disk before insert on ballot execute function full_disk()`;
    const queue = new CastQueue(sql);
    const outcomes = await Promise.allSettled(voters(10).map((row) => queue.store(row)));
    expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'rejected'));
    await owner`drop trigger full_disk on ballot`;
    expect(await Promise.all(voters(10).map((row) => queue.store(row)))).toEqual(
      outcomes.map(() => 'stored'),
    );
  });
});
