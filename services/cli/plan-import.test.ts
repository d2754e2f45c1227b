import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plan } from '@/lib/plan/fixtures/plan';

const root = path.resolve(import.meta.dirname, '../..');
let folder: string;
const file = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'minka-plan-'));
  await writeFile(
    file('plan.txt'),
    plan(['Hay robos.\t<p>En relación al orden:</p><p>Poner luz.</p>\tCalma.', 'Página 7']),
  );
  await writeFile(file('empty.txt'), '');
  await writeFile(file('plan.pdf'), '%PDF-1.7\n');
  await writeFile(file('story.txt'), 'Había una vez una vicuña.');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], more: Record<string, string> = {}): Promise<Ended> {
  const command = ['--conditions=react-server', '--import', 'tsx', 'services/cli/plan-import.ts'];
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, ...more } };
    const child = execFile(process.execPath, [...command, ...args], options, (_error, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}

// Each run starts a process of its own.
const ONE_MINUTE_MS = 60_000;

describe('plan:import', { timeout: ONE_MINUTE_MS }, () => {
  it('prints the plan and its warnings as JSON without a database in a dry run', async () => {
    const { code, out, err } = await run([file('plan.txt'), '--dry-run', '--json']);
    expect([code, err]).toEqual([0, '']);
    const printed = JSON.parse(out) as {
      dimensions: { id: string; name: string; rows: unknown[] }[];
      warnings: { kind: string; line: number; message: string }[];
    };
    expect(Object.keys(printed)).toEqual(['dimensions', 'warnings']);
    expect(printed.dimensions.map(({ id, name }) => [id, name])).toEqual([
      ['SOC', 'Social'],
      ['ECO', 'Económica'],
      ['AMB', 'Ambiental'],
      ['INS', 'Institucional'],
    ]);
    expect(printed.dimensions[0]?.rows).toEqual([
      {
        id: 'SOC-1',
        problems: [{ id: 'SOC-1-P1', text: 'Hay robos.' }],
        objectives: [{ id: 'SOC-1-O1', text: 'Poner luz.', heading: 'En relación al orden:' }],
        goals: [{ id: 'SOC-1-M1', text: 'Calma.' }],
      },
    ]);
    expect(printed.warnings).toHaveLength(1);
    expect(printed.warnings[0]?.message).toContain(`Línea ${String(printed.warnings[0]?.line)}`);
  });

  it('says in words what it read when nobody asks for JSON', async () => {
    const { code, out } = await run([file('plan.txt'), '--dry-run']);
    expect(code).toBe(0);
    expect(out).toContain('4 dimensiones, 4 filas');
    expect(out).toContain('Página 7');
    expect(out).toContain('no se guardó nada');
  });

  it.each([
    ['a missing file', ['nowhere.txt'], 'No existe el archivo'],
    ['a folder', ['.'], 'es una carpeta'],
    ['an empty file', ['empty.txt'], 'está vacío'],
    ['a PDF', ['plan.pdf'], 'Es un PDF'],
    ['another text', ['story.txt'], 'No parece un plan de gobierno'],
  ])('refuses %s with one sentence and exit code 1', async (_what, [name = ''], sentence) => {
    const { code, out, err } = await run([file(name), '--dry-run', '--json']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it.each([[['--nonsense', 'x']], [['one', 'two']]])(
    'shows how it is used for %j',
    async (args) => {
      const { code, err } = await run(args);
      expect(code).toBe(1);
      expect(err).toContain('npm run -s plan:import -- ARCHIVO');
    },
  );

  it('says that the database is away and exits with 1 when it is', async () => {
    const { code, err } = await run([file('plan.txt')], {
      DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c',
    });
    expect(code).toBe(1);
    expect(err).toContain('no se guardó nada');
  });
});
