import { createHash, createPublicKey, verify } from 'node:crypto';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import { recordRoot, verifyBallotLines, type EffectiveBallot } from '@/lib/record/ballots';
import { recordOrigin, verifyCheckpoint } from '@/lib/record/checkpoint';
import type { Manifest } from '@/lib/rounds/manifest';
import { utf8 } from '@/lib/shared/bytes';
import type { BoxClient } from './box-client';
import { StepFailure } from './step-failure';

export interface ClosedRecord {
  readonly effective: readonly EffectiveBallot[];
  readonly lines: number;
  /** Base64 of the Merkle root, as in the checkpoint. */
  readonly root: string;
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** The files of a closed round as they came. */
export interface FetchedRecord {
  readonly manifest: string;
  readonly checkpoint: string;
  readonly lines: readonly string[];
}

/** The ballot box's files, fetched like any outsider would. */
export async function fetchRecord(box: BoxClient, round: string): Promise<FetchedRecord> {
  const needed = async (file: string): Promise<string> => {
    const text = await box.record(round, file);
    if (text === null) throw new StepFailure('failed-box-refused', { missing: file });
    return text;
  };
  const manifest = await needed('manifest.json');
  const checkpoint = await needed('checkpoint');
  const lines: string[] = [];
  for (let part = 0; ; part += 1) {
    const text = await box.record(round, `ballots/${String(part).padStart(6, '0')}.ndjson`);
    if (text === null) break;
    lines.push(...text.split('\n').filter((line) => line !== ''));
  }
  return { manifest, checkpoint, lines };
}

/**
 * Believes nothing: the manifest must be the frozen one to the byte, the checkpoint be signed by the
 * key in it, every ballot be valid, and the root of exactly these ballots be the one signed.
 */
export function verifyRecord(
  frozen: { manifest: Manifest; text: string; hash: string },
  record: FetchedRecord,
): ClosedRecord {
  if (record.manifest !== frozen.text) {
    throw new StepFailure('failed-record', { problem: 'another-manifest' });
  }
  const key = createPublicKey({
    key: Buffer.from(frozen.manifest.recordKey, 'base64url'),
    format: 'der',
    type: 'spki',
  });
  const raw = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
  const checkpoint = verifyCheckpoint(
    record.checkpoint,
    recordOrigin(frozen.manifest.round),
    raw,
    sha256,
    (text, signature) => verify(null, text, key, signature),
  );
  if (checkpoint === null) {
    throw new StepFailure('failed-record', { problem: 'checkpoint-not-signed' });
  }
  const verified = verifyBallotLines(
    { manifest: frozen.manifest, hash: frozen.hash },
    record.lines,
    nodeBallotCrypto,
  );
  if (!verified.ok) {
    const { problems } = verified;
    throw new StepFailure('failed-record', {
      problem: 'invalid-ballots',
      lines: problems.length,
      first: problems.slice(0, 5),
    });
  }
  const root = recordRoot(utf8(record.manifest), verified.leaves, sha256);
  if (checkpoint.size !== verified.lines + 1 || !Buffer.from(root).equals(checkpoint.root)) {
    throw new StepFailure('failed-record', { problem: 'root-differs' });
  }
  return {
    effective: verified.effective,
    lines: verified.lines,
    root: Buffer.from(root).toString('base64'),
  };
}

/** Nobody voted who had no credential: per group, ballots counted are at most those issued. */
export function refuseMoreCastThanIssued(
  effective: readonly EffectiveBallot[],
  issued: Readonly<Record<string, number>>,
): void {
  const cast = new Map<string, number>();
  for (const ballot of effective) cast.set(ballot.group, (cast.get(ballot.group) ?? 0) + 1);
  for (const [group, ballots] of cast) {
    if (ballots > (issued[group] ?? 0)) {
      throw new StepFailure('failed-record', { problem: 'more-cast-than-issued', group });
    }
  }
}
