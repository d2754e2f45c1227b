import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testBox, type TestBox } from './test-box';

// Large and slow bodies, deep JSON, many connections (threat T20): the limits bite, and honest voters
// do not notice.

let test: TestBox;
const sockets: Sent[] = [];
beforeEach(async () => {
  test = await testBox({}, { requestWithinMs: 6000 });
  await test.openRound();
});
afterEach(async () => {
  for (const { socket } of sockets.splice(0)) socket.destroy();
  await test.stop();
});

interface Sent {
  readonly socket: Socket;
  /** What the box has answered so far. */
  readonly text: () => string;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly ended: Promise<void>;
}

function send(beginning: string): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const socket = connect(test.box.port, 'localhost');
    let text = '';
    socket.on('data', (part) => (text += part.toString('latin1')));
    const ended = new Promise<void>((done) => {
      socket.on('close', () => {
        done();
      });
    });
    socket.once('error', reject);
    socket.once('connect', () => {
      // Whoever is thrown out while still writing sees an error: that is the point.
      socket.off('error', reject).on('error', () => undefined);
      socket.write(beginning);
      const sent = { socket, text: () => text, ended };
      sockets.push(sent);
      resolve(sent);
    });
  });
}

const head = (line: string, ...headers: string[]): string =>
  [line, 'host: localhost', 'content-type: application/json', ...headers, '', ''].join('\r\n');
const CAST = 'POST /v1/ballots HTTP/1.1';

async function answered({ text }: Sent, answer: string): Promise<void> {
  await expect.poll(text, { timeout: 20_000 }).toContain(answer);
}

/** Writes until the box ends the connection or all is written; returns how much went out. */
async function flood({ socket, ended }: Sent, piece: string, total: number): Promise<number> {
  let sent = 0;
  while (!socket.destroyed && sent < total) {
    const more = socket.write(piece);
    sent += piece.length;
    if (!more) await Promise.race([ended, new Promise((done) => socket.once('drain', done))]);
    // Lets the close be seen.
    else await new Promise((done) => setImmediate(done));
  }
  return sent;
}

const MEGABYTE = 1024 * 1024;
const GIGABYTE = 1024 * MEGABYTE;
const PIECE = 'x'.repeat(64 * 1024);

describe('a body of a gigabyte', () => {
  it('that says so is refused before any of it is read', async () => {
    const before = process.memoryUsage().rss;
    const sent = await send(head(CAST, `content-length: ${String(GIGABYTE)}`));
    await answered(sent, 'HTTP/1.1 422');
    await answered(sent, '"too-large"');
    expect(await flood(sent, PIECE, GIGABYTE)).toBeLessThan(64 * MEGABYTE);
    await sent.ended;
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * MEGABYTE);
  });

  it('that does not say how long it is gets cut off after the limit', async () => {
    const before = process.memoryUsage().rss;
    const sent = await send(head(CAST, 'transfer-encoding: chunked'));
    sent.socket.write(`5000\r\n${'x'.repeat(0x5000)}\r\n`);
    await answered(sent, 'HTTP/1.1 422');
    await answered(sent, '"too-large"');
    const piece = `10000\r\n${PIECE}\r\n`;
    expect(await flood(sent, piece, GIGABYTE)).toBeLessThan(64 * MEGABYTE);
    await sent.ended;
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * MEGABYTE);
  });

  it('is refused for an order too, and a million levels of JSON nowhere get to a parser', async () => {
    const order = 'PUT /v1/rounds/pp2027-votacion HTTP/1.1';
    const long = await send(head(order, `content-length: ${String(GIGABYTE)}`));
    await answered(long, 'HTTP/1.1 422');
    const deep = await send(head(CAST, 'content-length: 1000000'));
    deep.socket.write('['.repeat(1_000_000));
    await answered(deep, 'HTTP/1.1 422');
    await Promise.all([long.ended, deep.ended]);
    // As deep as fits: JSON is parsed, and refused, without a stack to overflow.
    const fitting = await send(head(CAST, 'content-length: 10000'));
    fitting.socket.write('['.repeat(10_000));
    await answered(fitting, '"malformed"');
  });
});

describe('slow senders', () => {
  it('do not keep honest voters out, and are sent away with 408', async () => {
    const ballots = await Promise.all(Array.from({ length: 40 }, () => test.ballot()));
    const slow = await Promise.all([
      // Headers that never end, and bodies that never end: more than requests may be under way.
      ...Array.from({ length: 300 }, () => send('POST /v1/ballots HTTP/1.1\r\nhost: local')),
      ...Array.from({ length: 2100 }, () => send(head(CAST, 'content-length: 900') + '{"line":[')),
    ]);
    const answers = await Promise.all(ballots.map((ballot) => test.cast(ballot)));
    expect(answers.map(({ status }) => status)).toEqual(ballots.map(() => 201));
    const live = await fetch(`${test.url}/v1/rounds/${test.round.manifest.round}/live`);
    expect(live.status).toBe(200);
    await Promise.all(slow.map(({ ended }) => ended));
    expect(new Set(slow.map(({ text }) => text().slice(0, 12)))).toEqual(new Set(['HTTP/1.1 408']));
    expect((await test.cast(await test.ballot())).status).toBe(201);
  });

  it('of long orders give way to the order of the worker', async () => {
    const slow = await Promise.all(
      Array.from({ length: 80 }, () =>
        send(head('PUT /v1/rounds/x HTTP/1.1', 'content-length: 2000000') + 'x'.repeat(200_000)),
      ),
    );
    expect((await test.closeRound()).status).toBe(200);
    // Those that had to give way are gone at once, the others when their time is up.
    await Promise.all(slow.map(({ ended }) => ended));
    expect(slow.filter(({ text }) => text() === '').length).toBeGreaterThanOrEqual(80 - 32);
  });
});
