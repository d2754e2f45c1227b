import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GatewayConfig } from '@/lib/env';
import { httpGateway } from './gateway';
import { atPath, escapeFor, fillTemplate } from './template';

/** Against a real server on this machine. */

interface Heard {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let base: string;
let heard: Heard[];
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  heard = [];
  answer = (response) => response.end('{"status":"accepted","messages":[{"id":"gw-1"}]}');
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      heard.push({ method: request.method, url: request.url, headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const gateway = (config: Partial<GatewayConfig> = {}) =>
  httpGateway({
    url: `${base}/send`,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key' },
    body: '{"to":"{{to}}","text":"{{text}}","ref":"{{id}}"}',
    success: 'status',
    ref: 'messages.0.id',
    timeoutSeconds: 1,
    receiptSeconds: 0,
    ...config,
  });

const MESSAGE = { id: 'm-1', phone: '964123456', body: 'Código "123 456"\n& <listo>' };

describe('a gateway over HTTP', () => {
  it('hears the message as its template says, with nothing broken by what is in it', async () => {
    expect(await gateway().send(MESSAGE)).toEqual({ taken: true, ref: 'gw-1' });
    expect(heard[0]).toMatchObject({ method: 'POST', url: '/send' });
    expect(heard[0]!.headers.authorization).toBe('Bearer key');
    expect(JSON.parse(heard[0]!.body)).toEqual({
      to: '+51964123456',
      text: MESSAGE.body,
      ref: 'm-1',
    });
  });

  it('may be a form, or an address alone', async () => {
    await gateway({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'to={{to_digits}}&msg={{text}}',
    }).send(MESSAGE);
    expect(Object.fromEntries(new URLSearchParams(heard[0]!.body))).toEqual({
      to: '51964123456',
      msg: MESSAGE.body,
    });
    await gateway({ method: 'GET', url: `${base}/s?n={{to_local}}&t={{text}}` }).send(MESSAGE);
    const query = new URL(heard[1]!.url!, base).searchParams;
    expect(query.get('n')).toBe('964123456');
    expect(query.get('t')).toBe(MESSAGE.body);
  });

  it.each([
    ['status', 200, 'whatever', true],
    ['status', 500, '', false],
    ['status', 302, '', false],
    ['text:OK', 200, 'OK 17', true],
    ['text:OK', 200, 'ERROR no credit', false],
    ['json:status=accepted', 200, '{"status":"accepted"}', true],
    ['json:status=accepted', 200, '{"status":"rejected"}', false],
    ['json:result.code=0', 200, '{"result":{"code":0}}', true],
    ['json:status=accepted', 200, '<html>', false],
  ])('with the rule %s, %i %s is taken: %s', async (success, status, body, taken) => {
    answer = (response) => response.writeHead(status, { location: `${base}/other` }).end(body);
    expect((await gateway({ success }).send(MESSAGE)).taken).toBe(taken);
    // A redirect is not followed: the address is the operator's.
    expect(heard).toHaveLength(1);
  });

  it('that does not answer in its time, or is not there, did not take it; and no number is told', async () => {
    answer = () => undefined;
    const slow = await gateway().send(MESSAGE);
    const gone = await gateway({ url: 'http://127.0.0.1:1/send' }).send(MESSAGE);
    for (const outcome of [slow, gone]) {
      expect(outcome.taken).toBe(false);
      expect(JSON.stringify(outcome)).not.toContain('964');
    }
  });

  it('whose answer has no end is read to its limit only', async () => {
    answer = (response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    };
    expect((await gateway({ success: 'text:OK' }).send(MESSAGE)).taken).toBe(false);
  });
});

describe('a template', () => {
  it('keeps the names nobody knows, and does not fill twice', () => {
    const values = { text: '{{to}}', to: 'x' };
    expect(fillTemplate('{{text}} {{other}} {{constructor}}', values, escapeFor(''))).toBe(
      '{{to}} {{other}} {{constructor}}',
    );
  });

  it('writes into XML what XML can hold', () => {
    expect(fillTemplate('<t>{{text}}</t>', { text: '<a>&' }, escapeFor('text/xml'))).toBe(
      '<t>&#60;a&#62;&#38;</t>',
    );
  });

  it('finds values in JSON by their path and nothing else', () => {
    expect(atPath({ a: [{ id: 7 }] }, 'a.0.id')).toBe('7');
    expect(atPath({ a: {} }, 'a.constructor.name')).toBeNull();
    expect(atPath(null, 'a')).toBeNull();
  });
});
