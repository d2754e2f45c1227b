import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { personKeys, sealText } from '@/lib/roll/person-crypto';
import { requestOpenRound } from '@/lib/rounds/commands';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import { freezeRound } from '@/lib/rounds/commands/open-round';
import { seedCycle, seedResident, TEST_CYCLE } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ROLL_KEY = 'k'.repeat(43);
const ROUND = 'muestra';
const HOUR_MS = 60 * 60 * 1000;
const both = { es: 'x', en: 'x' };

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let folder: string;

beforeAll(async () => {
  fresh = await freshRegistry();
  folder = await mkdtemp(join(tmpdir(), 'minka-sample-'));
  await seedCycle(fresh.db);
  const names = personKeys(ROLL_KEY, '');
  for (let nth = 0; nth < 40; nth += 1) {
    const districtCode = nth % 3 === 0 ? '120101' : '120114';
    const id = await seedResident(fresh.db, { dni: String(71000000 + nth), districtCode });
    const name = sealText(names, 'name', `QUISPE ${nth}, ROSA`);
    await fresh.sql`update resident set name_sealed = ${name} where id = ${id}`;
  }
  await draftRound(
    fresh.db,
    { kind: 'operator' },
    {
      id: ROUND,
      cycleId: TEST_CYCLE,
      screenCode: 'MUESTRA',
      nameEs: 'Votación',
      nameEn: 'Vote',
      opensAt: new Date(Date.now() - HOUR_MS),
      closesAt: new Date(Date.now() + HOUR_MS),
      livePolicy: 'at-close',
      minGroup: 20,
      ranksPlan: true,
      allocates: [{ envelopeId: 'pp2027-120114', rule: 'greedy' }],
    },
  );
  await requestOpenRound(fresh.db, { kind: 'operator' }, { roundId: ROUND });
  const frozen = await freezeRound(fresh.db, { kind: 'worker' }, ROUND, {
    keyOf: () => Promise.resolve('key'),
    municipality: 'Huancayo',
    witnesses: [],
    titles: { rank: both, province: both, district: () => both },
    recordKey: 'key',
    orderKey: 'key',
    engine: '1',
    software: '1',
  });
  if (!frozen.ok) throw new Error(frozen.reason);
  await writeFile(join(folder, 'manifest.json'), frozen.value.manifest);
});
afterAll(async () => {
  await fresh.drop();
  await rm(folder, { recursive: true });
});

/** Runs the command as `npm run -s roll-sample` does. */
function command(...args: string[]): Promise<{ code: unknown; out: string; err: string }> {
  const env = { ...process.env, DATABASE_URL: fresh.url, MINKA_ROLL_KEY: ROLL_KEY };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=react-server', '--import', 'tsx', 'services/cli/roll-sample.ts', ...args],
      { cwd: root, env },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : error.code, out, err });
      },
    );
  });
}

const at = (name: string): string => join(folder, name);
const checked = (name: string) => command('--check', at(name), '--record', folder);

it('opens the rows that a seed draws, with names, and anybody can check them', async () => {
  const drawn = await command(
    '--round',
    ROUND,
    '--seed',
    'bolillas 4-1-2',
    '--rows',
    '9',
    '--out',
    at('a.json'),
  );
  expect(drawn).toMatchObject({ code: 0, err: '' });
  const text = await readFile(at('a.json'), 'utf8');
  const sample = JSON.parse(text) as { eligible: number; rows: { name: string; place: number }[] };
  expect(sample.eligible).toBe(40);
  expect(sample.rows).toHaveLength(9);
  for (const { name } of sample.rows) expect(name).toMatch(/^QUISPE \d+, ROSA$/);
  expect(await checked('a.json')).toMatchObject({ code: 0 });
  // Whoever swaps a drawn person for a friend, or changes the seed afterwards, is found.
  const touch = async (from: RegExp | string, to: string) => {
    await writeFile(at('b.json'), text.replace(from, to));
    return checked('b.json');
  };
  const first = /"salt": "(.)/.exec(text)?.[1];
  const flipped = await touch(/"salt": "./, `"salt": "${first === '0' ? '1' : '0'}`);
  expect(flipped).toMatchObject({ code: 1 });
  expect(flipped.out).toContain('no estaba así en el padrón');
  expect((await touch('bolillas 4-1-2', 'bolillas 4-1-3')).out).toContain(
    'las que salen de la semilla',
  );
  expect((await touch(/"manifestHash": "./, '"manifestHash": "~')).out).toContain('otra votación');
  expect(await touch(']', '')).toMatchObject({ code: 2 });
  const [row] = await fresh.sql`select details from audit_entry where action = 'roll.sampled'`;
  expect(row).toEqual({ details: { seed: 'bolillas 4-1-2', rows: 9 } });
});

it('refuses a round whose roll is not closed, a file that is there already, and words it does not know', async () => {
  const unknown = await command('--round', 'nada', '--seed', 'x', '--out', at('c.json'));
  expect(unknown).toMatchObject({ code: 2, out: '' });
  expect(unknown.err).toContain('todavía no se abre');
  expect(
    await command('--round', ROUND, '--seed', 'x', '--rows', '0', '--out', at('c.json')),
  ).toMatchObject({ code: 2 });
  expect((await command('--ronda', ROUND)).err).toContain('Uso:');
});
