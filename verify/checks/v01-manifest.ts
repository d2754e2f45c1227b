import { leafHash, sameBytes, type Sha256 } from '@/lib/record/merkle';
import { parseManifest, type Manifest } from '@/lib/rounds/manifest';
import { fromBase64Url, toBase64Url } from '@/lib/shared/bytes';
import { rawEd25519Key } from '@/lib/shared/ed25519';
import type { Findings } from '../report';
import { textOf } from '../source';

/** V1: the manifest is one, is the one on the posters, and is leaf 0. */

export interface ReadManifest {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly hash: string;
  readonly manifest: Manifest;
  /** Raw Ed25519 key of the ballot box. */
  readonly recordKey: Uint8Array;
}

export function ed25519Key(spki: string): Uint8Array | null {
  const bytes = fromBase64Url(spki);
  return bytes === null ? null : rawEd25519Key(bytes);
}

export function checkManifest(
  bytes: Uint8Array,
  expectedHash: string | null,
  sha256: Sha256,
  findings: Findings,
): ReadManifest | null {
  const hash = toBase64Url(sha256(bytes));
  findings.finish('V1', { hash });
  if (expectedHash !== null && expectedHash !== hash) {
    findings.add('V1', 'manifest-other-hash', { expected: expectedHash, hash });
  }
  const text = textOf(bytes);
  const parsed = text === null ? null : parseManifest(text);
  if (text === null || !parsed?.ok) {
    const problem = parsed?.problems?.[0] ?? 'UTF-8';
    findings.add('V1', 'manifest-invalid', { problem });
    return null;
  }
  const recordKey = ed25519Key(parsed.value.recordKey);
  const witnessKeys = parsed.value.witnesses.map(({ key }) => fromBase64Url(key)?.length);
  if (recordKey === null || witnessKeys.some((length) => length !== 32)) {
    findings.add('V1', 'manifest-key-invalid');
    return null;
  }
  return { bytes, text, hash, manifest: parsed.value, recordKey };
}

export function checkManifestLeaf(
  { bytes }: ReadManifest,
  leaf: Uint8Array | null,
  sha256: Sha256,
  findings: Findings,
): void {
  if (leaf !== null && !sameBytes(leafHash(bytes, sha256), leaf)) {
    findings.add('V1', 'manifest-not-leaf-0');
  }
}
