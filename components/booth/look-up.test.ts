import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { codeFromDigest, formatCode } from '@/lib/ballots/receipt';
import { lookUpReceipt, readTyped } from './look-up';

const code = codeFromDigest(new Uint8Array(32).fill(0x5a));

let stop: (() => void) | undefined;
afterEach(() => {
  stop?.();
});

/** A ballot box that answers one thing and remembers what it was asked. */
async function box(status: number, body: object): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, asked };
}

describe('what somebody typed', () => {
  it('is read with spaces, hyphens, dots and small letters', () => {
    const typed = ` ${formatCode(code).toLowerCase().replaceAll('-', ' – ')}. `;
    expect(readTyped(typed)).toBe(code);
  });

  it('is told apart: nothing, too short, too long, mistaken', () => {
    const other = code.startsWith('7') ? '8' : '7';
    expect(readTyped(' - ')).toMatchObject({ problem: 'empty' });
    expect(readTyped(code.slice(1))).toMatchObject({ problem: 'length', typed: 12 });
    expect(readTyped(`${code}7`)).toMatchObject({ problem: 'length', typed: 14 });
    expect(readTyped(other + code.slice(1))).toMatchObject({ problem: 'wrong' });
  });
});

describe('asking the ballot box', () => {
  it('says that the vote is there, and whether voting goes on', async () => {
    const { url, asked } = await box(200, { recorded: true, batch: null, state: 'open' });
    const answer = await lookUpReceipt(url, 'pp2027-votacion', formatCode(code));
    expect(answer).toEqual({ kind: 'recorded', code, isOpen: true, isPublished: false });
    expect(asked).toEqual([`/v1/rounds/pp2027-votacion/receipts/${code}`]);
  });

  it('says whether it is published already', async () => {
    const { url } = await box(200, { recorded: true, batch: 41, state: 'closed' });
    expect(await lookUpReceipt(url, 'r', code)).toEqual({
      kind: 'recorded',
      code,
      isOpen: false,
      isPublished: true,
    });
  });

  it('says that the vote is not there', async () => {
    const { url } = await box(200, { recorded: false, state: 'closed' });
    expect(await lookUpReceipt(url, 'r', code)).toEqual({ kind: 'missing', code });
  });

  it('never says "missing" because the box is ill', async () => {
    const { url } = await box(503, { reason: 'unavailable' });
    expect(await lookUpReceipt(url, 'r', code)).toEqual({ kind: 'away' });
    stop?.();
    expect(await lookUpReceipt(url, 'r', code)).toEqual({ kind: 'away' });
  });

  it('asks nothing for what cannot be a code', async () => {
    const { url, asked } = await box(200, { recorded: true });
    expect(await lookUpReceipt(url, 'r', 'hola')).toMatchObject({ kind: 'unreadable' });
    expect(asked).toEqual([]);
  });
});
