import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Manifest } from '@/lib/rounds/manifest';

/** The naive verifier's own hashes, texts and signatures. */

export type Failed = Set<string>;
export interface Line {
  body:
    | (Record<string, unknown> & {
        r: string;
        d: string;
        m: string;
        k: string;
        x: string;
        t: string;
        n: number;
        p: string | null;
        c: Record<string, string[]>;
      })
    | null;
  leaf: string;
  position: number | null;
  readable: boolean;
}

export const sha = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
export const leafOf = (data: string | Uint8Array): Buffer => sha(Uint8Array.of(0), data);
export const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b);
/** JSON with sorted keys. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
/** Strict UTF-8, or null. */
export const utf = (bytes: Uint8Array | undefined): string | null =>
  attempt(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
export const attempt = <T>(what: () => T): T | null => {
  try {
    return what();
  } catch {
    return null;
  }
};

/** RFC 6962 §2.1, word for word. */
export function root(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return sha('');
  if (leaves.length === 1) return leaves[0] as Buffer;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha(Uint8Array.of(1), root(leaves.slice(0, k)), root(leaves.slice(k)));
}

function edVerify(raw: Buffer, text: string, signature: Buffer): boolean {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    format: 'jwk',
  });
  return verify(null, Buffer.from(text), key, signature);
}

interface Note {
  text: string;
  origin: string;
  size: number;
  root: string;
  lines: { name: string; id: string; rest: Buffer }[];
}

export function readCheckpoint(bytes: Uint8Array | undefined): Note | null {
  const match = /^((\S+)\n(\d+)\n(\S{44})\n)\n((?:\u2014 \S+ \S+\n)+)$/.exec(utf(bytes) ?? '');
  if (!match) return null;
  const [, text = '', origin = '', size = '', rootText = '', signed = ''] = match;
  const lines = signed
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, name = '', blob = ''] = line.split(' ');
      const buffer = Buffer.from(blob, 'base64');
      return { name, id: buffer.subarray(0, 4).toString('hex'), rest: buffer.subarray(4) };
    });
  const blobs = [
    rootText,
    ...signed
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[2] ?? ''),
  ];
  if (blobs.some((blob) => Buffer.from(blob, 'base64').toString('base64') !== blob)) return null;
  if (lines.some(({ rest }) => rest.length === 0)) return null;
  return { text, origin, size: Number(size), root: rootText, lines };
}

/** Whether the box signed it. Cosignatures that are false are said to `failed`. */
export function believable(note: Note | null, manifest: Manifest, failed: Failed): boolean {
  const origin = `minka/${manifest.round}`;
  const raw = Buffer.from(manifest.recordKey, 'base64url').subarray(-32);
  const id = sha(`${origin}\n`, Uint8Array.of(1), raw).subarray(0, 4).toString('hex');
  const own = note?.lines.find((line) => line.name === origin && line.id === id);
  if (!note || note.origin !== origin || !own || !edVerify(raw, note.text, own.rest)) return false;
  for (const { name, key } of manifest.witnesses) {
    const keyBytes = Buffer.from(key, 'base64url');
    const witnessId = sha(`${name}\n`, Uint8Array.of(4), keyBytes).subarray(0, 4).toString('hex');
    for (const line of note.lines.filter((each) => each.name === name)) {
      const time = line.rest.length === 72 ? line.rest.readBigUInt64BE(0) : 0n;
      const text = `cosignature/v1\ntime ${time.toString()}\n${note.text}`;
      if (
        line.id !== witnessId ||
        line.rest.length !== 72 ||
        !edVerify(keyBytes, text, line.rest.subarray(8))
      )
        failed.add('V2');
    }
  }
  return true;
}
