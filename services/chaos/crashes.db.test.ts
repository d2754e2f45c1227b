import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { SignedBallot } from '@/lib/ballots/compose';
import { testBox, type TestBox } from '../ballot-box/test-box';
import type { FallingCluster } from './cluster';
import { ownCluster, reachableFolder } from './test-cluster';

/** The ballot box on a cluster of its own, which falls, fills up or is exchanged for an old copy. */

const BATCH = { record: { batch: 2, intervalSeconds: 1 } };
let test: TestBox | undefined;
let cluster: FallingCluster;
afterEach(async () => {
  await test?.stop();
  test = undefined;
});

async function start(folder: string, stateFolder?: string): Promise<TestBox> {
  const own = await ownCluster(folder);
  cluster = own.cluster;
  test = await testBox(BATCH, {
    database: own.database,
    answerWithinMs: 3000,
    connections: 8,
    ...(stateFolder === undefined ? {} : { stateFolder }),
  });
  await test.openRound();
  return test;
}

/** The same bytes again until the box knows them. */
async function untilKept(box: TestBox, ballot: SignedBallot): Promise<void> {
  await expect
    .poll(async () => (await box.cast(ballot)).status, { timeout: 60_000, interval: 100 })
    .toBeLessThan(300);
}

/** Leaves of the sealed record, base64url. */
async function sealedLeaves(box: TestBox): Promise<string[]> {
  await expect
    .poll(async () => (await box.closeRound()).status, { timeout: 30_000, interval: 100 })
    .toBe(200);
  expect((await box.sealRound()).status).toBe(200);
  const bytes = Buffer.from(await (await box.file('leaves/000000.bin')).arrayBuffer());
  return Array.from({ length: bytes.length / 32 }, (_, at) =>
    bytes.subarray(at * 32, at * 32 + 32).toString('base64url'),
  );
}

describe('pg_ctl stop -m immediate under casts', () => {
  it('loses no ballot that was acknowledged, and doubles none that was sent again', async () => {
    const box = await start(await reachableFolder());
    const sent = await Promise.all(Array.from({ length: 60 }, () => box.ballot()));
    let falling: Promise<void> | undefined;
    let answered = 0;
    const statuses: number[] = [];
    const queue = [...sent];
    const client = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { status } = await box.cast(next);
        statuses.push(status);
        answered += 1;
        if (answered === 20) falling = cluster.fall('SIGQUIT');
      }
    };
    await Promise.all(Array.from({ length: 6 }, client));
    await falling;
    // Nothing but stored and put off: after the fall nobody was told that a ballot is kept.
    expect(new Set(statuses)).toEqual(new Set([201, 503]));
    await cluster.rise();
    for (const ballot of sent) await untilKept(box, ballot);
    const leaves = await sealedLeaves(box);
    // The manifest, every ballot once, the closing note.
    expect(leaves).toHaveLength(sent.length + 2);
    expect(leaves.slice(1, -1).toSorted()).toEqual(sent.map(({ leaf }) => leaf).toSorted());
  });
});

/** A small file system of its own, where this user may mount one. */
const small = ((): string | null => {
  if (process.getuid?.() !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'minka-full-'));
  const options = ['-t', 'tmpfs', '-o', 'size=160m,mode=0755', 'tmpfs', folder];
  if (spawnSync('mount', options).status === 0) return folder;
  rmSync(folder, { recursive: true });
  return null;
})();
afterAll(() => {
  if (small === null) return;
  spawnSync('umount', ['-l', small]);
  rmSync(small, { recursive: true, force: true });
});

describe('a full disk', () => {
  it.skipIf(small === null)(
    'is 503 and never a false 201, and after making room everything goes on (needs root: mounts a tmpfs)',
    async () => {
      const folder = join(small ?? '', 'cluster');
      const box = await start(folder);
      const kept: SignedBallot[] = [await box.ballot()];
      expect((await box.cast(kept[0]!)).status).toBe(201);

      const ballast = join(small ?? '', 'ballast');
      await fill(ballast);
      // Pages and journal that were allocated already still take some.
      let refused: SignedBallot | undefined;
      for (let i = 0; i < 3000 && refused === undefined; i++) {
        const ballot = await box.ballot();
        const { status } = await box.cast(ballot);
        if (status === 201) kept.push(ballot);
        else {
          expect(status).toBe(503);
          refused = ballot;
        }
      }
      expect(refused).toBeDefined();
      await rm(ballast);
      // Whoever makes room starts the database again when it gave up.
      await cluster.fall('SIGQUIT');
      await cluster.rise();
      await untilKept(box, refused!);
      const leaves = await sealedLeaves(box);
      const expected = [...kept, refused!].map(({ leaf }) => leaf);
      expect(leaves.slice(1, -1).toSorted()).toEqual(expected.toSorted());
    },
  );
});

/** Writes zeros until there is no room at all. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const bytes of [1 << 20, 4096, 1]) {
      const block = Buffer.alloc(bytes);
      await (async () => {
        for (;;) await file.write(block);
      })().catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      });
    }
  } finally {
    await file.close();
  }
}

describe('yesterday’s copy of the whole cluster', () => {
  it('is refused by the box, which never begins a second history (threat T35)', async () => {
    const folder = await reachableFolder();
    const stateFolder = await mkdtemp(join(tmpdir(), 'minka-state-'));
    const data = join(folder, 'ballot-box');
    const box = await start(folder, stateFolder);
    await box.cast(await box.ballot());
    // The copy that every night makes, of a cluster at rest.
    await cluster.stop();
    expect(spawnSync('cp', ['-a', data, join(folder, 'yesterday')]).status).toBe(0);
    await cluster.rise();
    for (let i = 0; i < 4; i++) await untilKept(box, await box.ballot());
    await box.box.tick();
    expect(await (await box.file('checkpoint')).text()).toMatch(/\n[4-6]\n/);

    await cluster.stop();
    await rename(data, join(folder, 'lost'));
    await rename(join(folder, 'yesterday'), data);
    await cluster.rise();
    await expect(box.another()).rejects.toThrow(/La urna no arranca\..*es una copia antigua/);
    await rm(stateFolder, { recursive: true });
  });
});
