import {
  createHash,
  createHmac,
  createSecretKey,
  randomBytes,
  randomInt,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { openText, sealText, type PersonKeys } from './person-crypto';

const keys = new Map<string, KeyObject>();

/** A process has one such key and uses it for every row of a roll: prepared once, thrice as fast. */
function prepared(key: string): KeyObject {
  let object = keys.get(key);
  if (object === undefined) {
    object = createSecretKey(Buffer.from(key));
    keys.set(key, object);
  }
  return object;
}

/** HMAC-SHA-256 of the eight digits: without the key, trying all 10^8 DNIs tells nothing. */
export function hashDni(dniKey: string, dni: string): Buffer {
  return createHmac('sha256', prepared(dniKey)).update(`minka/dni/v1|${dni}`).digest();
}

/** Sealed under the first key of the ring: one phone never looks the same twice. */
export function sealPhone(people: PersonKeys, phone: string): Buffer {
  return sealText(people, 'phone', phone);
}

/** The phone behind a sealed value; throws when it was altered or its key is gone. */
export function openPhone(people: PersonKeys, sealed: Buffer): string {
  return openText(people, 'phone', sealed);
}

/** Keyed like the DNI: numbers that many people share are found without opening any. */
export function hashPhone(dniKey: string, phone: string): Buffer {
  return createHmac('sha256', prepared(dniKey)).update(`minka/phone-hash/v1|${phone}`).digest();
}

/** Keyed: an import finds changed names without opening any. */
export function hashName(dniKey: string, name: string): Buffer {
  return createHmac('sha256', prepared(dniKey)).update(`minka/name-hash/v1|${name}`).digest();
}

/** Six digits from the system's generator, every value equally likely. */
export function newCode(): string {
  return randomInt(1_000_000).toString().padStart(6, '0');
}

/**
 * Keyed, because six digits alone are tried in a millisecond, and bound to the attempt, because
 * the code of one browser must not open another's.
 */
export function hashCode(dniKey: string, attemptHash: Uint8Array, code: string): Buffer {
  return createHmac('sha256', prepared(dniKey))
    .update('minka/code/v1|')
    .update(attemptHash)
    .update(`|${code}`)
    .digest();
}

/** The code in a letter, bound to its round and its resident: copied between rows it is worth nothing. */
export function hashLetterCode(
  dniKey: string,
  of: { readonly roundId: string; readonly residentId: string },
  code: string,
): Buffer {
  return createHmac('sha256', prepared(dniKey))
    .update(`minka/letter/v1|${of.roundId}|${of.residentId}|${code}`)
    .digest();
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** 256 random bits in base64url, for cookies. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Tokens are random, so a plain hash suffices: the database never holds what the cookie holds. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
