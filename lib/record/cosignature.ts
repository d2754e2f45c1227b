import { concatBytes, toHex, utf8 } from '@/lib/shared/bytes';
import { keyId, parseSignatureLine, signatureLine, toBase64 } from './checkpoint';
import type { NoteSignature } from './checkpoint';
import { sameBytes, type Sha256 } from './merkle';

/**
 * Cosignatures of witnesses (c2sp.org/tlog-cosignature, cosignature/v1): a witness says that at this
 * time it had seen the log grow to this checkpoint and never shrink or fork. Crypto comes from
 * outside; keys are raw Ed25519, 32 bytes.
 */

const COSIGNATURE_V1 = 0x04;
const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;

export interface WitnessKey {
  readonly name: string;
  readonly key: Uint8Array;
}

/** What a cosignature says and what to verify it with. */
export interface CosignatureClaim {
  readonly witness: WitnessKey;
  /** Seconds since 1970, as the witness's clock had it. */
  readonly time: number;
  /** The exact bytes that were signed. */
  readonly signed: Uint8Array;
  /** 64 bytes. */
  readonly signature: Uint8Array;
}

/** The signed bytes: header, time, and the checkpoint's three lines. */
function cosignedText(checkpointText: string, time: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${checkpointText}`);
}

/** A signature line without newline. `time` in whole seconds; `sign` gives 64 bytes of Ed25519. */
export function cosign(
  checkpointText: string,
  time: number,
  { name, key }: WitnessKey,
  sha256: Sha256,
  sign: (text: Uint8Array) => Uint8Array,
): string {
  const stamp = new Uint8Array(TIME_BYTES);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time));
  const id = keyId(name, key, sha256, COSIGNATURE_V1);
  return signatureLine(name, concatBytes(id, stamp, sign(cosignedText(checkpointText, time))));
}

/**
 * The claim of a signature line when it is of one of these witnesses, else null. Nothing is verified
 * yet: that the signature holds under `witness.key` over `signed` is for the caller, whose crypto may
 * be asynchronous.
 */
export function cosignatureClaim(
  checkpointText: string,
  line: string | NoteSignature,
  witnesses: readonly WitnessKey[],
  sha256: Sha256,
): CosignatureClaim | null {
  const parsed = typeof line === 'string' ? parseSignatureLine(line) : line;
  if (parsed?.signature.length !== TIME_BYTES + SIGNATURE_BYTES) return null;
  const witness = witnesses.find(
    ({ name, key }) =>
      name === parsed.name && sameBytes(parsed.keyId, keyId(name, key, sha256, COSIGNATURE_V1)),
  );
  if (!witness) return null;
  const { buffer, byteOffset } = parsed.signature;
  const time = Number(new DataView(buffer, byteOffset, TIME_BYTES).getBigUint64(0));
  if (!Number.isSafeInteger(time)) return null;
  return {
    witness,
    time,
    signed: cosignedText(checkpointText, time),
    signature: parsed.signature.slice(TIME_BYTES),
  };
}

/** The key as other C2SP tools write it: name+key id in hex+base64(0x04 || key). */
export function witnessKeyText({ name, key }: WitnessKey, sha256: Sha256): string {
  const id = toHex(keyId(name, key, sha256, COSIGNATURE_V1));
  return `${name}+${id}+${toBase64(concatBytes(Uint8Array.of(COSIGNATURE_V1), key))}`;
}
