import { afterEach, describe, expect, it } from 'vitest';
import { publishBatch } from '@/db/ballot-box/record';
import { testBox, type TestBox } from './test-box';
import { castRow, testRow, type TestRow } from './test-rows';

/**
 * What somebody with the database's files could link (threat T23). The attacker is stronger than any
 * real one: knows exactly in which order 400 voters got their right, that each voted at once, and
 * every batch. The control is a shuffle within batches of 20: chance is one in 20.
 */

let test: TestBox;
afterEach(async () => {
  await test.stop();
});

const VOTERS = 400;
const BATCH = 20;

/** Names of ballots, hex: in the order of the casts. */
type Order = string[];

const name = (row: TestRow): string => row.leaf.toString('hex');

async function openBox(clock?: () => number): Promise<void> {
  const record = { batch: BATCH, intervalSeconds: 1 };
  test = await testBox({ record }, { ...(clock && { clock }) });
  await test.openRound();
}

async function castInOrder(count: number, between: () => Promise<void>): Promise<Order> {
  const order: Order = [];
  for (let i = 0; i < count; i++) {
    const row = testRow();
    expect(await castRow(test.database.sql, test.round, row)).toBe('stored');
    order.push(name(row));
    if (order.length % BATCH === 0) await between();
  }
  return order;
}

/** The ballots as each kind of trace orders them. */
async function traces(): Promise<Map<string, Order>> {
  const { owner } = test.database;
  const read = async (rows: PromiseLike<readonly { leaf: string }[]>): Promise<Order> =>
    (await rows).map(({ leaf }) => leaf);
  const leaf = owner`encode(leaf, 'hex') as leaf`;
  return new Map([
    ['ctid', await read(owner<{ leaf: string }[]>`select ${leaf} from ballot order by ctid`)],
    [
      'xmin',
      await read(
        owner<{ leaf: string }[]>`select ${leaf} from ballot order by xmin::text::bigint, ctid`,
      ),
    ],
    [
      'position',
      await read(owner<{ leaf: string }[]>`select ${leaf} from ballot order by position, ctid`),
    ],
    [
      'index of staged ballots',
      await read(
        owner<{ leaf: string }[]>`select ${leaf} from ballot where position is null
          order by group_id, ctid`,
      ),
    ],
  ]);
}

/** The k-th voter of a batch is guessed to be the k-th ballot that the trace shows of that batch. */
function linked(cast: Order, trace: Order): number {
  let hits = 0;
  for (let from = 0; from < cast.length; from += BATCH) {
    const voters = cast.slice(from, from + BATCH);
    const ballots = trace.filter((each) => voters.includes(each));
    hits += voters.filter((voter, i) => ballots[i] === voter).length;
  }
  return hits;
}

describe('400 voters who vote the moment they get their right', () => {
  it('can be linked before publication, which is why the ballots are published', async () => {
    await openBox();
    const cast = await castInOrder(VOTERS, () => Promise.resolve());
    const found = await traces();
    for (const trace of ['ctid', 'xmin', 'index of staged ballots']) {
      expect(linked(cast, found.get(trace) ?? [])).toBeGreaterThan(VOTERS * 0.8);
    }
  });

  it('can afterwards be linked at most twice as well as by chance, whatever the trace', async () => {
    await openBox();
    const cast = await castInOrder(VOTERS, () => test.box.tick());
    const chance = VOTERS / BATCH;
    // Twenty are expected; forty or more come once in a hundred thousand runs.
    for (const trace of (await traces()).values()) {
      expect(linked(cast, trace)).toBeLessThanOrEqual(2 * chance);
    }
    const [left] = await test.database.owner<{ staged: number }[]>`
      select count(*)::int as staged from ballot where position is null`;
    expect(left?.staged).toBe(0);
  });

  it('would be linked by a publisher that did not shuffle', async () => {
    await openBox();
    const { sql } = test.database;
    const { round } = test.round.manifest;
    const cast: Order = [];
    for (let from = 1; from <= VOTERS; from += BATCH) {
      const rows = Array.from({ length: BATCH }, () => testRow());
      for (const row of rows) await castRow(sql, test.round, row);
      await publishBatch(sql, {
        round,
        from,
        ballots: rows.map(({ leaf }) => leaf),
        codes: rows.map(({ receipt }) => receipt),
        notes: [],
        closing: null,
        checkpoint: 'x',
      });
      cast.push(...rows.map(name));
    }
    expect(linked(cast, (await traces()).get('ctid') ?? [])).toBeGreaterThan(VOTERS * 0.8);
  });
});

describe('the pages of the table', () => {
  interface Pages {
    /** Row versions that still hold their content, in the heap. */
    readonly versions: number;
    /** Entries of the primary key: their order of rows would tell the order of arrival. */
    readonly entries: number;
  }

  async function pages(): Promise<Pages> {
    const { owner } = test.database;
    await owner`create extension if not exists pageinspect`;
    const [heap] = await owner<{ versions: number }[]>`
      select count(*) filter (where t_data is not null)::int as versions
      from generate_series(0, pg_relation_size('ballot') / 8192 - 1) as block,
        heap_page_items(get_raw_page('ballot', block::int))`;
    const [index] = await owner<{ entries: number }[]>`
      select sum(live_items + dead_items)::int as entries
      from generate_series(1, pg_relation_size('ballot_one_per_sequence') / 8192 - 1) as block,
        bt_page_stats('ballot_one_per_sequence', block) as page where page.type in ('l', 'r')`;
    return { versions: heap?.versions ?? -1, entries: index?.entries ?? -1 };
  }

  it('hold nothing of what a ballot was before it was published', async () => {
    await openBox();
    await castInOrder(VOTERS, () => test.box.tick());
    const { versions, entries } = await pages();
    expect(versions).toBe(VOTERS);
    // One more on each page but the last: the bound of its neighbour.
    expect(entries).toBeLessThan(VOTERS + 20);
    const [stats] = await test.database.owner<{ dead: number }[]>`
      select (pg_stat_get_dead_tuples('ballot'::regclass)
        + pg_stat_get_dead_tuples('receipt'::regclass))::int as dead`;
    expect(stats?.dead).toBe(0);
  });

  it('are wiped later when somebody could still see the old versions', async () => {
    let clock = 1_000_000;
    await openBox(() => clock);
    const { owner } = test.database;
    // Who reads for long keeps old versions alive.
    await owner.begin('isolation level repeatable read', async (tx) => {
      await tx`select count(*) from ballot`;
      clock += 60_000;
      await castInOrder(BATCH, () => test.box.tick());
    });
    expect((await pages()).versions).toBe(2 * BATCH);
    await test.box.tick();
    expect((await pages()).versions).toBe(2 * BATCH);
    clock += 60_000;
    await test.box.tick();
    expect((await pages()).versions).toBe(BATCH);
  });
});
