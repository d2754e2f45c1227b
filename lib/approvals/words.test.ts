import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PERMISSIONS, ROLES_OF_TWO } from '@/lib/auth/permissions';
import { kindOf } from './kinds';

interface Words {
  readonly kinds: Record<string, Record<string, { title?: string; what?: string }>>;
}

const kinds = globSync('lib/**/*.ts')
  .filter((file) => !file.includes('.test.'))
  .map((file) => readFileSync(file, 'utf8'))
  .filter((source) => source.includes('defineKind('))
  .flatMap((source) => [...source.matchAll(/^\s+kind: '([a-z-]+)\.([a-z-]+)',$/gm)])
  .map(([, area = '', act = '']) => ({ area, act }));

describe('every act that takes two people', () => {
  it.each(['es-PE', 'en'])('says in %s what it is and what exactly is approved', (locale) => {
    const words = JSON.parse(readFileSync(`messages/${locale}/approvals.json`, 'utf8')) as Words;
    expect(kinds.length).toBeGreaterThan(3);
    for (const { area, act } of kinds) {
      const said = words.kinds[area]?.[act];
      expect([said?.title, said?.what], `${area}.${act}`).not.toContain(undefined);
    }
  });

  it('is asked and decided by roles that nobody gives out alone (T22)', () => {
    const taking = kinds.flatMap(({ area, act }) => {
      const kind = kindOf(`${area}.${act}`);
      return kind === null ? [] : [...PERMISSIONS[kind.mayAsk], ...PERMISSIONS[kind.mayDecide]];
    });
    expect([...new Set(taking)].sort()).toEqual([...ROLES_OF_TWO].sort());
  });
});
