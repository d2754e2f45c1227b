import { createHash, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recordRoot } from '@/lib/record/ballots';
import { leafHash } from '@/lib/record/merkle';
import { recordOrigin, signedCheckpoint } from '@/lib/record/checkpoint';
import { utf8 } from '@/lib/shared/bytes';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

interface FakeRound {
  manifest: string;
  state: 'open' | 'closed';
  lines: string[];
}

export interface FakeBox {
  url: string;
  rounds: Map<string, FakeRound>;
  /** What the box publishes instead of the truth, by file name. */
  lies: Map<string, string>;
  /** When set, every request is answered with this status. */
  broken: number | null;
  orders: string[];
  stop(): Promise<void>;
}

/** For tests of the worker: the ballot box's HTTP with everything it stores in memory. */
export async function fakeBox(orderKey: KeyObject): Promise<FakeBox> {
  const record = generateKeyPairSync('ed25519');
  const recordSpki = record.publicKey.export({ format: 'der', type: 'spki' });
  const recordRaw = Buffer.from(record.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const box: Omit<FakeBox, 'url' | 'stop'> = {
    rounds: new Map(),
    lies: new Map(),
    broken: null,
    orders: [],
  };

  function recordFile(id: string, file: string): string | null {
    const round = box.rounds.get(id);
    const lie = box.lies.get(file);
    if (lie !== undefined) return lie;
    if (round?.state !== 'closed') return null;
    if (file === 'manifest.json') return round.manifest;
    if (file === 'ballots/000000.ndjson') return round.lines.map((line) => `${line}\n`).join('');
    if (file !== 'checkpoint') return null;
    const leaves = round.lines.map((line) => leafHash(utf8(line), sha256));
    const root = recordRoot(utf8(round.manifest), leaves, sha256);
    return signedCheckpoint(
      { origin: recordOrigin(id), size: leaves.length + 1, root },
      recordRaw,
      sha256,
      (text) => sign(null, text, record.privateKey),
    );
  }

  function obey(text: string): number {
    const { order, signature } = JSON.parse(text) as { order: string; signature: string };
    if (!verify(null, Buffer.from(order), orderKey, Buffer.from(signature, 'base64url'))) {
      return 403;
    }
    box.orders.push(order);
    const read = JSON.parse(order) as { type: string; round: string; manifest?: string };
    const known = box.rounds.get(read.round);
    if (read.type === 'open') {
      const manifest = read.manifest ?? '';
      if (known !== undefined) return known.manifest === manifest ? 200 : 409;
      box.rounds.set(read.round, { manifest, state: 'open', lines: [] });
      return 200;
    }
    if (known === undefined) return 404;
    known.state = 'closed';
    return 200;
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const path = request.url ?? '';
      const text = Buffer.concat(parts).toString('utf8');
      const answer = (status: number, body = '{}') => response.writeHead(status).end(body);
      if (box.broken !== null) return answer(box.broken, '{"reason":"broken"}');
      if (path === '/health') {
        return answer(
          200,
          JSON.stringify({ ok: true, recordKey: recordSpki.toString('base64url') }),
        );
      }
      if (request.method === 'PUT') return answer(obey(text));
      const [, , kind, id, ...file] = `/x${path}`.split('/');
      if (kind === 'public-record') {
        const content = recordFile(id ?? '', file.join('/'));
        return content === null ? answer(404) : answer(200, content);
      }
      const round = box.rounds.get(file[0] ?? '');
      if (round === undefined) return answer(404);
      return answer(200, JSON.stringify({ state: round.state, ballots: round.lines.length }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(box, {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  });
}
