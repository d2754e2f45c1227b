import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import type { BallotBox } from '@/db/ballot-box/client';
import { spkiText } from '@/lib/ballots/voter.fixture';
import { boxKeys } from './keys';
import { Publisher } from './publisher';
import { RecordLogs } from './record-logs';
import { RoundBook } from './round-book';
import { testBox, type TestBox } from './test-box';
import { castRow, readLog, testRow, type ReadLog, type TestRow } from './test-rows';

/** Within a batch nobody can tell whose line is whose: so it must be of many voters (threat T23). */

let test: TestBox;
afterEach(async () => {
  await test.stop();
});

const log = (): Promise<ReadLog> => readLog(test.url, test.round.manifest.round);

async function castMany(count: number, changes: Partial<TestRow> = {}): Promise<TestRow[]> {
  const rows = Array.from({ length: count }, () => testRow(changes));
  for (const row of rows) expect(await castRow(test.database.sql, test.round, row)).toBe('stored');
  return rows;
}

describe('the company of a batch', () => {
  /** Up to five ballots of one credential, each replacing the one before. */
  async function castOften(times: number): Promise<void> {
    const credential = randomBytes(32);
    let previous: Buffer | null = null;
    for (let seq = 1; seq <= times; seq++) {
      const [row] = await castMany(1, { credential, seq, previous });
      previous = row!.leaf;
    }
  }
  const sizeAfterTick = async (): Promise<number> => {
    await test.box.tick();
    return (await log()).size;
  };

  it('is of voters: four who vote five times each hide nobody', async () => {
    test = await testBox({ record: { batch: 20, intervalSeconds: 1 } });
    await test.openRound();
    for (let colluder = 0; colluder < 4; colluder++) await castOften(5);
    expect(await sizeAfterTick()).toBe(1);
    await castMany(1);
    expect(await sizeAfterTick()).toBe(1);
    await castMany(14);
    expect(await sizeAfterTick()).toBe(1);
    // The twentieth voter, with twenty ballots of four.
    await castMany(1);
    expect(await sizeAfterTick()).toBe(1 + 20 + 16);
  });

  it('is of voters in every batch: who changes their vote counts again, and once', async () => {
    test = await testBox({ record: { batch: 3, intervalSeconds: 1 } });
    await test.openRound();
    const first = await castMany(3);
    expect(await sizeAfterTick()).toBe(4);
    const again = first.map(({ credential, leaf }) => ({ credential, seq: 2, previous: leaf }));
    await castMany(1, again[0]);
    await castMany(1, again[1]);
    await castOften(2);
    // Of three voters, although two of them were published before.
    expect(await sizeAfterTick()).toBe(8);
  });

  it('of one voter short waits however many ballots there are, and not at the close', async () => {
    test = await testBox({ record: { batch: 3, intervalSeconds: 1 } });
    await test.openRound();
    await castOften(5);
    await castOften(5);
    expect(await sizeAfterTick()).toBe(1);
    await test.closeRound();
    expect(await sizeAfterTick()).toBe(11);
  });

  it('is found anew by what was cast after another process published', async () => {
    test = await testBox({ record: { batch: 3, intervalSeconds: 1 } });
    await test.openRound();
    await test.box.tick();
    const { sql } = test.database;
    let between: () => Promise<void> = () => Promise.resolve();
    // Something happens after this process has counted the voters and before it reads their ballots.
    const watched: BallotBox = new Proxy(sql, {
      apply: (target, self, args: [TemplateStringsArray, ...unknown[]]) => {
        const asked: unknown = Reflect.apply(target, self, args);
        if (!args[0].join('').includes('count(distinct credential)')) return asked;
        return (async () => {
          const rows: unknown = await asked;
          await between();
          return rows;
        })();
      },
    });
    const book = new RoundBook(watched, () => undefined);
    await book.reload();
    const logs = new RecordLogs(watched, null);
    const { recordKey } = test.keys;
    const publisher = new Publisher({
      sql: watched,
      alone: (work) => work(watched),
      keys: boxKeys(recordKey.privateKey, spkiText(generateKeyPairSync('ed25519').publicKey)),
      book,
      logs,
      log: pino({ level: 'silent' }),
      resting: false,
    });
    await castMany(3);
    between = async () => {
      await test.box.tick();
      await castMany(1);
      // As when somebody asks this process for the record.
      await logs.synced(book.all()[0]!);
    };
    await publisher.tick();
    await test.box.tick();
    expect((await log()).checkpoints).toEqual([1, 4]);
  });
});
