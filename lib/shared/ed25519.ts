/**
 * Verifies an Ed25519 signature (RFC 8032) in a browser or in Node. Phones from before 2025 have no
 * Ed25519 in WebCrypto: they load a small library, once, and get the same answer in milliseconds.
 *
 * @param key The raw 32 bytes of the public key.
 * @param message What was signed.
 * @param signature 64 bytes.
 * @returns false for a signature, key or length that is wrong; never throws for bad bytes.
 */
export async function verifyEd25519(
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (key.length !== 32 || signature.length !== 64) return false;
  const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);
  let imported: CryptoKey;
  try {
    imported = await crypto.subtle.importKey('raw', own(key), ED25519, false, ['verify']);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'DataError') return false;
    return verifyWithoutBrowser(key, message, signature);
  }
  return crypto.subtle.verify(ED25519, imported, own(signature), own(message));
}

const ED25519 = { name: 'Ed25519' } as const;

/** The same, where WebCrypto does not know the algorithm. */
export async function verifyWithoutBrowser(
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { verifyAsync } = await import('@noble/ed25519');
  try {
    return await verifyAsync(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

/** The raw key at the end of an Ed25519 SPKI (RFC 8410), or null when the bytes are none. */
export function rawEd25519Key(spki: Uint8Array): Uint8Array | null {
  const isOne =
    spki.length === SPKI_PREFIX.length + 32 && SPKI_PREFIX.every((byte, i) => spki[i] === byte);
  return isOne ? spki.subarray(SPKI_PREFIX.length) : null;
}

const SPKI_PREFIX = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
