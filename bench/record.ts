import { hash, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import postgres from 'postgres';
import { connectBallotBox, onOwnConnection } from '@/db/ballot-box/client';
import { migrateBallotBox } from '@/db/ballot-box/migrate';
import { roundFixture, roundKeys, spkiText } from '@/lib/ballots/voter.fixture';
import { LEAVES_PER_FILE } from '@/lib/record/files';
import { MerkleTree } from '@/lib/record/tree';
import { boxKeys } from '@/services/ballot-box/keys';
import { Publisher } from '@/services/ballot-box/publisher';
import { RecordLogs } from '@/services/ballot-box/record-logs';
import { RoundBook } from '@/services/ballot-box/round-book';
import { startBallotBox } from '@/services/ballot-box/server';
import { StateFolder } from '@/services/ballot-box/state-folder';
import { ensureDatabase, ensureLogin } from '@/services/supervisor/databases';
import { anyFreePort } from '@/services/supervisor/ports';
import { clusterHome, startCluster } from '@/services/supervisor/postgres';
import { preload } from './box/preload';

/**
 * The public record: the tree in memory, the publication of batches on an empty log and on a long
 * one, the start of a process on it, and its files over HTTP.
 *
 *   npm run -s bench -- record [--leaves 1000000] [--stored 1000000] [--repetitions 5]
 *
 * Medians. Publication is durable (fsync) and includes shuffle, root, signature and reading back; what
 * VACUUM takes afterwards stands apart. Server and client of the last part share one process.
 */
const { values } = parseArgs({
  options: {
    leaves: { type: 'string', default: '1000000' },
    stored: { type: 'string', default: '1000000' },
    repetitions: { type: 'string', default: '5' },
  },
});
const LEAVES = Number(values.leaves);
const STORED = Number(values.stored);
const REPETITIONS = Number(values.repetitions);
const BATCHES = [20, 1000, 10_000];
const PROOFS = 10_000;
/** As long as a real ballot's. */
const SAMPLE = { body: `{"s":"${'x'.repeat(930)}","c":{}}`, signature: 's'.repeat(86) };

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));
const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function medianOf(times: number, work: () => unknown): Promise<number> {
  const list: number[] = [];
  for (let i = 0; i < times; i++) list.push(await timed(work));
  return median(list);
}

async function treeFigures(): Promise<object> {
  say(`a tree of ${LEAVES} leaves …`);
  const leaves = randomBytes(LEAVES * 32);
  let tree = new MerkleTree(sha256);
  const appendMs = await medianOf(REPETITIONS, () => {
    tree = new MerkleTree(sha256);
    tree.appendLeaves(leaves);
  });
  const index = (i: number): number => (i * 7919) % LEAVES;
  const rootMs = await medianOf(REPETITIONS, () => {
    for (let i = 0; i < PROOFS; i++) tree.rootAt(LEAVES - (i % 1000));
  });
  const inclusionMs = await medianOf(REPETITIONS, () => {
    for (let i = 0; i < PROOFS; i++) tree.inclusionProof(index(i));
  });
  const consistencyMs = await medianOf(REPETITIONS, () => {
    for (let i = 0; i < PROOFS; i++) tree.consistencyProof(index(i) + 1);
  });
  return {
    leaves: LEAVES,
    bytesPerLeaf: rounded(tree.bytes / LEAVES, 2),
    appendMicrosPerLeaf: rounded((appendMs * 1000) / LEAVES),
    rootMicros: rounded((rootMs * 1000) / PROOFS),
    inclusionProofMicros: rounded((inclusionMs * 1000) / PROOFS),
    consistencyProofMicros: rounded((consistencyMs * 1000) / PROOFS),
  };
}

interface Place {
  readonly owner: postgres.Sql;
  readonly round: string;
  readonly publisher: Publisher;
  /** Where a box serves it. */
  readonly port: number;
}

let made = 0;

/** Staged ballots of made-up voters, as the owner writes them. */
async function stage({ owner, round }: Place, count: number): Promise<void> {
  const from = made + 1;
  made += count;
  await owner`
    insert into ballot (round_id, credential, seq, group_id, leaf, body, signature)
    select ${round}, sha256(convert_to('staged ' || i, 'UTF8')), 1, '120101',
      sha256(convert_to('staged leaf ' || i, 'UTF8')), ${SAMPLE.body}, ${SAMPLE.signature}
    from generate_series(${from}::int, ${made}::int) as i`;
  await owner`
    insert into receipt (round_id, code)
    select ${round}, 'Z' || upper(lpad(to_hex(i), 12, '0'))
    from generate_series(${from}::int, ${made}::int) as i`;
}

