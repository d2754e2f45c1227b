import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordReader, verifyEd25519 } from './record-tools';

const asked: { url: string; headers: Record<string, unknown> }[] = [];
const server = createServer((request, response) => {
  asked.push({ url: request.url ?? '', headers: request.headers });
  const status = request.url?.endsWith('checkpoint') ? 200 : request.url?.endsWith('x') ? 404 : 503;
  response.writeHead(status).end('abc');
});
beforeAll(() => new Promise<void>((done) => server.listen(0, done)));
afterAll(() => {
  server.close();
});

it('a record is read without cookies; what is not there is null, an ill box is no answer', async () => {
  const read = recordReader(`http://localhost:${(server.address() as AddressInfo).port}`, 'a b');
  expect(new TextDecoder().decode((await read('checkpoint'))!)).toBe('abc');
  expect(asked.at(-1)?.url).toBe('/public-record/a%20b/checkpoint');
  expect(asked.at(-1)?.headers['cookie']).toBeUndefined();
  expect(await read('x')).toBeNull();
  await expect(read('y')).rejects.toThrow('503');
});

it('an Ed25519 signature holds for its message and key alone', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32));
  const message = Uint8Array.of(1, 2, 3);
  const signature = Uint8Array.from(sign(null, message, privateKey));
  expect(await verifyEd25519(raw, message, signature)).toBe(true);
  expect(await verifyEd25519(raw, Uint8Array.of(1, 2, 4), signature)).toBe(false);
  // A browser that cannot use the key says so instead of accusing anybody.
  expect(await verifyEd25519(raw.slice(1), message, signature)).toBeNull();
});
