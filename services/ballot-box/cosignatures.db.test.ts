import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCheckpoint } from '@/lib/record/checkpoint';
import { cosign } from '@/lib/record/cosignature';
import { toBase64Url } from '@/lib/shared/bytes';
import { sha256 } from './record-log';
import { testBox, type TestBox } from './test-box';
import { castRow, testRow } from './test-rows';

interface Witness {
  readonly name: string;
  readonly key: Uint8Array;
  readonly privateKey: KeyObject;
}

function witness(name: string): Witness {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return { name, key, privateKey };
}

const university = witness('universidad.pe');
const committee = witness('comite');

let test: TestBox;
beforeEach(async () => {
  const witnesses = [university, committee].map(({ name, key }) => ({
    name,
    key: toBase64Url(key),
  }));
  test = await testBox({ witnesses });
  await test.openRound();
});
afterEach(async () => {
  await test.stop();
});

const text = async (path: string): Promise<string> => (await test.file(path)).text();

async function line(by: Witness, size: number, time = 1_790_000_000): Promise<string> {
  const checkpoint = parseCheckpoint(await text(`checkpoints/${String(size)}`));
  if (!checkpoint) throw new Error('No checkpoint');
  return cosign(checkpoint.text, time, by, sha256, (bytes) => sign(null, bytes, by.privateKey));
}

function send(body: unknown, url = test.url): Promise<Response> {
  return fetch(`${url}/v1/rounds/${test.round.manifest.round}/cosignatures`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

describe('a cosignature', () => {
  it('of a witness in the manifest stands under its checkpoint, whoever serves it', async () => {
    const other = await test.another();
    const before = await text('checkpoint');
    const [first, second] = [await line(university, 1), await line(committee, 1)];
    expect((await send({ size: 1, line: first })).status).toBe(201);
    expect((await send({ size: 1, line: second }, other.url)).status).toBe(201);
    for (const path of ['checkpoint', 'checkpoints/1']) {
      expect(await text(path)).toBe(`${before}${second}\n${first}\n`);
    }
    expect(parseCheckpoint(await text('checkpoint'))?.signatures).toHaveLength(3);

    // The next checkpoint begins without any.
    for (let i = 0; i < 3; i++) await castRow(test.database.sql, test.round, testRow());
    await test.box.tick();
    expect(parseCheckpoint(await text('checkpoint'))?.signatures).toHaveLength(1);
    expect((await send({ size: 4, line: await line(university, 4) })).status).toBe(201);
    expect(parseCheckpoint(await text('checkpoint'))?.signatures).toHaveLength(2);
  });

  it('is kept once for each witness and checkpoint', async () => {
    const first = await line(university, 1);
    expect((await send({ size: 1, line: first })).status).toBe(201);
    expect((await send({ size: 1, line: first })).status).toBe(200);
    expect((await send({ size: 1, line: await line(university, 1, 1_790_000_999) })).status).toBe(
      200,
    );
    expect(await text('checkpoint')).toContain(`\n${first}\n`);
    expect(parseCheckpoint(await text('checkpoint'))?.signatures).toHaveLength(2);
  });

  it('of a stranger, of another checkpoint or tampered with is refused', async () => {
    for (let i = 0; i < 3; i++) await castRow(test.database.sql, test.round, testRow());
    await test.box.tick();
    const good = await line(university, 4);
    const answer = async (body: unknown): Promise<[number, unknown]> => {
      const response = await send(body);
      return [response.status, ((await response.json()) as { reason?: string }).reason];
    };
    const stranger = witness('universidad.pe');
    expect(await answer({ size: 4, line: await line(stranger, 4) })).toEqual([
      403,
      'unknown-witness',
    ]);
    expect(await answer({ size: 1, line: good })).toEqual([403, 'signature-invalid']);
    const flipped = good.replace(/.(?==*$)/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await answer({ size: 4, line: flipped }))[0]).toBe(403);
    expect(await answer({ size: 4, line: `${good}\n— minka` })).toEqual([403, 'unknown-witness']);
    expect(await answer({ size: 3, line: good })).toEqual([404, 'unknown-checkpoint']);
    for (const wrong of [
      '{',
      '{}',
      { size: 4 },
      { size: -1, line: good },
      { size: 4.5, line: '' },
    ]) {
      expect(await answer(wrong)).toEqual([422, 'malformed']);
    }
    expect(await answer({ size: 4, line: 'x'.repeat(5000) })).toEqual([422, 'too-large']);
    expect(parseCheckpoint(await text('checkpoint'))?.signatures).toHaveLength(1);
  });
});
