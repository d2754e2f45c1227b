import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACTIONS, FRESH_ACTIONS, FRESH_HANDLERS } from './actions-access';
import { PERMISSIONS, type Access } from './permissions';
import { ROUTES } from './routes';

/** Addresses as the framework reads them off the files: groups in parentheses say nothing. */
function addressOf(file: string): string {
  const parts = file
    .split('/')
    .slice(1, -1)
    .filter((part) => !part.startsWith('('));
  return `/${parts.join('/')}`;
}

const list = (pattern: string): string[] =>
  globSync(pattern).map((file) => file.replaceAll('\\', '/'));
const files = list('app/**/{page.tsx,route.ts}');
const access: Readonly<Record<string, Access>> = ROUTES;
const actions: Readonly<Record<string, Readonly<Record<string, Access>>>> = ACTIONS;

const DOOR = /require(?:Fresh)?(Staff|Permission)\(([^;]*)\);/;

/** What a page or an action asks for at its door, as written. */
function asked(source: string): Access {
  const [, whom, args = ''] = DOOR.exec(source) ?? [];
  if (whom === undefined) return 'everyone';
  if (whom === 'Staff') return 'staff';
  const names = [...args.matchAll(/'([a-z-]+)'/g)].map(([, name = '']) => name);
  return Object.keys(PERMISSIONS).filter((name) => names.includes(name)) as Access;
}

/** In the order of the table. */
const sorted = (declared: Access | undefined): Access | undefined =>
  typeof declared === 'object'
    ? (Object.keys(PERMISSIONS).filter((name) =>
        (declared as readonly string[]).includes(name),
      ) as Access)
    : declared;

describe('every address of the site', () => {
  it('is found among the files, and declares who may open it', () => {
    expect(files.length).toBeGreaterThan(40);
    const undeclared = files.map(addressOf).filter((address) => !(address in access));
    expect(undeclared, 'declare these in lib/auth/routes.ts').toEqual([]);
    const gone = Object.keys(access).filter((route) => !files.map(addressOf).includes(route));
    expect(gone, 'these are declared and no longer exist').toEqual([]);
  });

  it.each(files.filter((file) => file.endsWith('page.tsx')))(
    'asks at the door of %s for exactly what is declared',
    (file) => {
      expect(asked(readFileSync(file, 'utf8'))).toEqual(sorted(access[addressOf(file)]));
    },
  );
});

describe('every server action', () => {
  const sources = list('{app,lib,components}/**/*.{ts,tsx}').filter((file) =>
    /^\s*['"]use server['"]/m.test(readFileSync(file, 'utf8')),
  );
  const found = sources.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    return [...source.matchAll(/^export async function (\w+)[\s\S]*?^}/gm)].map(
      ([body, name = '']) => ({ file, name, body }),
    );
  });

  it('is written in a file that says so on its first line, as a function with a name', () => {
    expect(found.length).toBeGreaterThan(40);
    for (const file of sources) {
      const source = readFileSync(file, 'utf8');
      expect(source.startsWith("'use server';"), file).toBe(true);
      expect(source, file).not.toMatch(/^export (?:const|default|\{)/m);
    }
  });

  it('declares who may call it', () => {
    const undeclared = found
      .filter(({ file, name }) => actions[file]?.[name] === undefined)
      .map(({ file, name }) => `${file} ${name}`);
    expect(undeclared, 'declare these in lib/auth/actions-access.ts').toEqual([]);
    const declared = Object.entries(actions).flatMap(([file, names]) =>
      Object.keys(names).map((name) => `${file} ${name}`),
    );
    const here = found.map(({ file, name }) => `${file} ${name}`);
    expect(
      declared.filter((one) => !here.includes(one)),
      'these no longer exist',
    ).toEqual([]);
  });

  it.each(found.map(({ file, name, body }) => [`${file} ${name}`, file, name, body] as const))(
    'asks at the door for exactly what is declared: %s',
    (_label, file, name, body) => {
      const declared = sorted(actions[file]?.[name]);
      expect(asked(body)).toEqual(declared);
      if (declared === 'everyone') return;
      // The door comes first: nothing is read or done before it.
      const before = body.slice(body.indexOf('{\n'), DOOR.exec(body)?.index ?? 0);
      expect(before).not.toMatch(/\bawait\b(?!\s*$)/);
    },
  );

  it('that is dangerous asks for a passkey touched just now, and no other does', () => {
    const asking = found
      .filter(({ body }) => /await requireFresh(?:Staff|Permission)\(/.test(body))
      .map(({ file, name }) => `${file} ${name}`);
    const listed = Object.entries(FRESH_ACTIONS).flatMap(([file, names]) =>
      names.map((name) => `${file} ${name}`),
    );
    expect(asking.sort()).toEqual(listed.sort());
  });
});

describe('a handler that gives out what is dangerous', () => {
  it('asks for a passkey touched just now before anything is read, and no other does', () => {
    const asking = files.filter((file) => readFileSync(file, 'utf8').includes('confirmFirst('));
    expect(asking.sort()).toEqual([...FRESH_HANDLERS].sort());
    for (const file of asking) {
      const before = readFileSync(file, 'utf8').split('await confirmFirst(')[0] ?? '';
      expect(before, file).not.toContain('registry()');
    }
  });
});

describe('the table of permissions', () => {
  const sources = list('{app,lib}/**/*.{ts,tsx}').filter(
    (file) => !file.includes('.test.') && !file.includes('.fixture.'),
  );

  it('has no row that nothing asks for', () => {
    const others = sources
      .filter((file) => !file.startsWith('lib/auth/permissions'))
      .map((file) => readFileSync(file, 'utf8'));
    const idle = Object.keys(PERMISSIONS).filter(
      (name) => !others.some((source) => source.includes(`'${name}'`)),
    );
    expect(idle).toEqual([]);
  });

  it('is what pages ask, never the role itself', () => {
    const asking = sources.filter(
      (file) =>
        file.startsWith('app/') && /roles\.(?:includes|some)\(/.test(readFileSync(file, 'utf8')),
    );
    expect(asking).toEqual([]);
  });
});
