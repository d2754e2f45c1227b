import { LEAVES_PER_FILE, RECORD_FILES } from '@/lib/record/format';
import { sameBytes, type Sha256 } from '@/lib/record/merkle';
import { MerkleTree } from '@/lib/record/tree';
import type { Findings } from '../report';
import { inOrder, MAX_BYTES, readFileFor, type RecordSource } from '../source';
import type { SignedCheckpoint } from './v02-checkpoints';

const HASH = 32;

/** V4: the published leaves give exactly the signed root. */
export async function checkRoot(
  source: RecordSource,
  head: SignedCheckpoint,
  /** A record that is still growing may already have more leaves than the checkpoint covers. */
  growing: boolean,
  sha256: Sha256,
  findings: Findings,
): Promise<MerkleTree> {
  const { size, root } = head.checkpoint;
  const tree = new MerkleTree(sha256);
  findings.finish('V4', { leaves: size });
  const files = Array.from({ length: Math.ceil(size / LEAVES_PER_FILE) }, (_, file) => file);
  const read = (file: number) =>
    readFileFor('V4', source, RECORD_FILES.leaves(file), MAX_BYTES.leaves, findings);
  for await (const { item: file, value: bytes } of inOrder(files, read)) {
    if (bytes === null) return tree;
    const wanted = Math.min(size - file * LEAVES_PER_FILE, LEAVES_PER_FILE) * HASH;
    if (bytes.length < wanted || bytes.length % HASH !== 0) {
      findings.add('V4', 'leaves-incomplete', { file: RECORD_FILES.leaves(file) });
      return tree;
    }
    if (bytes.length > wanted && !growing) {
      const extra = (bytes.length - wanted) / HASH;
      findings.add('V4', 'leaves-too-many', { file: RECORD_FILES.leaves(file), extra });
    }
    tree.appendLeaves(bytes.subarray(0, wanted));
  }
  if (!sameBytes(tree.rootAt(), root)) findings.add('V4', 'root-differs', { leaves: size });
  return tree;
}
