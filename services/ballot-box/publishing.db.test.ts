import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { connectBallotBox } from '@/db/ballot-box/client';
import { parseCheckpoint } from '@/lib/record/checkpoint';
import { merkleRoot } from '@/lib/record/merkle';
import { sha256 } from './record-log';
import { testBox, type TestBox } from './test-box';
import { castRow, readLog, testRow, type ReadLog, type TestRow } from './test-rows';

let test: TestBox;
afterEach(async () => {
  await test.stop();
});

const roundId = (): string => test.round.manifest.round;
const log = (url = test.url): Promise<ReadLog> => readLog(url, roundId());

async function castMany(count: number, changes: Partial<TestRow> = {}): Promise<TestRow[]> {
  const rows = Array.from({ length: count }, () => testRow(changes));
  for (const row of rows) expect(await castRow(test.database.sql, test.round, row)).toBe('stored');
  return rows;
}

const leavesOf = (rows: readonly TestRow[]): string[] =>
  rows.map(({ leaf }) => leaf.toString('hex'));

/** That the signed checkpoint is of exactly the leaves that are served. */
async function rootHolds(url = test.url): Promise<boolean> {
  const { leaves, size } = await log(url);
  const file = await fetch(`${url}/public-record/${roundId()}/checkpoint`);
  const signed = parseCheckpoint(await file.text())?.checkpoint;
  const root = merkleRoot(
    leaves.map((leaf) => Buffer.from(leaf, 'hex')),
    sha256,
  );
  return signed?.size === size && Buffer.from(signed.root).equals(root);
}

describe('a batch', () => {
  it('is in no order that the casts had, neither in the log nor in the table', async () => {
    test = await testBox({ record: { batch: 200, intervalSeconds: 1 } });
    await test.openRound();
    const cast = leavesOf(await castMany(200));
    await test.box.tick();
    const published = (await log()).leaves.slice(1);
    expect(published.toSorted()).toEqual(cast.toSorted());
    // Neighbours that stayed neighbours: one is expected of 200, 20 come once in 10^18 shuffles.
    const kept = published.filter((leaf, i) => cast[cast.indexOf(leaf) + 1] === published[i + 1]);
    expect(kept.length).toBeLessThan(20);
    const rows = await test.database.owner<{ leaf: string; xmin: string }[]>`
      select encode(leaf, 'hex') as leaf, xmin::text as xmin from ballot order by ctid`;
    expect(rows.map(({ leaf }) => leaf)).toEqual(published);
    expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
  });

  it('waits for company and for the interval, and at the close for neither', async () => {
    let clock = 1_000_000;
    test = await testBox({ record: { batch: 5, intervalSeconds: 60 } }, { clock: () => clock });
    await test.openRound();
    const size = async (): Promise<number> => {
      await test.box.tick();
      return (await log()).size;
    };
    await castMany(4);
    clock += 600_000;
    expect(await size()).toBe(1);
    await castMany(1);
    expect(await size()).toBe(6);
    await castMany(20);
    clock += 59_000;
    expect(await size()).toBe(6);
    clock += 1_000;
    expect(await size()).toBe(26);
    await castMany(2);
    await test.closeRound();
    expect(await size()).toBe(28);
  });
});

/** What the backend that publishes meets: it is killed right there. */
const STEPS = [
  ['before the staged ballots go', 'before delete on ballot', 'statement'],
  ['when the staged ballots are gone', 'after delete on ballot', 'statement'],
  ['before they are written again', 'before insert on ballot', 'statement'],
  ['when they are written again', 'after insert on ballot', 'statement'],
  ['before the receipts go', 'before delete on receipt', 'statement'],
  ['when the receipts are gone', 'after delete on receipt', 'statement'],
  ['when the receipts are written again', 'after insert on receipt', 'statement'],
  ['before the notes get their place', 'before update on note', 'statement'],
  ['when the notes have their place', 'after update on note', 'statement'],
  ['before the checkpoint', 'before insert on checkpoint', 'statement'],
  ['after the checkpoint', 'after insert on checkpoint', 'statement'],
  ['while it commits', 'after insert on checkpoint', 'commit'],
] as const;

async function killAt(when: string, moment: 'statement' | 'row' | 'commit'): Promise<void> {
  const { owner } = test.database;
  await owner`create or replace function die() returns trigger language plpgsql as $$
    begin
      perform pg_terminate_backend(pg_backend_pid());
      perform pg_sleep(10);
      return null;
    end $$`;
  const [statement] = await owner<{ text: string }[]>`
    select case when ${moment} = 'commit'
      then format('create constraint trigger die %s deferrable initially deferred for each row execute function die()', ${when}::text)
      else format('create trigger die %s for each %s execute function die()', ${when}::text, ${moment}::text)
    end as text`;
  await owner.begin(async (tx) => {
    await tx`select set_config('minka.statement', ${statement!.text}, true)`;
    await tx`do $$ begin execute current_setting('minka.statement'); end $$`;
  });
}

