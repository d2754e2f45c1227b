import { createPublicKey, hash, verify } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { parseCheckpoint, recordOrigin, verifyCheckpoint } from '@/lib/record/checkpoint';
import { cosignatureClaim, type WitnessKey } from '@/lib/record/cosignature';
import { RECORD_FILES } from '@/lib/record/files';
import { recordIndex } from '@/lib/record/format';
import { sameBytes } from '@/lib/record/merkle';
import { MerkleTree } from '@/lib/record/tree';
import type { Manifest } from '@/lib/rounds/manifest';
import type { Told } from './voters';

/** The sealed record as anybody downloads it, and every breach of what the voters were told. */
export interface Comparison {
  readonly problems: string[];
  readonly leaves: number;
  readonly lines: number;
  readonly checkpoints: number;
  readonly cosigned: boolean;
}

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

export async function compareWithRecord(
  boxUrl: string,
  manifest: Manifest,
  told: readonly Told[],
  witness: WitnessKey,
): Promise<Comparison> {
  const problems: string[] = [];
  const ask = async (file: string): Promise<Buffer> => {
    const response = await fetch(`${boxUrl}/public-record/${manifest.round}/${file}`);
    if (!response.ok) throw new Error(`${file}: HTTP ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const all = async (count: number, name: (file: number) => string): Promise<Buffer> =>
    Buffer.concat(await Promise.all(Array.from({ length: count }, (_, file) => ask(name(file)))));
  const lines = (bytes: Buffer): string[] => bytes.toString().split('\n').filter(Boolean);

  const index = recordIndex.parse(JSON.parse((await ask(RECORD_FILES.index)).toString()));
  if (index.state !== 'sealed') problems.push(`the record is ${index.state}, not sealed`);
  const leafBytes = await all(index.leafFiles, RECORD_FILES.leaves);
  const ballots = lines(await all(index.ballotFiles, RECORD_FILES.ballots));
  const notes = lines(await ask(RECORD_FILES.notes));
  const batches = index.checkpoints.slice(1);
  const receipts = (await Promise.all(batches.map((size) => ask(RECORD_FILES.receipts(size)))))
    .map(lines)
    .flat();

  const leaves = Array.from({ length: leafBytes.length / 32 }, (_, at) =>
    leafBytes.subarray(at * 32, at * 32 + 32).toString('base64url'),
  );
  const positions = new Map(leaves.map((leaf, at) => [leaf, at]));
  if (positions.size !== leaves.length) problems.push('a leaf is there twice');
  if (new Set(ballots).size !== ballots.length) problems.push('a ballot is there twice');
  if (new Set(receipts).size !== receipts.length) problems.push('a receipt is there twice');
  if (leaves.length !== 1 + ballots.length + notes.length) {
    problems.push(`${leaves.length} leaves, ${ballots.length} ballots, ${notes.length} notes`);
  }
  if (receipts.length !== ballots.length) {
    problems.push(`${receipts.length} receipts for ${ballots.length} ballots`);
  }

  const published = new Set(ballots);
  const codes = new Set(receipts);
  for (const { leaf, line, receipt, acknowledged } of told) {
    const there = [positions.has(leaf), published.has(line), codes.has(receipt)];
    if (there.some((one) => one !== acknowledged)) {
      problems.push(
        `ballot ${leaf} was ${acknowledged ? 'acknowledged' : 'refused'}; leaf, line, receipt: ${there.join()}`,
      );
    }
  }
  const known = new Set(told.map(({ line }) => line));
  const strangers = ballots.filter((line) => !known.has(line));
  if (strangers.length > 0) problems.push(`${strangers.length} ballots that nobody cast`);

  const tree = MerkleTree.fromLeaves(leafBytes, sha256);
  const spki = Buffer.from(manifest.recordKey, 'base64url');
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  for (const size of index.checkpoints) {
    const note = (await ask(RECORD_FILES.checkpointOf(size))).toString();
    const signed = verifyCheckpoint(
      note,
      recordOrigin(manifest.round),
      spki.subarray(-32),
      sha256,
      (text, signature) => verify(null, text, key, signature),
    );
    if (signed?.size !== size || !sameBytes(signed.root, tree.rootAt(size))) {
      problems.push(`the checkpoint of ${size} leaves does not hold`);
    }
  }
  if (index.checkpoints.at(-1) !== leaves.length) problems.push('the last checkpoint is not last');
  const last = parseCheckpoint((await ask(RECORD_FILES.checkpoint)).toString());
  const cosigned = (last?.signatures ?? []).some(
    (each) => cosignatureClaim(last?.text ?? '', each, [witness], sha256) !== null,
  );
  return {
    problems,
    leaves: leaves.length,
    lines: ballots.length,
    checkpoints: index.checkpoints.length,
    cosigned,
  };
}

/** What the witness kept as proof of a fork; nothing, when all is well. */
export async function evidence(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.includes('.evidence.'));
}
