import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwnHost } from './host';
import { localPath } from './local-path';

const SITE = new URL('https://vota.munihuancayo.gob.pe');

describe('T19: the name a request calls this site by', () => {
  const own = (host: string, pathname = '/', demo = false) =>
    isOwnHost(host, SITE, { pathname, demo });

  it('is the one it was set up with', () => {
    expect(own(SITE.host)).toBe(true);
    expect(own('127.0.0.1:3000', '/api/health')).toBe(true);
    expect(own('localhost:3000', '/', true)).toBe(true);
  });

  it.each([
    'evil.example',
    `evil.example#${SITE.host}`,
    `${SITE.host}.evil.example`,
    `${SITE.host}@evil.example`,
    `evil.${SITE.host}`,
    `${SITE.host}:80`,
    '169.254.169.254',
    '127.0.0.1',
    '[::1]',
    'localhost',
    '',
  ])('and no other: %j', (host) => {
    expect(own(host)).toBe(false);
  });

  it('is not taken for a machine’s own because it begins like one', () => {
    expect(own('127.0.0.1.evil.example', '/', true)).toBe(false);
    expect(own('localhost.evil.example', '/', true)).toBe(false);
  });
});

describe('T37: a path to return to', () => {
  it.each(['/', '/admin', '/admin/rounds/pp2027-votacion?hecho=open', '/a/b-c_d.e'])(
    'stays as it is: %s',
    (path) => {
      expect(localPath(path, '/otra')).toBe(path);
    },
  );

  it.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    '/.//evil.example',
    'evil.example',
    '',
    `/${'a'.repeat(600)}`,
    null,
    ['/admin'],
  ])('is the other one instead of %j', (text) => {
    expect(localPath(text, '/otra')).toBe('/otra');
  });

  it('never leaves the site, whatever it says', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `/${text}`),
        ),
        (text) => {
          const path = localPath(text, '/otra');
          expect(new URL(path, SITE).origin).toBe(SITE.origin);
          expect(path.startsWith('/') && !path.startsWith('//')).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
