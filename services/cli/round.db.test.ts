import { execFile } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import { roundById } from '@/lib/rounds/queries';
import { seedCycle, seedResident, TEST_CYCLE } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { fakeBox } from '@/services/worker/test-box';
import { orderKeyPair } from '@/services/worker/keys';
import { startWorker } from '@/services/worker/worker';

const root = fileURLToPath(new URL('../..', import.meta.url));
const HOUR_MS = 60 * 60 * 1000;

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  await draftRound(
    fresh.db,
    { kind: 'operator' },
    {
      id: 'ronda-uno',
      cycleId: TEST_CYCLE,
      screenCode: 'UNO',
      nameEs: 'Ronda uno',
      nameEn: 'Round one',
      opensAt: new Date(Date.now() - 2 * HOUR_MS),
      closesAt: new Date(Date.now() - HOUR_MS),
      livePolicy: 'at-close',
      minGroup: 20,
      ranksPlan: true,
      allocates: [],
    },
  );
});
afterAll(async () => {
  await fresh.drop();
});

/** Runs the command as `npm run -s round` does. */
function round(
  args: string[],
  databaseUrl = fresh.url,
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=react-server', '--import', 'tsx', 'services/cli/round.ts', ...args],
      { cwd: root, env: { ...process.env, DATABASE_URL: databaseUrl, MINKA_TWO_PEOPLE: '0' } },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : 1, out, err });
      },
    );
  });
}

describe('npm run round', () => {
  it('lists the rounds, for people and for scripts', async () => {
    const text = await round(['list']);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toContain('ronda-uno');
    expect(text.out).toContain('en preparación');
    const json = await round(['list', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({
      rounds: [{ id: 'ronda-uno', state: 'draft', phase: 'draft', cycle: TEST_CYCLE }],
    });
  });

  it.each([
    [['frobnicate'], 'usage'],
    [['open', '--round', 'ronda-dos'], 'not-found'],
    [['close', '--round', 'ronda-uno'], 'wrong-state'],
    [['tally', '--round', 'ronda-uno'], 'wrong-state'],
    [['publish', '--round', 'ronda-uno'], 'wrong-state'],
    [['open', '--round', 'ronda-uno'], 'closing-is-past'],
    [['publish'], 'wrong-state'],
  ])('%j is refused in one sentence with exit 1', async (args, reason) => {
    const said = await round([...args, '--json']);
    expect(said.code).toBe(1);
    const answer = JSON.parse(said.out) as { reason: string; message: string };
    expect(answer.reason).toBe(reason);
    expect(answer.message.trim().split('\n')).toHaveLength(1);
  });

  it('open, close and tally return when the worker has done it; publish makes the results public', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'minka-cli-'));
    const box = await fakeBox(createPublicKey((await orderKeyPair(folder)).privateKey));
    await seedResident(fresh.db, { dni: '72000001' });
    await draftRound(
      fresh.db,
      { kind: 'operator' },
      {
        id: 'ronda-tres',
        cycleId: TEST_CYCLE,
        screenCode: 'TRES',
        nameEs: 'Ronda tres',
        nameEn: 'Round three',
        opensAt: new Date(Date.now() - HOUR_MS),
        closesAt: new Date(Date.now() + HOUR_MS),
        livePolicy: 'at-close',
        minGroup: 20,
        ranksPlan: true,
        allocates: [],
      },
    );
    const worker = await startWorker({
      databaseUrl: fresh.url,
      ballotBoxUrl: box.url,
      issuerSocket: join(folder, 'issuer.sock'),
      keysFolder: folder,
      municipality: 'Huancayo',
      witnesses: [],
      version: 'test',
      log: pino({ level: 'silent' }),
    });
    try {
      const named = ['--round', 'ronda-tres', '--json'];
      const said: unknown[] = [];
      for (const verb of ['open', 'close', 'tally', 'publish']) {
        const answer = await round([verb, ...named]);
        said.push([verb, answer.code, (JSON.parse(answer.out) as { ok: boolean }).ok]);
      }
      expect(said).toEqual([
        ['open', 0, true],
        ['close', 0, true],
        ['tally', 0, true],
        ['publish', 0, true],
      ]);
      expect((await roundById(fresh.db, 'ronda-tres'))?.state).toBe('published');
    } finally {
      await worker.stop();
      await box.stop();
      await rm(folder, { recursive: true });
    }
  });

  it('a database that is away gets one sentence, not a trace', async () => {
    const said = await round(['list'], 'postgres://x:y@127.0.0.1:1/z');
    expect(said.code).toBe(1);
    expect(said.err.trim().split('\n')).toHaveLength(1);
    expect(said.err).toContain('no responde');
  });
});
