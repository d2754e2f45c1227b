import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import {
  parseCheckpoint,
  recordOrigin,
  verifyCheckpoint,
  type Checkpoint,
} from '@/lib/record/checkpoint';
import { EMPTY_RANGE, extendRange, rangeRoot, type CompactRange } from '@/lib/record/compact-range';
import { cosign, cosignatureClaim } from '@/lib/record/cosignature';
import { leafHash, sameBytes } from '@/lib/record/merkle';
import { fromBase64Url, toBase64Url, toHex, utf8 } from '@/lib/shared/bytes';
import { sha256, type Signer } from './key';
import { keepEvidence, recall, remember, type Remembered } from './memory';
import { Away, type Remote } from './remote';

/** Why a witness does not cosign. All but the first two are signed by the record's own key. */
export type Breach =
  /** The manifest is not of this round, or not leaf 0. */
  | 'other-manifest'
  /** The checkpoint is not signed by the key of the manifest that was first seen. */
  | 'not-signed'
  | 'shrunk'
  /** Two signed checkpoints of one size with different roots. */
  | 'forked'
  /** What was seen before is not the beginning of what is served now. */
  | 'rewritten';

export type Sighting =
  | {
      readonly kind: 'consistent';
      readonly round: string;
      readonly size: number;
      /** Leaves since the last look. */
      readonly fresh: number;
      /** `unnamed`: the manifest does not name this witness, the box would not take it. */
      readonly cosignature: 'sent' | 'present' | 'unnamed' | { readonly refused: string };
    }
  | {
      readonly kind: 'breach';
      readonly round: string;
      readonly breach: Breach;
      readonly evidence: string;
    }
  | { readonly kind: 'away'; readonly round: string; readonly detail: string };

export interface Watch {
  readonly signer: Signer;
  /** Where the witness remembers. */
  readonly folder: string;
  readonly remote: Remote;
  /** Seconds since 1970. */
  readonly now: () => number;
}

type Known = Pick<Remembered, 'recordKey' | 'witnesses'>;

const manifestShape = z.object({
  round: z.string(),
  recordKey: z.string(),
  witnesses: z.array(z.object({ name: z.string(), key: z.string() })),
});

class Refused extends Error {
  constructor(
    readonly breach: Breach,
    readonly served: object,
  ) {
    super(breach);
  }
}

/**
 * One look at a round's record: downloads what is new, recomputes the root, and cosigns when what was
 * seen before is its beginning. Nothing is ever cosigned that the state file does not remember.
 */
export async function look(round: string, watch: Watch): Promise<Sighting> {
  const before = await recall(watch.folder, round);
  try {
    return await compare(round, before, watch);
  } catch (error) {
    if (error instanceof Away) return { kind: 'away', round, detail: error.message };
    if (!(error instanceof Refused)) throw error;
    const { breach, served } = error;
    const mark = toHex(sha256(utf8(JSON.stringify(served)))).slice(0, 12);
    const evidence = await keepEvidence(watch.folder, `${round}.${breach}.${mark}`, {
      round,
      breach,
      at: new Date(watch.now() * 1000).toISOString(),
      /** What this witness had verified and cosigned. */
      remembered: before && {
        recordKey: before.recordKey,
        note: before.note,
        cosignature: before.line,
        size: before.range.size,
        nodes: before.range.nodes.map(toHex),
      },
      served,
    });
    return { kind: 'breach', round, breach, evidence };
  }
}

async function compare(round: string, before: Remembered | null, watch: Watch): Promise<Sighting> {
  const { remote, signer } = watch;
  const manifest = before === null ? await remote.manifest(round) : null;
  const known = before ?? readManifest(round, manifest ?? new Uint8Array());
  const note = await remote.checkpoint(round);
  const checkpoint = signedBy(known.recordKey, round, note);
  if (checkpoint === null) throw new Refused('not-signed', { note });

  const seen = before?.range ?? EMPTY_RANGE;
  if (checkpoint.size < Math.max(seen.size, 1)) throw new Refused('shrunk', { note });
  const range = await grown(seen, checkpoint.size, { round, manifest, note, remote });
  const root = rangeRoot(range, sha256);
  if (!sameBytes(root, checkpoint.root)) {
    const breach = checkpoint.size === seen.size ? 'forked' : 'rewritten';
    throw new Refused(breach, { note, rootOfTheLeaves: toHex(root) });
  }

  const text = parseCheckpoint(note)?.text ?? '';
  // The same checkpoint keeps its cosignature, unless the witness has another key by now.
  const kept =
    before?.range.size === range.size && cosignatureClaim(text, before.line, [signer], sha256)
      ? before.line
      : null;
  const line = kept ?? cosign(text, watch.now(), signer, sha256, signer.sign);
  if (kept === null) {
    // On the disk before anybody sees the cosignature.
    const { recordKey, witnesses } = known;
    await remember(watch.folder, { round, recordKey, witnesses, note, range, line });
  }
  return {
    kind: 'consistent',
    round,
    size: range.size,
    fresh: range.size - seen.size,
    cosignature: await deliver({ round, size: range.size, line, note, text, known }, watch),
  };
}

/** The range after downloading what is new; at first sight leaf 0 must be the manifest. */
async function grown(
  seen: CompactRange,
  size: number,
  from: { round: string; manifest: Uint8Array | null; note: string; remote: Remote },
): Promise<CompactRange> {
  let range = seen;
  for await (const leaves of from.remote.leaves(from.round, seen.size, size)) {
    if (range.size === 0 && from.manifest !== null) {
      const first = leaves.subarray(0, 32);
      if (!sameBytes(first, leafHash(from.manifest, sha256))) {
        const text = Buffer.from(from.manifest).toString();
        throw new Refused('other-manifest', { note: from.note, manifest: text });
      }
    }
    range = extendRange(range, leaves, sha256);
  }
  return range;
}

async function deliver(
  of: { round: string; size: number; line: string; note: string; text: string; known: Known },
  { signer, remote }: Watch,
): Promise<Extract<Sighting, { kind: 'consistent' }>['cosignature']> {
  const named = of.known.witnesses.some(
    ({ name, key }) => name === signer.name && key === toBase64Url(signer.key),
  );
  if (!named) return 'unnamed';
  const signatures = parseCheckpoint(of.note)?.signatures ?? [];
  const present = signatures.some((each) => {
    const claim = cosignatureClaim(of.text, each, [signer], sha256);
    return claim !== null && ed25519Holds(signer.key, claim.signed, claim.signature);
  });
  if (present) return 'present';
  const refused = await remote.sendCosignature(of.round, of.size, of.line);
  return refused === null ? 'sent' : { refused };
}

function readManifest(round: string, bytes: Uint8Array): Known {
  const text = Buffer.from(bytes).toString();
  try {
    const manifest = manifestShape.parse(JSON.parse(text));
    if (manifest.round === round) return manifest;
  } catch {
    // Refused below.
  }
  throw new Refused('other-manifest', { manifest: text });
}

function signedBy(recordKey: string, round: string, note: string): Checkpoint | null {
  const spki = fromBase64Url(recordKey);
  if (spki?.length !== SPKI_PREFIX.length + 32) return null;
  const key = spki.subarray(-32);
  return verifyCheckpoint(note, recordOrigin(round), key, sha256, (text, signature) =>
    ed25519Holds(key, text, signature),
  );
}

/** SPKI of an Ed25519 key before its 32 bytes. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

function ed25519Holds(key: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean {
  const spki = Buffer.concat([SPKI_PREFIX, key]);
  return verify(null, text, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
}
