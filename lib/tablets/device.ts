import { fromBase64Url, toHex, utf8 } from '@/lib/shared/bytes';

/** What server and device compute alike, with WebCrypto: entries of the list, head of the ballots. */

/**
 * The 32 bytes by which a tablet finds a resident: PBKDF2-HMAC-SHA-256 over the eight digits
 * (RFC 8018). Eight digits can be tried; the salt and the iterations make it take weeks.
 */
export async function listHash(
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
  dni: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', utf8(dni), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    key,
    256,
  );
  return new Uint8Array(bits);
}

/**
 * Hex SHA-256 over the sorted leaves of a tablet's ballots, one base64url text per line: photographed
 * with the minutes, so that nothing can be added or dropped between the hall and the office.
 */
export async function headOf(leaves: readonly string[]): Promise<string> {
  if (leaves.some((leaf) => fromBase64Url(leaf)?.length !== 32)) throw new Error('Not leaves');
  const text = [...leaves]
    .sort()
    .map((leaf) => `${leaf}\n`)
    .join('');
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))));
}

/** Eight characters of a head, in two groups: what people compare aloud. */
export function shortHead(head: string): string {
  return `${head.slice(0, 4)} ${head.slice(4, 8)}`.toUpperCase();
}
