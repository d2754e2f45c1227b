import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROUTES, type Access } from './routes';

/** Addresses as the framework reads them off the files: groups in parentheses say nothing. */
function addressOf(file: string): string {
  const parts = file
    .split('/')
    .slice(1, -1)
    .filter((part) => !part.startsWith('('));
  return `/${parts.join('/')}`;
}

const files = globSync('app/**/{page.tsx,route.ts}').map((file) => file.replaceAll('\\', '/'));
const access: Readonly<Record<string, Access>> = ROUTES;

/** The roles that a page asks for at its door, as written. */
function rolesAsked(source: string): string[] | null {
  const call = /require(?:Staff\('([a-z-]+)'\)|AnyStaff\(\[([^\]]+)\]\))/.exec(source);
  if (call === null) return null;
  return [...(call[1] ?? call[2] ?? '').matchAll(/[a-z][a-z-]+/g)].map(([role]) => role);
}

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
      const asked = rolesAsked(readFileSync(file, 'utf8'));
      expect(asked?.sort() ?? 'everyone').toEqual(
        declared === undefined || declared === 'everyone' ? 'everyone' : [...declared].sort(),
      );
    },
  );
});
