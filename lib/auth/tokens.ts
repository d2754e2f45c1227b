import { createHash, randomBytes } from 'node:crypto';

/** 256 bits for a cookie or a link; the database keeps only its hash. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
