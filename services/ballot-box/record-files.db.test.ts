import { afterEach, describe, expect, it } from 'vitest';
import { testBox, type TestBox } from './test-box';
import { castRow, testRow } from './test-rows';

let test: TestBox;
afterEach(async () => {
  await test.stop();
});

async function castFakes(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await castRow(test.database.sql, test.round, testRow());
}

describe('a file of the record', () => {
  it('has the headers of what never changes, what may gain a signature and what grows', async () => {
    test = await testBox({ demo: false });
    await test.openRound();
    await castFakes(3);
    await test.box.tick();
    await castFakes(3);
    await test.box.tick();
    const caching = async (path: string): Promise<string | null> =>
      (await test.file(path)).headers.get('cache-control');
    const forEver = 'public, max-age=31536000, immutable';
    expect(await caching('manifest.json')).toBe(forEver);
    expect(await caching('receipts/4.txt')).toBe(forEver);
    expect(await caching('live/4.json')).toBe(forEver);
    expect(await caching('checkpoints/4')).toBe('public, max-age=60');
    for (const growing of ['index.json', 'checkpoint', 'notes.ndjson', 'leaves/000000.bin']) {
      expect(await caching(growing)).toBe('no-cache');
    }
    await test.closeRound();
    await test.sealRound();
    expect(await caching('leaves/000000.bin')).toBe(forEver);
    expect(await caching('ballots/000000.ndjson')).toBe(forEver);
    expect(await caching('nada.json')).toBe('no-store');
  });

  it('is answered with 304 until it changes, and to HEAD without a body', async () => {
    test = await testBox();
    await test.openRound();
    const growing = ['index.json', 'checkpoint', 'leaves/000000.bin'];
    const tags = new Map<string, string>();
    for (const path of [...growing, 'manifest.json']) {
      const tag = (await test.file(path)).headers.get('etag') ?? '';
      tags.set(path, tag);
      const headers = { 'if-none-match': `"other", W/${tag}` };
      expect((await test.file(path, { headers })).status).toBe(304);
    }
    await castFakes(3);
    await test.box.tick();
    for (const path of growing) {
      const headers = { 'if-none-match': tags.get(path) ?? '' };
      expect((await test.file(path, { headers })).status).toBe(200);
    }
    await test.closeRound();
    await test.sealRound();
    for (const path of [...growing, 'manifest.json', 'ballots/000000.ndjson', 'notes.ndjson']) {
      const head = await test.file(path, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
      const tag = head.headers.get('etag') ?? '';
      expect((await test.file(path, { headers: { 'if-none-match': tag } })).status).toBe(304);
    }
  });

  it('can be read by any page of any site, without cookies', async () => {
    test = await testBox();
    await test.openRound();
    for (const path of ['manifest.json', 'leaves/000000.bin', 'nada']) {
      const { headers } = await test.file(path, { headers: { origin: 'https://otra.pe' } });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(headers.get('vary')).toBeNull();
    }
    const asked = await test.file('checkpoint', { method: 'OPTIONS' });
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
  });
});
