import { createHash, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recordRoot } from '@/lib/record/ballots';
import { leafHash } from '@/lib/record/merkle';
import { recordOrigin, signedCheckpoint } from '@/lib/record/checkpoint';
import { RECORD_FILES } from '@/lib/record/files';
import type { RecordIndex, RecordNote } from '@/lib/record/format';
import { utf8 } from '@/lib/shared/bytes';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

interface FakeRound {
  manifest: string;
  state: 'open' | 'closed' | 'sealed';
  lines: string[];
  /** In the order in which they came; published after the ballots. */
  notes: string[];
  tally: string | null;
}

type FakeOrder = { round: string } & (
  | { type: 'open'; manifest: string }
  | { type: 'close' | 'count' }
  | { type: 'note' | 'tally'; text: string }
  | { type: 'seal'; reason: string; notes: string[] }
);

export interface FakeBox {
  url: string;
  rounds: Map<string, FakeRound>;
  /** What the box publishes instead of the truth, by file name. */
  lies: Map<string, string>;
  /** What is told of a round's figures instead of the truth. */
  counts: Map<string, object>;
  /** When set, every request is answered with this status. */
  broken: number | null;
  orders: string[];
  stop(): Promise<void>;
}

function bodyOf(line: string): { k: string; d: string; n: number } {
  const [body] = JSON.parse(line) as [string];
  return JSON.parse(body) as { k: string; d: string; n: number };
}

/** For tests of the worker: the ballot box's HTTP with everything it stores in memory. */
export async function fakeBox(orderKey: KeyObject): Promise<FakeBox> {
  const record = generateKeyPairSync('ed25519');
  const recordSpki = record.publicKey.export({ format: 'der', type: 'spki' });
  const recordRaw = Buffer.from(record.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const box: Omit<FakeBox, 'url' | 'stop'> = {
    rounds: new Map(),
    lies: new Map(),
    counts: new Map(),
    broken: null,
    orders: [],
  };

  function recordFile(id: string, file: string): string | null {
    const round = box.rounds.get(id);
    const lie = box.lies.get(file);
    if (lie !== undefined) return lie;
    if (round === undefined) return null;
    if (file === RECORD_FILES.manifest) return round.manifest;
    const size = 1 + round.lines.length + round.notes.length;
    if (file === RECORD_FILES.index) {
      const index: RecordIndex = {
        v: 1,
        round: id,
        state: round.state,
        size,
        checkpoints: [1, size],
        live: [],
        leafFiles: 1,
        ballotFiles: round.state === 'sealed' ? 1 : 0,
        hasTally: round.tally !== null,
      };
      return JSON.stringify(index);
    }
    if (round.state !== 'sealed') return null;
    if (file === RECORD_FILES.ballots(0)) return round.lines.map((line) => `${line}\n`).join('');
    if (file === RECORD_FILES.notes) {
      const first = 1 + round.lines.length;
      return round.notes.map((text, i) => `${JSON.stringify([first + i, text])}\n`).join('');
    }
    if (file !== RECORD_FILES.checkpoint) return null;
    const leaves = [...round.lines, ...round.notes].map((line) => leafHash(utf8(line), sha256));
    const root = recordRoot(utf8(round.manifest), leaves, sha256);
    return signedCheckpoint({ origin: recordOrigin(id), size, root }, recordRaw, sha256, (text) =>
      sign(null, text, record.privateKey),
    );
  }

  /** The truth, as the box would tell it. */
  function countOf(id: string): object {
    const { lines } = box.rounds.get(id) ?? { lines: [] };
    const groups: Record<string, { voters: number; lines: number }> = {};
    for (const { d, n } of lines.map(bodyOf)) {
      const group = (groups[d] ??= { voters: 0, lines: 0 });
      group.lines += 1;
      if (n === 1) group.voters += 1;
    }
    return { groups, receipts: lines.length, lines: lines.length, published: 0 };
  }

  function obey(text: string): number {
    const { order, signature } = JSON.parse(text) as { order: string; signature: string };
    if (!verify(null, Buffer.from(order), orderKey, Buffer.from(signature, 'base64url'))) {
      return 403;
    }
    box.orders.push(order);
    const read = JSON.parse(order) as FakeOrder;
    const known = box.rounds.get(read.round);
    if (read.type === 'open') {
      if (known !== undefined) return known.manifest === read.manifest ? 200 : 409;
      const { manifest } = read;
      box.rounds.set(read.round, { manifest, state: 'open', lines: [], notes: [], tally: null });
      return 200;
    }
    if (known === undefined) return 404;
    if (read.type === 'close' && known.state === 'open') known.state = 'closed';
    if (read.type === 'note') {
      if (known.state === 'sealed') return 409;
      if (!known.notes.includes(read.text)) known.notes.push(read.text);
    }
    if (read.type === 'seal' && known.state === 'closed') {
      const { lines } = known;
      const keys = lines.map((line) => bodyOf(line).k);
      const closing: RecordNote = {
        v: 1,
        type: 'closing',
        round: read.round,
        closedAt: new Date().toISOString(),
        reason: read.reason,
        lines: lines.length,
        voters: new Set(keys).size,
      };
      known.notes.push(...read.notes, JSON.stringify(closing));
      known.state = 'sealed';
    }
    if (read.type === 'tally') known.tally = read.text;
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
      if (request.method === 'PUT') {
        const id = path.split('/').at(-1) ?? '';
        return answer(obey(text), JSON.stringify(box.counts.get(id) ?? countOf(id)));
      }
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