const NOTE = (day: string): string =>
  JSON.stringify({ v: 1, type: 'audit-head', round: roundId(), day, seq: 1, hash: 'b'.repeat(64) });

describe('a crash while publishing', () => {
  it.each(STEPS)(
    '%s loses, doubles and moves nothing, and the next tick goes on',
    async (_, when, moment) => {
      test = await testBox();
      await test.openRound();
      const early = await castMany(4);
      await test.box.tick();
      const before = await log();
      expect(before.size).toBe(5);
      const late = await castMany(5);
      await test.order({ type: 'note', round: roundId(), text: NOTE('2026-11-22') });
      const table = when.split(' ').at(-1)!;
      await killAt(when, moment);
      await test.box.tick();
      // It was killed there, and not for another reason.
      expect(test.logged.join()).toMatch(/57P01|CONNECTION_CLOSED|CONNECTION_DESTROYED|ECONNRESET/);
      expect(await log()).toEqual(before);
      const [state] = await test.database.owner<{ staged: number; all: number; codes: number }[]>`
        select count(*) filter (where position is null)::int as staged, count(*)::int as all,
          (select count(*)::int from receipt where batch is null) as codes from ballot`;
      expect(state).toEqual({ staged: 5, all: 9, codes: 5 });
      // A killed box is another process afterwards.
      await test.database.owner`drop trigger die on ${test.database.owner(table)}`;
      const reborn = await test.another();
      await reborn.box.tick();
      await test.box.tick();
      const after = await log();
      expect(await log(reborn.url)).toEqual(after);
      expect(after.checkpoints).toEqual([1, 5, 11]);
      expect(after.leaves.slice(0, 5)).toEqual(before.leaves);
      expect(after.leaves.slice(5, 10).toSorted()).toEqual(leavesOf(late).toSorted());
      expect(after.leaves.slice(1, 5).toSorted()).toEqual(leavesOf(early).toSorted());
      expect(await rootHolds()).toBe(true);
    },
  );

  it.each([
    ['when the round is marked', 'before update on round', 'row'],
    ['when the round is marked and nothing else is left', 'after update on round', 'row'],
    ['while it commits', 'after insert on checkpoint', 'commit'],
  ] as const)(
    'and sealing, %s, leaves a round that is sealed by the next order',
    async (_, when, moment) => {
      test = await testBox();
      await test.openRound();
      const cast = await castMany(4);
      await test.closeRound();
      await killAt(when, moment);
      const failed = await test.sealRound([NOTE('2026-11-22')]);
      expect(failed.status).toBe(503);
      const [state] = await test.database.owner<{ state: string; notes: number }[]>`
        select state, (select count(*)::int from note where text like '%closing%') as notes
        from round`;
      expect(state).toEqual({ state: 'closed', notes: 0 });
      const table = when.split(' ').at(-1)!;
      await test.database.owner`drop trigger die on ${test.database.owner(table)}`;
      expect(await (await test.sealRound([NOTE('2026-11-22')])).json()).toMatchObject({
        state: 'sealed',
      });
      const sealed = await log();
      expect(sealed.size).toBe(7);
      expect(sealed.leaves.slice(1, 5).toSorted()).toEqual(leavesOf(cast).toSorted());
      expect(await rootHolds()).toBe(true);
    },
  );

  it('of every connection at random moments, under casts, keeps each ballot that was answered', async () => {
    test = await testBox();
    await test.openRound();
    const sql = connectBallotBox(test.database.url, 4);
    const stored: string[] = [];
    const rows = Array.from({ length: 120 }, () => testRow());
    const casts = Array.from({ length: 4 }, async () => {
      for (let row = rows.pop(); row; row = rows.pop()) {
        const outcome = await castRow(sql, test.round, row).catch(() => 'killed');
        if (outcome === 'stored') stored.push(row.leaf.toString('hex'));
        if (rows.length % 10 === 0) {
          await test.database.owner`select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and usename <> current_user and random() < 0.3`;
        }
      }
    });
    const ticks = (async () => {
      while (rows.length > 0) await test.box.tick().catch(() => undefined);
    })();
    await Promise.all([...casts, ticks]);
    await sql.end({ timeout: 1 });
    await expect.poll(async () => (await test.closeRound()).status).toBe(200);
    await expect.poll(async () => (await test.sealRound()).status).toBe(200);
    const { leaves } = await log();
    expect(new Set(leaves).size).toBe(leaves.length);
    expect(stored.length).toBeGreaterThan(0);
    for (const leaf of stored) expect(leaves).toContain(leaf);
    expect(await rootHolds()).toBe(true);
  });
});

