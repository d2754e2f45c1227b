import { concatBytes } from '@/lib/shared/bytes';
import { bytesOf, integerOf, inverseOf, power } from './integers';

/**
 * Blind of RFC 9474 §4.2 with SHA-384 and PSS, where the salt and the blinding factor are given: a
 * recovery code must lead to the very same blinded message again, and the library that blinds
 * otherwise draws its own. Checked against the vectors of the RFC.
 */

const HASH_BYTES = 48;
export const PSS_SALT_BYTES = 48;
/** Random bytes before the message (PrepareRandomize). */
export const PREFIX_BYTES = 32;

export interface BlindingInput {
  /** RSA public key: modulus and exponent. */
  readonly modulus: bigint;
  readonly exponent: bigint;
  /** Prefix and message (PrepareRandomize). */
  readonly prepared: Uint8Array<ArrayBuffer>;
  /** `PSS_SALT_BYTES` bytes. */
  readonly salt: Uint8Array<ArrayBuffer>;
  /** 1 ≤ r < modulus. */
  readonly factor: bigint;
}

/**
 * The blinded message and the inverse of the factor, both as long as the modulus. Null when factor
 * or message share a factor with the modulus, which would break the key and does not happen.
 */
export async function blindWith(
  input: BlindingInput,
): Promise<{ readonly blinded: Uint8Array; readonly inverse: Uint8Array } | null> {
  const { modulus, exponent, factor } = input;
  const bits = modulus.toString(2).length;
  const message = integerOf(await encodePss(input.prepared, input.salt, bits - 1));
  const inverse = inverseOf(factor, modulus);
  if (inverse === null || inverseOf(message, modulus) === null) return null;
  const length = Math.ceil(bits / 8);
  return {
    blinded: bytesOf((message * power(factor, exponent, modulus)) % modulus, length),
    inverse: bytesOf(inverse, length),
  };
}

/** EMSA-PSS-ENCODE of RFC 8017 §9.1.1 with SHA-384 for hash and mask. */
export async function encodePss(
  message: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
  bits: number,
): Promise<Uint8Array> {
  const length = Math.ceil(bits / 8);
  const hash = await sha384(concatBytes(new Uint8Array(8), await sha384(message), salt));
  const block = new Uint8Array(length - HASH_BYTES - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  const mask = await mgf1(hash, block.length);
  const masked = block.map((byte, at) => byte ^ (mask[at] ?? 0));
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - bits));
  return concatBytes(masked, hash, Uint8Array.of(0xbc));
}

/** MGF1 of RFC 8017 §B.2.1. */
async function mgf1(seed: Uint8Array<ArrayBuffer>, length: number): Promise<Uint8Array> {
  const blocks = Array.from({ length: Math.ceil(length / HASH_BYTES) }, (_, counter) =>
    sha384(concatBytes(seed, bytesOf(BigInt(counter), 4))),
  );
  return concatBytes(...(await Promise.all(blocks))).subarray(0, length);
}

async function sha384(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
}
