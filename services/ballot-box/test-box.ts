import { generateKeyPairSync, sign } from 'node:crypto';
import {
  ballotFixture,
  roundFixture,
  roundKeys,
  spkiText,
  voterFixture,
  type RoundFixture,
} from '@/lib/ballots/voter.fixture';
import type { SignedBallot } from '@/lib/ballots/compose';
import type { CastAnswer } from '@/lib/ballots/types';
import type { Manifest } from '@/lib/rounds/manifest';
import { utf8 } from '@/lib/shared/bytes';
import { createLog } from '@/lib/shared/log';
import { freshBallotBox } from '@/services/supervisor/test-support';
import { boxKeys } from './keys';
import { startBallotBox, type BoxOptions, type RunningBox } from './server';

/** A ballot box on a database of its own with one round, as database tests use it. */
export interface TestBox {
  readonly database: Awaited<ReturnType<typeof freshBallotBox>>;
  readonly box: RunningBox;
  readonly url: string;
  readonly round: RoundFixture;
  readonly keys: ReturnType<typeof roundKeys>;
  /** Lines of the log of every process. */
  readonly logged: readonly string[];
  /** A second process on the same database. */
  another(): Promise<{ box: RunningBox; url: string }>;
  order(order: object, key?: RoundFixture['orderKey']): Promise<Response>;
  openRound(round?: RoundFixture): Promise<Response>;
  closeRound(): Promise<Response>;
  sealRound(notes?: readonly string[]): Promise<Response>;
  /** A file of the public record. */
  file(path: string, init?: RequestInit): Promise<Response>;
  cast(ballot: Pick<SignedBallot, 'line' | 'receipt'>): Promise<CastAnswer>;
  /** A new voter's first ballot, not yet sent. */
  ballot(group?: string, changes?: Parameters<typeof ballotFixture>[2]): Promise<SignedBallot>;
  stop(): Promise<void>;
}

type TestOptions = Partial<
  Pick<BoxOptions, 'connections' | 'answerWithinMs' | 'requestWithinMs' | 'stateFolder' | 'clock'>
> & {
  /** The same round with the same keys on another database: an operator with two records. */
  readonly twinOf?: TestBox;
  /** A database of the test's own instead of one in the clusters that all tests share. */
  readonly database?: TestBox['database'];
};

export async function testBox(
  changes: Partial<Manifest> = {},
  { connections = 40, answerWithinMs = 30_000, twinOf, ...rest }: TestOptions = {},
): Promise<TestBox> {
  const { database = await freshBallotBox(), ...more } = rest;
  const keys = twinOf?.keys ?? roundKeys();
  const round = twinOf?.round ?? (await roundFixture(changes, keys));
  const logged: string[] = [];
  const start = async (): Promise<{ box: RunningBox; url: string }> => {
    const box = await startBallotBox({
      databaseUrl: database.url,
      connections,
      port: 0,
      siteUrl: 'http://localhost:3000',
      keys: boxKeys(keys.recordKey.privateKey, spkiText(keys.orderKey.publicKey)),
      version: 'test',
      log: createLog('ballot-box', { write: (line) => logged.push(line) }),
      ticking: false,
      answerWithinMs,
      ...more,
    });
    return { box, url: `http://localhost:${String(box.port)}` };
  };
  const { box, url } = await start();
  const others: RunningBox[] = [];
  const order = (content: object, key = round.orderKey): Promise<Response> => {
    const text = JSON.stringify(content);
    const id = (content as { round: string }).round;
    return fetch(`${url}/v1/rounds/${id}`, {
      method: 'PUT',
      body: JSON.stringify({
        order: text,
        signature: sign(null, utf8(text), key).toString('base64url'),
      }),
    });
  };
  return {
    database,
    box,
    url,
    round,
    keys,
    logged,
    another: async () => {
      const next = await start();
      others.push(next.box);
      return next;
    },
    order,
    openRound: (of = round) => order({ type: 'open', round: of.manifest.round, manifest: of.text }),
    closeRound: () => order({ type: 'close', round: round.manifest.round, reason: 'test' }),
    sealRound: (notes = []) =>
      order({ type: 'seal', round: round.manifest.round, reason: 'test', notes }),
    file: (path, init) => fetch(`${url}/public-record/${round.manifest.round}/${path}`, init),
    cast: ({ line, receipt }) => castAt(url, { line, receipt }),
    ballot: async (group = '120101', of = {}) =>
      ballotFixture(round, await voterFixture(round, group), of),
    stop: async () => {
      await Promise.all([box, ...others].map((each) => each.close()));
      await database.drop();
    },
  };
}

export async function castAt(url: string, envelope: unknown): Promise<CastAnswer> {
  const response = await fetch(`${url}/v1/ballots`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(envelope),
  });
  return (await response.json()) as CastAnswer;
}

export function strangerKey(): RoundFixture['orderKey'] {
  return generateKeyPairSync('ed25519').privateKey;
}
