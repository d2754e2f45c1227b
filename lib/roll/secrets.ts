import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** HMAC-SHA-256 of the eight digits: without the key, trying all 10^8 DNIs tells nothing. */
export function hashDni(dniKey: string, dni: string): Buffer {
  return createHmac('sha256', dniKey).update(`minka/dni/v1|${dni}`).digest();
}

/** AES-256-GCM: nonce, ciphertext, tag. The nonce is random: one phone never looks the same twice. */
export function sealPhone(rollKey: string, phone: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', phoneKey(rollKey), nonce);
  const sealed = Buffer.concat([cipher.update(phone, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
}

/** The phone behind a sealed value; throws when it was altered or sealed under another key. */
export function openPhone(rollKey: string, sealed: Buffer): string {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(sealed.length - TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', phoneKey(rollKey), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(tag);
  const body = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}

function phoneKey(rollKey: string): Buffer {
  return createHmac('sha256', rollKey).update('minka/phone/v1').digest();
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
  return createHmac('sha256', dniKey)
    .update('minka/code/v1|')
    .update(attemptHash)
    .update(`|${code}`)
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
