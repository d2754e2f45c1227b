import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordReader } from './record-tools';

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
