import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import type { BallotBox } from '@/db/ballot-box/client';
import { present } from '@/lib/shared/assert';
import { boxKeys } from '@/services/ballot-box/keys';
import { Publisher } from '@/services/ballot-box/publisher';
import { RecordLogs } from '@/services/ballot-box/record-logs';
import { RoundBook } from '@/services/ballot-box/round-book';
import { startBallotBox } from '@/services/ballot-box/server';
import { boxClient, type BoxClient } from '@/services/worker/box-client';
import { orderKeyPair } from '@/services/worker/keys';

export interface BoxAccess {
  readonly ballotBox: BallotBox;
  readonly ballotBoxUrl: string;
  readonly keysDir: string;
  /** PEM file of the ballot box's Ed25519 key. */
  readonly recordKeyFile: string;
}

/** The ballot box itself, on a port that nobody else knows, for as long as the seed runs. */
export interface DemoBox {
  readonly client: BoxClient;
  /** Publishes what is staged as the next shuffled batch; closes nothing, whatever the clock says. */
  publish(): Promise<void>;
  stop(): Promise<void>;
}

const log = pino({ level: 'silent' });

export async function startDemoBox(access: BoxAccess): Promise<DemoBox> {
  const { ballotBox: sql } = access;
  const orders = await orderKeyPair(access.keysDir);
  const keys = boxKeys(createPrivateKey(await readFile(access.recordKeyFile)), orders.publicKey);
  const box = await startBallotBox({
    databaseUrl: access.ballotBoxUrl,
    connections: 6,
    port: 0,
    siteUrl: 'http://localhost',
    keys,
    version: 'minka-demo-seed',
    log,
    ticking: false,
    // Sealing and counting are not hurried by anybody who waits.
    answerWithinMs: 60_000,
  });
  const book = new RoundBook(sql, (round) => {
    throw new Error(`The round ${round} of the demonstration cannot be read`);
  });
  const logs = new RecordLogs(sql, null);
  const publisher = new Publisher({
    sql,
    alone: (work) => work(sql),
    keys,
    book,
    logs,
    log,
    resting: false,
  });
  return {
    client: boxClient(`http://localhost:${String(present(box.port, 'port'))}`, orders),
    publish: async () => {
      await book.reload();
      await publisher.tick();
    },
    stop: () => box.close(),
  };
}
