import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toBase64Url } from '@/lib/shared/bytes';
import { follow, followOnce } from './follow';
import { BadKey, createKey, environmentText, publicText, readKey } from './key';
import type { Sighting } from './look';
import { placeOf } from './remote';
import { TestLog } from './test-log';
import { sentence } from './words';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'minka-witness-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});
const file = (): string => join(home, 'key');

describe('the key of a witness', () => {
  it('is written for its owner alone, read back the same, and never overwritten', async () => {
    const made = await createKey(file(), 'observa.example');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const read = await readKey(file());
    expect([read.name, read.key]).toEqual([made.name, made.key]);
    expect(read.sign(Uint8Array.of(1))).toEqual(made.sign(Uint8Array.of(1)));
    const before = readFileSync(file(), 'utf8');
    await expect(createKey(file(), 'otra.example')).rejects.toThrow('EEXIST');
    expect(readFileSync(file(), 'utf8')).toBe(before);
    expect(environmentText(made)).toBe(`observa.example+${toBase64Url(made.key)}`);
    expect(publicText(made)).toMatch(/^observa\.example\+[0-9a-f]{8}\+B[A-Za-z0-9+/]{43}$/);
  });

  it('of golang.org/x/mod/sumdb/note is read too', async () => {
    // The private key of that package's example.
    const text = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
    writeFileSync(file(), text);
    const { key } = await readKey(file());
    expect(Buffer.concat([Uint8Array.of(1), key]).toString('base64')).toBe(
      'ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    );
  });

  it.each([
    ['another name', (text: string) => text.replace('observa', 'observo')],
    ['half its length', (text: string) => text.slice(0, 50)],
    ['something else', () => 'hola'],
  ])('is refused with %s', async (_, spoil) => {
    await createKey(file(), 'observa.example');
    writeFileSync(file(), spoil(readFileSync(file(), 'utf8')));
    await expect(readKey(file())).rejects.toThrow(BadKey);
  });

  it('has a name that fits in a line', async () => {
    await expect(createKey(file(), 'con espacios')).rejects.toThrow(BadKey);
  });
});

describe('an address', () => {
  it.each([
    ['https://urna.example', 'https://urna.example', null],
    ['https://urna.example/', 'https://urna.example', null],
    ['https://urna.example/public-record', 'https://urna.example', null],
    ['http://localhost:3001/public-record/pp2027/', 'http://localhost:3001', 'pp2027'],
    ['https://copia.example/minka/public-record/a-1', 'https://copia.example/minka', 'a-1'],
    ['https://copia.example/minka', 'https://copia.example/minka', null],
  ])('%s names a box and perhaps a round', (address, base, round) => {
    expect(placeOf(address)).toEqual({ base, round });
  });

  it.each(['urna.example', 'file:///x', 'https://u.example/public-record/..%2Fx', 'https://'])(
    '%s is none',
    (address) => {
      expect(placeOf(address)).toBeNull();
    },
  );
});

describe('following', () => {
  async function setUp() {
    const signer = await createKey(file(), 'observa.example');
    const log = new TestLog([{ name: signer.name, key: toBase64Url(signer.key) }]);
    const told: Sighting[] = [];
    const following = {
      places: [{ base: log.base, round: null }],
      signer,
      folder: join(home, 'state'),
      tell: (sighting: Sighting) => told.push(sighting),
      fetch: log.fetch,
      now: () => 1_700_000_000,
    };
    return { log, told, following };
  }

  it('a box means every round it lists; once is well only when all was consistent', async () => {
    const { log, following } = await setUp();
    expect(await followOnce(following)).toBe(true);
    expect(log.posted).toHaveLength(1);
    log.leaves = log.leaves.slice(0, 0);
    log.grow(1, 'other');
    expect(await followOnce(following)).toBe(false);
    log.instead.set('/public-record/index.json', () => new Response('', { status: 404 }));
    expect(await followOnce(following)).toBe(false);
  });

  it('tells what is new once, and a breach every time', async () => {
    const { log, told, following } = await setUp();
    const stop = new AbortController();
    let looks = 0;
    const fetch: typeof globalThis.fetch = (address, init) => {
      if ((address as string).endsWith('/checkpoint')) {
        looks += 1;
        if (looks === 1) log.cosignatures = [];
        else log.cosignatures = log.posted.map(({ line }) => line).slice(0, 1);
        if (looks === 5) {
          log.cosignatures = [];
          log.leaves = [...log.leaves.slice(0, -1), new Uint8Array(32)];
        }
        if (looks === 7) stop.abort();
      }
      return log.fetch(address, init);
    };
    await follow({ ...following, fetch }, 1, stop.signal);
    expect(told.map((one) => (one.kind === 'consistent' ? one.cosignature : one.kind))).toEqual([
      'sent',
      'present',
      'breach',
      'breach',
      'breach',
    ]);
    expect(sentence(told[2]!)).toContain('¡ALERTA!');
    expect(sentence(told[0]!)).toContain('1 hoja');
  });
});
