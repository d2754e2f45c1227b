import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * For every boundary rule: a small tree in which one file breaks it. Each must be named by the
 * check, so that a rule that looks at nothing is found out.
 */
const BREACHES: { rule: string; files: Record<string, string> }[] = [
  {
    rule: 'ballots-never-reach-people',
    files: {
      'lib/ballots/a.ts': "export { helper } from '@/lib/shared/helper';",
      'lib/shared/helper.ts': "export { person as helper } from '@/lib/roll/person';",
      'lib/roll/person.ts': 'export const person = 1;',
    },
  },
  {
    rule: 'witness-is-an-outsider',
    files: {
      'services/witness/a.ts': "export { rules } from '@/lib/rounds/rules';",
      'lib/rounds/rules.ts': 'export const rules = 1;',
    },
  },
  {
    rule: 'app-never-reaches-the-ballot-box',
    files: {
      'app/page.tsx': "export { box as default } from '@/lib/ballots/a';",
      'lib/ballots/a.ts': "export { box } from '@/db/ballot-box/client';",
      'db/ballot-box/client.ts': 'export const box = 1;',
    },
  },
  {
    rule: 'tally-stands-alone',
    files: {
      'lib/tally/a.ts': "export { now } from '@/lib/shared/clock';",
      'lib/shared/clock.ts': 'export const now = 1;',
    },
  },
  {
    rule: 'only-results-count',
    files: {
      'lib/council/a.ts': "export { tally } from '@/lib/tally/tally';",
      'lib/tally/tally.ts': 'export const tally = 1;',
    },
  },
  {
    rule: 'verify-stands-alone',
    files: {
      'verify/a.ts': "export { list } from '@/lib/shared/helper';",
      'lib/shared/helper.ts': "export { list } from '@/lib/plan/queries';",
      'lib/plan/queries.ts': 'export const list = 1;',
    },
  },
  {
    rule: 'verify-engine-knows-no-node',
    files: {
      'verify/a.ts': "export { sha } from '@/lib/shared/helper';",
      'lib/shared/helper.ts': "export { createHash as sha } from 'node:crypto';",
    },
  },
  {
    rule: 'ui-is-domain-free',
    files: {
      'components/ui/a.tsx': "export { Soles } from '@/components/money';",
      'components/money.tsx': 'export const Soles = 1;',
    },
  },
  {
    rule: 'components-know-no-server-file',
    files: {
      'components/a.tsx': "export { list } from '@/lib/plan/queries';",
      'lib/plan/queries.ts': 'export const list = 1;',
    },
  },
  {
    rule: 'pages-do-not-write',
    files: {
      'app/plan/page.tsx': "export { write as default } from '@/lib/plan/commands';",
      'lib/plan/commands.ts': 'export const write = 1;',
    },
  },
  {
    rule: 'pages-do-not-write',
    files: {
      'app/padron/page.tsx': "export { write as default } from '@/lib/roll/import/commands';",
      'lib/roll/import/commands.ts': 'export const write = 1;',
    },
  },
  {
    rule: 'components-know-no-server-file',
    files: {
      'components/a.tsx': "export { list } from '@/lib/desk/desk-queries';",
      'lib/desk/desk-queries.ts': 'export const list = 1;',
    },
  },
  {
    rule: 'shared-stands-low',
    files: {
      'lib/shared/a.ts': "export { rules } from '@/lib/rounds/rules';",
      'lib/rounds/rules.ts': 'export const rules = 1;',
    },
  },
  {
    rule: 'db-imports-db',
    files: {
      'db/registry/a.ts': "export { list } from '@/lib/plan/rules';",
      'lib/plan/rules.ts': 'export const list = 1;',
    },
  },
  {
    rule: 'nothing-imports-app',
    files: {
      'lib/plan/a.ts': "export { page } from '@/app/page';",
      'app/page.tsx': 'export const page = 1;',
    },
  },
  {
    rule: 'next-auth-inside-auth',
    files: { 'lib/council/a.ts': "import NextAuth from 'next-auth';\nexport default NextAuth;" },
  },
  {
    rule: 'noun-order-plan',
    files: {
      'lib/plan/a.ts': "export { b } from '@/lib/rounds/b';",
      'lib/rounds/b.ts': 'export const b = 1;',
    },
  },
  {
    rule: 'noun-order-rounds',
    files: {
      'lib/rounds/a.ts': "export { b } from '@/lib/results/b';",
      'lib/results/b.ts': 'export const b = 1;',
    },
  },
  {
    rule: 'no-circular',
    files: {
      'lib/plan/a.ts': "import { b } from './b';\nexport const a = b;",
      'lib/plan/b.ts': "import { a } from './a';\nexport const b = a;",
    },
  },
];

const root = resolve(import.meta.dirname, '../..');

function cruise(folder: string): string {
  const args = [
    'node_modules/.bin/depcruise',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err',
  ];
  const places = ['app', 'components', 'db', 'lib', 'services', 'verify'];
  for (const place of places) mkdirSync(join(folder, place), { recursive: true });
  const result = spawnSync(process.execPath, [...args, ...places], {
    cwd: folder,
    encoding: 'utf8',
  });
  return result.stdout + result.stderr;
}

function plant(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

describe('every boundary rule bites', () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'minka-boundaries-'));
  });
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });

  function tree(name: string, files: Record<string, string>): string {
    const folder = mkdtempSync(join(home, `${name}-`));
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
      cpSync(join(root, file), join(folder, file));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    plant(folder, files);
    return folder;
  }

  it.each(BREACHES)(
    '$rule names its breach',
    ({ rule, files }) => {
      expect(cruise(tree(rule, files))).toContain(`error ${rule}:`);
    },
    60_000,
  );

  it('a tree without a breach passes', () => {
    const folder = tree('clean', {
      'lib/plan/a.ts': "export { b } from './b';",
      'lib/plan/b.ts': 'export const b = 1;',
    });
    expect(cruise(folder)).toContain('no dependency violations found');
  }, 60_000);
});
