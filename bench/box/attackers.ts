import { connect } from 'node:net';

/**
 * Who wants the box to fail (threat T20), in a process of their own: connections that never finish
 * their headers or their body and come back when they are closed, bodies without an end, JSON a
 * million levels deep. Told a port, they go on until they are disconnected.
 */
const SLOW = 2000;
const FLOODS = 4;
/** Again after this long, so that the machine is not busy with connections alone. */
const REST_MS = 50;

const head = (more: string): string =>
  `POST /v1/ballots HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${more}`;
const DEEP = '['.repeat(1_000_000);
const PIECE = `10000\r\n${'x'.repeat(0x10000)}\r\n`;

function keepSending(port: number, write: (send: (text: string) => boolean) => void): void {
  const socket = connect(port, '127.0.0.1', () => {
    write((text) => socket.write(text));
  });
  socket.on('error', () => undefined);
  socket.resume().on('close', () => {
    setTimeout(() => {
      keepSending(port, write);
    }, REST_MS);
  });
}

process.on('message', (port: number) => {
  for (let i = 0; i < SLOW; i++) {
    const beginning = i % 2 === 0 ? head('x-slow: ') : head('content-length: 900\r\n\r\n{"line":[');
    keepSending(port, (send) => {
      send(beginning);
    });
  }
  for (let i = 0; i < FLOODS; i++) {
    keepSending(port, (send) => {
      send(head('transfer-encoding: chunked\r\n\r\n'));
      for (let sent = 0; sent < 64; sent++) send(PIECE);
    });
    keepSending(port, (send) => {
      send(head(`content-length: ${String(DEEP.length)}\r\n\r\n${DEEP}`));
    });
  }
});
process.on('disconnect', () => process.exit(0));
