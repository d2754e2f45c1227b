import { present } from '@/lib/shared/assert';
import { concatBytes, fromBase64Url, toBase64Url, utf8 } from '@/lib/shared/bytes';
import { blindWith, PREFIX_BYTES, PSS_SALT_BYTES } from './blind';
import { credentialMessage } from './body';
import type { PendingCredential } from './credential';
import { bytesOf, integerOf } from './integers';
import { P256_ORDER, p256Public } from './p256';

/**
 * The recovery code: who writes it down before activating can have the same permission again on
 * another phone. Everything random about a credential (key, prefix, salt, blinding factor, receipt
 * secret) is derived from the code with HKDF-SHA-256, so the same code asks the issuer for the same
 * blinded message, and gets the signature that was stored. No server keeps anything for it.
 *
 * The price: without a code nobody, however strong, can link issuance and ballot; with one, nobody
 * who cannot try 2^120 codes. What was cast with the lost phone cannot be changed: its leaf was
 * only there.
 */

/** More than the modulus by so much that reducing leaves no trace of a bias. */
const EXTRA_BYTES = 16;

export interface RecoverableCredential {
  readonly pending: PendingCredential;
  /** 32 bytes behind the receipt codes. */
  readonly secret: Uint8Array<ArrayBuffer>;
}

/**
 * The credential of a code, ready to be asked for: the same for the same code, round and group.
 * `groupKey` is the base64url SPKI pinned in the manifest; the private key is not extractable.
 */
export async function recoverableCredential(
  code: string,
  round: string,
  group: string,
  groupKey: string,
): Promise<RecoverableCredential> {
  const derive = await derivation(code, round, group);
  const { privateKey, spki } = await votersKey(await derive('key', 32 + EXTRA_BYTES));
  const spkiHash = new Uint8Array(await crypto.subtle.digest('SHA-256', spki));
  const prepared = concatBytes(
    await derive('prefix', PREFIX_BYTES),
    credentialMessage(round, group, spkiHash),
  );
  const { modulus, exponent, length } = await rsaPublic(groupKey);
  const factor = within(await derive('factor', length + EXTRA_BYTES), modulus);
  const salt = await derive('salt', PSS_SALT_BYTES);
  const blinding = present(
    await blindWith({ modulus, exponent, prepared, salt, factor }),
    'a factor prime to the modulus',
  );
  return {
    pending: {
      round,
      group,
      privateKey,
      spki: toBase64Url(spki),
      prepared: toBase64Url(prepared),
      blinded: toBase64Url(blinding.blinded),
      inverse: toBase64Url(blinding.inverse),
    },
    secret: await derive('secret', 32),
  };
}

type Derive = (purpose: string, length: number) => Promise<Uint8Array<ArrayBuffer>>;

/** HKDF (RFC 5869): the code is the key material, round and group the salt, the purpose the info. */
async function derivation(code: string, round: string, group: string): Promise<Derive> {
  const material = await crypto.subtle.importKey('raw', utf8(code), 'HKDF', false, ['deriveBits']);
  const salt = utf8(`minka/recovery/v1|${round}|${group}`);
  return async (purpose, length) =>
    new Uint8Array(
      await crypto.subtle.deriveBits(
        { name: 'HKDF', hash: 'SHA-256', salt, info: utf8(purpose) },
        material,
        length * 8,
      ),
    );
}

/** Uniform from 1 to limit − 1, as far as anybody can tell. */
function within(bytes: Uint8Array, limit: bigint): bigint {
  return (integerOf(bytes) % (limit - 1n)) + 1n;
}

async function votersKey(
  bytes: Uint8Array,
): Promise<{ privateKey: CryptoKey; spki: Uint8Array<ArrayBuffer> }> {
  const scalar = within(bytes, P256_ORDER);
  const { x, y } = p256Public(scalar);
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const point = { kty: 'EC', crv: 'P-256', x: toBase64Url(x), y: toBase64Url(y) };
  const d = toBase64Url(bytesOf(scalar, 32));
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey('jwk', { ...point, d }, curve, false, ['sign']),
    crypto.subtle.importKey('jwk', point, curve, true, ['verify']),
  ]);
  return { privateKey, spki: new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)) };
}

async function rsaPublic(
  groupKey: string,
): Promise<{ modulus: bigint; exponent: bigint; length: number }> {
  const spki = present(fromBase64Url(groupKey), 'the key of a group');
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };
  const key = await crypto.subtle.importKey('spki', spki, algorithm, true, ['verify']);
  const { n, e } = await crypto.subtle.exportKey('jwk', key);
  const modulus = present(fromBase64Url(n ?? ''), 'a modulus');
  const exponent = present(fromBase64Url(e ?? ''), 'an exponent');
  return { modulus: integerOf(modulus), exponent: integerOf(exponent), length: modulus.length };
}
