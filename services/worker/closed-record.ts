import { createHash, createPublicKey, verify } from 'node:crypto';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import { readRecord, type EffectiveBallot } from '@/lib/record/ballots';
import { recordOrigin, verifyCheckpoint } from '@/lib/record/checkpoint';
import { RECORD_FILES } from '@/lib/record/files';
import { recordIndex } from '@/lib/record/format';
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

/** The files of a sealed round as they came. */
export interface FetchedRecord {
  readonly manifest: string;
  readonly checkpoint: string;
  readonly notes: string;
  readonly lines: readonly string[];
}

/** The ballot box's files, fetched like any outsider would. */
export async function fetchRecord(box: BoxClient, round: string): Promise<FetchedRecord> {
  const needed = async (file: string): Promise<string> => {
    const text = await box.record(round, file);
    if (text === null) throw new StepFailure('failed-box-refused', { missing: file });
    return text;
  };
  const index = readIndex(await needed(RECORD_FILES.index));
  if (index?.round !== round || index.state !== 'sealed') {
    throw new StepFailure('failed-box-refused', { record: index?.state ?? 'no index' });
  }
  const manifest = await needed(RECORD_FILES.manifest);
  const checkpoint = await needed(RECORD_FILES.checkpoint);
  const notes = await needed(RECORD_FILES.notes);
  const lines: string[] = [];
  for (let file = 0; file < index.ballotFiles; file += 1) {
    const text = await needed(RECORD_FILES.ballots(file));
    for (const line of text.split('\n')) if (line !== '') lines.push(line);
  }
  return { manifest, checkpoint, notes, lines };
}

function readIndex(text: string) {
  try {
    return recordIndex.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Believes nothing: the manifest must be the frozen one to the byte, the checkpoint be signed by the
 * key in it, every ballot and note be valid, the root of exactly these be the one signed, and the
 * last leaf be the closing note with these figures.
 */
export function verifyRecord(
  frozen: { manifest: Manifest; text: string; hash: string },
  record: FetchedRecord,
): ClosedRecord {
  if (record.manifest !== frozen.text) fail('another-manifest');
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
  if (checkpoint === null) fail('checkpoint-not-signed');

  const read = readRecord(
    { manifest: frozen.manifest, hash: frozen.hash },
    { manifest: utf8(record.manifest), lines: record.lines, notes: record.notes },
    nodeBallotCrypto,
  );
  if (!read.ok) {
    const { problem, problems } = read;
    fail(problem, { lines: problems.length, first: problems.slice(0, 5) });
  }
  if (checkpoint.size !== read.size || !Buffer.from(read.root).equals(checkpoint.root)) {
    fail('root-differs');
  }
  const last = read.notes.at(-1);
  if (
    last?.note.type !== 'closing' ||
    last.position !== read.size - 1 ||
    last.note.lines !== read.lines ||
    last.note.voters !== read.voters
  ) {
    fail('not-closed');
  }
  return {
    effective: read.effective,
    lines: read.lines,
    root: Buffer.from(read.root).toString('base64'),
  };
}

function fail(problem: string, details: Record<string, unknown> = {}): never {
  throw new StepFailure('failed-record', { problem, ...details });
}

/** Nobody voted who had no credential: per group, ballots counted are at most those issued. */
export function refuseMoreCastThanIssued(
  effective: readonly EffectiveBallot[],
  issued: Readonly<Record<string, number>>,
): void {
  const cast = new Map<string, number>();
  for (const ballot of effective) cast.set(ballot.group, (cast.get(ballot.group) ?? 0) + 1);
  for (const [group, ballots] of cast) {
    if (ballots > (issued[group] ?? 0)) fail('more-cast-than-issued', { group });
  }
}
