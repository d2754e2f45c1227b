import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACTIONS, FRESH_ACTIONS, FRESH_HANDLERS } from './actions-access';
import { STAFF } from './roles';
import { ROUTES, type Access } from './routes';

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

const DOOR =
  /require(?:Staff\('([a-z-]+)'\)|(?:AnyStaff|FreshStaff)\(\s*(?:\[([^\]]+)\]|(STAFF\b)))/;

/** The roles that a page or an action asks for at its door, as written. */
function rolesAsked(source: string): string[] | null {
  const call = DOOR.exec(source);
  if (call === null) return null;
  if (call[3] !== undefined) return [...STAFF].sort();
  return [...(call[1] ?? call[2] ?? '').matchAll(/[a-z][a-z-]+/g)].map(([role]) => role).sort();
}

const sorted = (declared: Access | undefined) =>
  declared === undefined || declared === 'everyone' ? 'everyone' : [...declared].sort();

describe('every address of the site', () => {
  it('is found among the files, and declares who may open it', () => {
    expect(files.length).toBeGreaterThan(40);
    const undeclared = files.map(addressOf).filter((address) => !(address in access));
    expect(undeclared, 'declare these in lib/auth/routes.ts').toEqual([]);
    const gone = Object.keys(access).filter((route) => !files.map(addressOf).includes(route));
    expect(gone, 'these are declared and no longer exist').toEqual([]);
  });

  it.each(files.filter((file) => file.endsWith('page.tsx')))(
    'asks at the door of %s for exactly the roles that are declared',
    (file) => {
      const declared = access[addressOf(file)];
      expect(rolesAsked(readFileSync(file, 'utf8')) ?? 'everyone').toEqual(sorted(declared));
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
    'asks at the door for exactly the roles that are declared: %s',
    (_label, file, name, body) => {
      const declared = sorted(actions[file]?.[name]);
      expect(rolesAsked(body) ?? 'everyone').toEqual(declared);
      if (declared === 'everyone') return;
      // The door comes first: nothing is read or done before it.
      const before = body.slice(body.indexOf('{\n'), DOOR.exec(body)?.index ?? 0);
      expect(before).not.toMatch(/\bawait\b(?!\s*$)/);
    },
  );

  it('that is dangerous asks for a passkey touched just now, and no other does', () => {
    const asking = found
      .filter(({ body }) => body.includes('await requireFreshStaff('))
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
