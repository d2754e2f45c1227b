import { concatBytes, fromBase64Url, toBase64Url, utf8 } from '@/lib/shared/bytes';
import { sameBytes, type Sha256 } from './merkle';

/**
 * Checkpoints in the C2SP format (c2sp.org/tlog-checkpoint over c2sp.org/signed-note): origin, size
 * and root as text, then one line per signature. Ed25519 keys are raw 32 bytes.
 */

export interface Checkpoint {
  readonly origin: string;
  /** Leaves. */
  readonly size: number;
  readonly root: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  /** Four bytes that say which key. */
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

const ED25519 = 0x01;

/** Origin of a round's record; also the name of the key that signs it. */
export function recordOrigin(round: string): string {
  return `minka/${round}`;
}

/** The signed text: three lines, each ended by a newline. */
export function checkpointText(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`;
}

/** First four bytes of SHA-256(name || 0x0A || algorithm || key); plain Ed25519 unless said. */
export function keyId(
  name: string,
  publicKey: Uint8Array,
  sha256: Sha256,
  algorithm = ED25519,
): Uint8Array {
  return sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(algorithm), publicKey)).slice(0, 4);
}

/** Text, blank line, one signature line. `sign` gives the 64 bytes of Ed25519 over the text. */
export function signedCheckpoint(
  checkpoint: Checkpoint,
  publicKey: Uint8Array,
  sha256: Sha256,
  sign: (text: Uint8Array) => Uint8Array,
): string {
  const text = checkpointText(checkpoint);
  const id = keyId(checkpoint.origin, publicKey, sha256);
  return `${text}\n${signatureLine(checkpoint.origin, concatBytes(id, sign(utf8(text))))}\n`;
}

/** One signature line of a note, without its newline; `blob` is key id and signature. */
export function signatureLine(name: string, blob: Uint8Array): string {
  return `\u2014 ${name} ${toBase64(blob)}`;
}

/** Null when the line is not exactly what `signatureLine` writes. */
export function parseSignatureLine(line: string): NoteSignature | null {
  const match = /^\u2014 (\S+) (\S+)$/.exec(line);
  const blob = fromBase64(match?.[2] ?? '');
  if (!match?.[1] || !blob || blob.length < 5) return null;
  return { name: match[1], keyId: blob.slice(0, 4), signature: blob.slice(4) };
}

/** Null when the text is not exactly a checkpoint with at least one signature line. */
export function parseCheckpoint(
  note: string,
): { checkpoint: Checkpoint; text: string; signatures: NoteSignature[] } | null {
  const end = note.indexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, end + 1);
  const lines = text.split('\n');
  const [origin, sizeText, rootText] = lines;
  if (lines.length !== 4 || !origin || sizeText === undefined || rootText === undefined)
    return null;
  if (!/^(0|[1-9][0-9]{0,15})$/.test(sizeText)) return null;
  const root = fromBase64(rootText);
  if (root?.length !== 32) return null;

  const signatures: NoteSignature[] = [];
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const signature = parseSignatureLine(line);
    if (!signature) return null;
    signatures.push(signature);
  }
  return { checkpoint: { origin, size: Number(sizeText), root }, text, signatures };
}

/** The checkpoint, when it is for this origin and its key has signed it; else null. */
export function verifyCheckpoint(
  note: string,
  origin: string,
  publicKey: Uint8Array,
  sha256: Sha256,
  verify: (text: Uint8Array, signature: Uint8Array) => boolean,
): Checkpoint | null {
  const parsed = parseCheckpoint(note);
  if (parsed?.checkpoint.origin !== origin) return null;
  const id = keyId(origin, publicKey, sha256);
  const own = parsed.signatures.find((each) => each.name === origin && sameBytes(each.keyId, id));
  if (!own || !verify(utf8(parsed.text), own.signature)) return null;
  return parsed.checkpoint;
}

/** Base64 with padding (RFC 4648 §4), as notes use it. */
export function toBase64(bytes: Uint8Array): string {
  const text = toBase64Url(bytes).replace(/-/g, '+').replace(/_/g, '/');
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

function fromBase64(text: string): Uint8Array | null {
  const bare = text.replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_');
  const bytes = fromBase64Url(bare);
  return bytes !== null && toBase64(bytes) === text ? bytes : null;
}
