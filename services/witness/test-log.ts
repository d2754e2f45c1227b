import { generateKeyPairSync, sign } from 'node:crypto';
import { recordOrigin, signedCheckpoint } from '@/lib/record/checkpoint';
import { LEAVES_PER_FILE } from '@/lib/record/files';
import { leafHash } from '@/lib/record/merkle';
import { MerkleTree } from '@/lib/record/tree';
import { utf8 } from '@/lib/shared/bytes';
import { sha256 } from './key';

/** A log in memory that serves a record as the box does, and can be made to lie. */
export class TestLog {
  readonly round = 'pp2027-votacion';
  readonly base = 'https://urna.example';
  readonly manifest: Uint8Array;
  readonly recordKey: string;
  leaves: Uint8Array[];
  /** Lines the box would show under its checkpoint. */
  cosignatures: string[] = [];
  /** Bodies that were posted. */
  readonly posted: { size: number; line: string }[] = [];
  asked: string[] = [];
  ranges = true;
  /** What a path answers instead. */
  readonly instead = new Map<string, () => Response>();
  private readonly spki: Buffer;
  private readonly sign: (text: Uint8Array) => Uint8Array;

  constructor(witnesses: readonly { name: string; key: string }[], like?: TestLog) {
    const pair = generateKeyPairSync('ed25519');
    this.spki = like?.spki ?? pair.publicKey.export({ format: 'der', type: 'spki' });
    this.sign = like?.sign ?? ((text) => sign(null, text, pair.privateKey));
    this.recordKey = this.spki.toString('base64url');
    this.manifest = utf8(
      JSON.stringify({ round: this.round, recordKey: this.recordKey, witnesses }),
    );
    this.leaves = [leafHash(this.manifest, sha256)];
  }

  grow(count: number, mark = 'ballot'): void {
    for (let i = 0; i < count; i++) {
      this.leaves.push(leafHash(utf8(`${mark} ${String(this.leaves.length)}`), sha256));
    }
  }

  note(size = this.leaves.length): string {
    const tree = MerkleTree.fromLeaves(Buffer.concat(this.leaves.slice(0, size)), sha256);
    const checkpoint = { origin: recordOrigin(this.round), size, root: tree.rootAt() };
    const note = signedCheckpoint(checkpoint, this.spki.subarray(-32), sha256, this.sign);
    return note + this.cosignatures.map((line) => `${line}\n`).join('');
  }

  readonly fetch: typeof globalThis.fetch = (address, init) => {
    const path = new URL(address as string).pathname;
    this.asked.push(`${init?.method ?? 'GET'} ${path}`);
    return Promise.resolve(this.instead.get(path)?.() ?? this.answer(path, init ?? {}));
  };

  private answer(path: string, init: RequestInit): Response {
    const file = path.replace(`/public-record/${this.round}/`, '');
    if (path === '/public-record/index.json') {
      return Response.json({ v: 1, rounds: [this.round] });
    }
    if (init.method === 'POST') {
      this.posted.push(JSON.parse(init.body as string) as TestLog['posted'][number]);
      return Response.json({ kept: true }, { status: 201 });
    }
    if (file === 'manifest.json') return new Response(Buffer.from(this.manifest));
    if (file === 'checkpoint') return new Response(this.note());
    const number = /^leaves\/(\d{6})\.bin$/.exec(file)?.[1];
    if (number === undefined) return new Response('', { status: 404 });
    const from = Number(number) * LEAVES_PER_FILE;
    const bytes = Buffer.concat(this.leaves.slice(from, from + LEAVES_PER_FILE));
    const start = Number(/^bytes=(\d+)-$/.exec(new Headers(init.headers).get('range') ?? '')?.[1]);
    return this.ranges && start > 0
      ? new Response(bytes.subarray(start), { status: 206 })
      : new Response(bytes);
  }
}
