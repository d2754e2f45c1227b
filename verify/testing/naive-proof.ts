import { createPublicKey, verify } from 'node:crypto';
import { recordIndex } from '@/lib/record/format';
import { parseManifest } from '@/lib/rounds/manifest';
import { believable, readCheckpoint, root } from './naive-forms';
import type { RecordFileMap } from './record-draft';

/** The naive verifier's own look at a phone's proof, over a record that is whole. */
export function naiveProofVerdict(
  files: RecordFileMap,
  text: string,
  now: Date,
): 'kept' | 'waits' | 'breach' | 'invalid' {
  const read = (path: string): Buffer => Buffer.from(files.get(path) ?? []);
  const parsed = parseManifest(read('manifest.json').toString());
  if (!parsed.ok) throw new Error('A whole record');
  const manifest = parsed.value;
  const { state, size, checkpoints } = recordIndex.parse(JSON.parse(read('index.json').toString()));
  const packed = read('leaves/000000.bin');
  const leaves = Array.from({ length: size }, (_, n) => packed.subarray(n * 32, n * 32 + 32));
  const codes = checkpoints.flatMap((end) => read(`receipts/${end}.txt`).toString().split('\n'));
  const proof = JSON.parse(text) as {
    round: string;
    promise?: Record<'round' | 'leaf' | 'code' | 'includeBy' | 'signature', string>;
    checkpoint: string;
    seen: string | null;
  };
  if (proof.round !== manifest.round) return 'invalid';

  const said = new Set<'kept' | 'waits' | 'breach' | 'invalid'>();
  const { promise } = proof;
  if (promise) {
    const key = createPublicKey({
      key: Buffer.from(manifest.recordKey, 'base64url'),
      format: 'der',
      type: 'spki',
    });
    const { round, leaf, code, includeBy } = promise;
    const signed = Buffer.from(`minka/promise/v1\n${round}\n${leaf}\n${code}\n${includeBy}\n`);
    const due = now.getTime() > Date.parse(includeBy) + 900_000;
    if (
      round !== manifest.round ||
      !verify(null, signed, key, Buffer.from(promise.signature, 'base64url'))
    ) {
      said.add('invalid');
    } else if (leaves.some((each) => each.toString('base64url') === leaf)) {
      said.add(codes.includes(code) ? 'kept' : 'breach');
    } else said.add(state === 'sealed' || (state === 'closed' && due) ? 'breach' : 'waits');
  }
  const roots = new Map<number, string>();
  for (const note of proof.seen === null ? [proof.checkpoint] : [proof.checkpoint, proof.seen]) {
    const checkpoint = readCheckpoint(Buffer.from(note));
    if (!checkpoint || !believable(checkpoint, manifest, new Set())) said.add('invalid');
    else {
      const before = roots.get(checkpoint.size) ?? checkpoint.root;
      roots.set(checkpoint.size, checkpoint.root);
      if (before !== checkpoint.root) said.add('breach');
      const own = root(leaves.slice(0, checkpoint.size)).toString('base64');
      if (checkpoint.size > size) said.add(state === 'sealed' ? 'breach' : 'waits');
      else said.add(own === checkpoint.root && checkpoint.size > 0 ? 'kept' : 'breach');
    }
  }
  if (said.has('breach')) return 'breach';
  if (said.has('invalid')) return 'invalid';
  return said.has('waits') ? 'waits' : 'kept';
}
