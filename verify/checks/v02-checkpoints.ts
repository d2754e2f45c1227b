import {
  keyId,
  parseCheckpoint,
  recordOrigin,
  type Checkpoint,
  type NoteSignature,
} from '@/lib/record/checkpoint';
import { cosignatureClaim, type WitnessKey } from '@/lib/record/cosignature';
import { sameBytes } from '@/lib/record/merkle';
import { fromBase64Url, utf8 } from '@/lib/shared/bytes';
import type { VerifierCrypto } from '../crypto';
import type { Findings } from '../report';
import { textOf } from '../source';
import type { ReadManifest } from './v01-manifest';

/** V2: every checkpoint is signed by the ballot box, and what witnesses added is really theirs. */

export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** The signed text. */
  readonly text: string;
  /** Names of the witnesses whose cosignature holds. */
  readonly witnesses: readonly string[];
}

/** Null when the file is no checkpoint at all or not signed: nothing in it can be believed. */
export async function checkCheckpoint(
  bytes: Uint8Array,
  file: string,
  { manifest, recordKey }: ReadManifest,
  crypto: VerifierCrypto,
  findings: Findings,
): Promise<SignedCheckpoint | null> {
  const note = textOf(bytes);
  const parsed = note === null ? null : parseCheckpoint(note);
  if (parsed === null) {
    findings.add('V2', 'checkpoint-malformed', { file });
    return null;
  }
  const { checkpoint, text, signatures } = parsed;
  const origin = recordOrigin(manifest.round);
  if (checkpoint.origin !== origin) {
    findings.add('V2', 'checkpoint-other-origin', { file, origin: checkpoint.origin });
    return null;
  }
  const id = keyId(origin, recordKey, crypto.sha256);
  const isOwn = (line: NoteSignature): boolean =>
    line.name === origin && sameBytes(line.keyId, id) && line.signature.length === 64;
  const own = signatures.find(isOwn);
  if (!own || !(await crypto.ed25519(recordKey, utf8(text), own.signature))) {
    findings.add('V2', 'checkpoint-unsigned', { file });
    return null;
  }

  const keys = manifest.witnesses.map(({ name, key }): WitnessKey => ({
    name,
    key: fromBase64Url(key) ?? new Uint8Array(),
  }));
  const witnesses = new Set<string>();
  for (const line of signatures) {
    // Lines of names that the manifest does not know say nothing, as the format wants it.
    if (!keys.some(({ name }) => name === line.name)) continue;
    const claim = cosignatureClaim(text, line, keys, crypto.sha256);
    const holds =
      claim !== null && (await crypto.ed25519(claim.witness.key, claim.signed, claim.signature));
    if (holds) witnesses.add(line.name);
    else findings.add('V2', 'cosignature-invalid', { file, witness: line.name });
  }
  return { checkpoint, text, witnesses: [...witnesses] };
}