/** Publication of one batch, and what wiping its old versions takes. */
async function publishFigures(place: Place): Promise<object[]> {
  const list: object[] = [];
  for (const batch of BATCHES) {
    const publish: number[] = [];
    const wipe: number[] = [];
    for (let i = 0; i < REPETITIONS; i++) {
      await stage(place, batch);
      publish.push(await timed(() => place.publisher.tick()));
      wipe.push(await timed(() => place.publisher.wipe()));
    }
    const ms = median(publish);
    const figures = {
      batch,
      publishMs: rounded(ms, 1),
      ballotsPerSecond: Math.round((batch * 1000) / ms),
      vacuumMs: rounded(median(wipe), 1),
    };
    say(JSON.stringify(figures));
    list.push(figures);
  }
  return list;
}

async function serveFigures(place: Place): Promise<object> {
  const base = `http://localhost:${String(place.port)}/public-record/${place.round}`;
  const paths = ['leaves/000000.bin', 'checkpoint', 'index.json'];
  const figures: Record<string, object> = {};
  for (const path of paths) {
    const bytes = (await (await fetch(`${base}/${path}`)).arrayBuffer()).byteLength;
    const requests = 400;
    const ms = await medianOf(REPETITIONS, async () => {
      let left = requests;
      const client = async (): Promise<void> => {
        while (left-- > 0) await (await fetch(`${base}/${path}`)).arrayBuffer();
      };
      await Promise.all(Array.from({ length: 8 }, client));
    });
    figures[path] = {
      bytes,
      perSecond: Math.round((requests * 1000) / ms),
      megabytesPerSecond: rounded((requests * bytes) / ms / 1000, 1),
    };
  }
  return figures;
}

const folder = await mkdtemp(join(await clusterHome(tmpdir()), 'minka-bench-'));
// As root, PostgreSQL runs as another user, who must be able to walk in.
await chmod(folder, 0o755);
const cluster = await startCluster({
  directory: join(folder, 'ballot-box'),
  port: await anyFreePort(),
  password: 'bench',
  durable: true,
  maxConnections: 40,
});

/** A box on a database of its own whose log already has so many ballots. */
async function onLog<T>(name: string, stored: number, work: (place: Place) => Promise<T>) {
  await ensureDatabase(cluster.ownerUrl('postgres'), name);
  await migrateBallotBox(cluster.ownerUrl(name));
  await ensureLogin(cluster.ownerUrl(name), 'box', 'minka_ballot_box_app', 'bench');
  const keys = roundKeys();
  const record = { batch: 1, intervalSeconds: 1 };
  const round = await roundFixture({ livePolicy: 'at-close', record }, keys);
  await preload(cluster.ownerUrl(name), round, stored, SAMPLE);
  const owner = postgres(cluster.ownerUrl(name), { max: 1, onnotice: () => undefined });
  const app = connectBallotBox(cluster.loginUrl('box', name), 1);
  const signing = boxKeys(keys.recordKey.privateKey, spkiText(keys.orderKey.publicKey));
  const log = pino({ level: 'silent' });
  const book = new RoundBook(app, () => undefined);
  const logs = new RecordLogs(app, await StateFolder.open(join(folder, `state-${name}`)));
  await book.reload();
  // What a process does before it opens: all leaves, every root.
  const startMs = await timed(() => Promise.all(book.all().map((known) => logs.synced(known))));
  const publisher = new Publisher({
    sql: app,
    alone: (work) => onOwnConnection(cluster.loginUrl('box', name), 600_000, work),
    keys: signing,
    book,
    logs,
    log,
    resting: false,
  });
  await publisher.tick();
  await publisher.wipe();
  const box = await startBallotBox({
    databaseUrl: cluster.loginUrl('box', name),
    connections: 8,
    port: 0,
    siteUrl: 'http://localhost:3000',
    keys: signing,
    version: 'bench',
    log,
    ticking: false,
  });
  try {
    const done = await work({ owner, round: round.manifest.round, publisher, port: box.port });
    return { stored, startMs: Math.round(startMs), ...done };
  } finally {
    await box.close();
    await Promise.all([owner.end(), app.end()]);
  }
}

try {
  const tree = await treeFigures();
  say('publication on an empty log …');
  const empty = await onLog('empty', 0, async (place) => ({
    batches: await publishFigures(place),
  }));
  say(`publication on a log of ${STORED} …`);
  const long = await onLog('long', STORED, async (place) => ({
    batches: await publishFigures(place),
    serving: await serveFigures(place),
  }));
  const logBytesPerLeaf = 32;
  process.stdout.write(
    `${JSON.stringify({ tree, logBytesPerLeaf, leavesPerFile: LEAVES_PER_FILE, empty, long })}\n`,
  );
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