describe('casts while publishing', () => {
  const RIVALS = 5;
  const BATCHES = 6;

  /** Different ballots for each (credential, sequence), until two processes published six batches. */
  async function race(): Promise<{ stored: TestRow[]; places: number; refused: number }> {
    await test.openRound();
    const second = await test.another();
    const stored: TestRow[] = [];
    let [places, refused, batches] = [0, 0, 0];
    const cast = async (row: TestRow): Promise<boolean> => {
      const outcome = await castRow(test.database.sql, test.round, row);
      if (outcome === 'stored') stored.push(row);
      if (outcome === 'sequence-taken') refused += 1;
      return outcome === 'stored';
    };
    const casts = Array.from({ length: 4 }, async () => {
      while (batches < BATCHES) {
        const credential = randomBytes(32);
        let previous: Buffer | null = null;
        for (let seq = 1; seq <= 5; seq++) {
          const rivals = Array.from({ length: RIVALS }, () =>
            testRow({ credential, seq, previous }),
          );
          const won = await Promise.all(rivals.map(cast));
          previous = rivals[won.indexOf(true)]!.leaf;
          places += 1;
        }
      }
    });
    const publishing = [test.box, second.box].map(async (box) => {
      while (batches < BATCHES) {
        await box.tick();
        batches = (await log()).checkpoints.length;
      }
    });
    await Promise.all([...casts, ...publishing]);
    await test.closeRound();
    await test.sealRound();
    await second.box.tick();
    expect(await log(second.url)).toEqual(await log());
    return { stored, places, refused };
  }

  it('leave exactly one ballot for each credential and sequence, and each of them once in the log', async () => {
    test = await testBox();
    const { stored, places, refused } = await race();
    expect(stored).toHaveLength(places);
    expect(refused).toBe(places * (RIVALS - 1));
    expect((await log()).leaves.slice(1, -1).toSorted()).toEqual(leavesOf(stored).toSorted());
    expect(await rootHolds()).toBe(true);
  });

  it('would leave more without the primary key: the constraint is what holds it', async () => {
    test = await testBox();
    await test.database.owner`alter table ballot drop constraint ballot_one_per_sequence`;
    const { stored, places } = await race();
    expect(stored.length).toBeGreaterThan(places);
  });
});

describe('4,000 casts across a closing', () => {
  const CASTS = 4000;

  /** Lines that the order to close counted, lines at the end, and casts answered with "stored". */
  async function race(): Promise<{ counted: number; final: number; stored: number }> {
    await test.openRound();
    const { owner, sql } = test.database;
    // What is on its way when the order comes takes half a second more.
    await owner`create table slowly (id int)`;
    await owner`create function slow() returns trigger language plpgsql security definer as $$
      begin
        perform pg_sleep(0.5) from slowly;
        return new;
      end $$`;
    await owner`create trigger slow before insert on ballot for each row execute function slow()`;
    let closing: Promise<number> | undefined;
    const close = async (): Promise<number> => {
      await owner`insert into slowly values (1)`;
      const answer = await test.closeRound();
      return ((await answer.json()) as { lines: number }).lines;
    };
    let stored = 0;
    const rows = Array.from({ length: CASTS }, () => testRow());
    const client = async (): Promise<void> => {
      for (let row = rows.pop(); row; row = rows.pop()) {
        if ((await castRow(sql, test.round, row)) === 'stored') stored += 1;
        if (stored >= CASTS / 2) closing ??= close();
      }
    };
    await Promise.all(Array.from({ length: 18 }, client));
    const counted = await closing!;
    const count = await test.order({ type: 'count', round: roundId() });
    const { lines: final } = (await count.json()) as { lines: number };
    return { counted, final, stored };
  }

  it('leave the count that the close gave, and exactly what was answered', async () => {
    test = await testBox();
    const { counted, final, stored } = await race();
    expect(counted).toBe(final);
    expect(stored).toBe(final);
    expect(final).toBeLessThan(CASTS);
    await test.database.owner`delete from slowly`;
    await test.sealRound();
    expect((await log()).size).toBe(final + 2);
  });

  it('would not without the lock: ballots slip past the count', async () => {
    test = await testBox();
    // Everybody locks something else.
    await test.database.owner`create or replace function round_lock(p_round text) returns bigint
      language sql volatile as 'select (random() * 1e15)::bigint'`;
    const { counted, final } = await race();
    expect(counted).toBeLessThan(final);
  });
});
