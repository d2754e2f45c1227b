import { parseCheckpoint, recordOrigin } from '@/lib/record/checkpoint';
import { sameBytes } from '@/lib/record/merkle';
import type { MerkleTree } from '@/lib/record/tree';
import { utf8 } from '@/lib/shared/bytes';
import { keyId } from '@/lib/record/checkpoint';
import type { VerifierCrypto } from '../crypto';
import type { Findings } from '../report';
import type { ReadManifest } from './v01-manifest';
import type { SignedCheckpoint } from './v02-checkpoints';

/**
 * V3: the record only ever grew. Every checkpoint is the root of the first leaves of the newest one,
 * so no two of them can tell different stories; the same for an older copy somebody kept.
 */
export function checkConsistency(
  tree: MerkleTree,
  head: SignedCheckpoint,
  older: ReadonlyMap<number, SignedCheckpoint>,
  findings: Findings,
): void {
  findings.finish('V3', { checkpoints: older.size, size: head.checkpoint.size });
  for (const [listedAs, { checkpoint }] of older) {
    const { size, root } = checkpoint;
    if (size !== listedAs) {
      findings.add('V3', 'checkpoint-other-size', { file: listedAs, size });
    } else if (size === head.checkpoint.size) {
      if (!sameBytes(root, head.checkpoint.root)) findings.add('V3', 'checkpoints-fork', { size });
    } else if (size > head.checkpoint.size || size < 1) {
      findings.add('V3', 'checkpoints-fork', { size });
    } else if (size <= tree.size && !sameBytes(root, tree.rootAt(size))) {
      findings.add('V3', 'checkpoint-not-prefix', { size });
    }
  }
}

/** An older checkpoint, kept on a USB stick or by a witness: still the beginning of this record? */
export async function checkOlderCopy(
  note: string,
  { manifest, recordKey }: ReadManifest,
  tree: MerkleTree,
  crypto: VerifierCrypto,
  findings: Findings,
): Promise<void> {
  const parsed = parseCheckpoint(note);
  const origin = recordOrigin(manifest.round);
  const id = keyId(origin, recordKey, crypto.sha256);
  const own = parsed?.signatures.find(
    (line) => line.name === origin && sameBytes(line.keyId, id) && line.signature.length === 64,
  );
  if (
    !parsed ||
    parsed.checkpoint.origin !== origin ||
    !own ||
    !(await crypto.ed25519(recordKey, utf8(parsed.text), own.signature))
  ) {
    findings.add('V3', 'older-not-of-this-record');
    return;
  }
  const { size, root } = parsed.checkpoint;
  if (size > tree.size) findings.add('V3', 'older-is-larger', { older: size, size: tree.size });
  else if (!sameBytes(root, tree.rootAt(size))) findings.add('V3', 'older-not-prefix', { size });
}
