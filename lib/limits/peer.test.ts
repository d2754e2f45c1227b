import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HEADERS_TIMEOUT_MS, onRequestStart, PEER_HEADER, REQUEST_TIMEOUT_MS } from './peer';

let server: Server;
let url: string;

beforeEach(async () => {
  subscribe('http.server.request.start', onRequestStart);
  server = createServer((request, response) => {
    response.end(String(request.headers[PEER_HEADER]));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
});
afterEach(async () => {
  unsubscribe('http.server.request.start', onRequestStart);
  await new Promise((done) => server.close(done));
});

function told(headers: Record<string, string>): Promise<string> {
  return new Promise((done, fail) => {
    get(url, { headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        done(text);
      });
    }).on('error', fail);
  });
}

it('the address of the connection stands over whatever a client wrote there', async () => {
  expect(await told({})).toBe('127.0.0.1');
  expect(await told({ [PEER_HEADER]: '203.0.113.9' })).toBe('127.0.0.1');
});

it('T20: a server that has answered once waits no longer than its patience for headers and bodies', async () => {
  await told({});
  expect(server.headersTimeout).toBe(HEADERS_TIMEOUT_MS);
  expect(server.requestTimeout).toBe(REQUEST_TIMEOUT_MS);
});
