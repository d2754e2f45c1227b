import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { fromBase64Url, toBase64Url } from '@/lib/shared/bytes';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { PREFIX_BYTES } from './blind';
import { credentialMessage } from './body';

/**
 * The voter's side of RFC 9474 (RSABSSA-SHA384-PSS-Randomized) with WebCrypto: in the booth, and in
 * the simulator that plays residents. The issuer signs without learning which key it signed for.
 */

/** Saved before the request leaves: with it a lost answer can be asked for again. */
export interface PendingCredential {
  readonly round: string;
  readonly group: string;
  /** P-256, non-extractable in the booth. */
  readonly privateKey: CryptoKey;
  /** Base64url each. */
  readonly spki: string;
  readonly prepared: string;
  readonly blinded: string;
  readonly inverse: string;
}

/** An anonymous right to one ballot: the key, and the issuer's unlinkable signature on it. */
export interface Credential {
  readonly round: string;
  readonly group: string;
  readonly privateKey: CryptoKey;
  readonly spki: string;
  readonly prefix: string;
  readonly token: string;
}

const suite = RSABSSA.SHA384.PSS.Randomized({ supportsRSARAW: false });

/**
 * Makes a key for this round only, and blinds it. `groupKey` is the base64url SPKI pinned in the
 * manifest, never one delivered beside the form: an issuer with a key per voter could tell them apart.
 */
export async function beginCredential(
  round: string,
  group: string,
  groupKey: string,
  options: { readonly extractable: boolean } = { extractable: false },
): Promise<PendingCredential> {
  const issuer = await importGroupKey(groupKey);
  const pair = await crypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    options.extractable,
    ['sign', 'verify'],
  );
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const spkiHash = new Uint8Array(await crypto.subtle.digest('SHA-256', spki));
  const prepared = suite.prepare(credentialMessage(round, group, spkiHash));
  const { blindedMsg, inv } = await suite.blind(issuer, prepared);
  return {
    round,
    group,
    privateKey: pair.privateKey,
    spki: toBase64Url(spki),
    prepared: toBase64Url(prepared),
    blinded: toBase64Url(blindedMsg),
    inverse: toBase64Url(inv),
  };
}

/** Unblinds the issuer's answer and verifies it under the pinned key; a wrong one is refused. */
export async function finishCredential(
  pending: PendingCredential,
  blindSignature: string,
  groupKey: string,
): Promise<Result<Credential, 'signature-wrong'>> {
  const issuer = await importGroupKey(groupKey);
  const prepared = bytes(pending.prepared);
  const answer = fromBase64Url(blindSignature);
  if (answer === null) return refuse('signature-wrong');
  let token: Uint8Array;
  try {
    token = await suite.finalize(issuer, prepared, answer, bytes(pending.inverse));
  } catch {
    return refuse('signature-wrong');
  }
  return ok({
    round: pending.round,
    group: pending.group,
    privateKey: pending.privateKey,
    spki: pending.spki,
    prefix: toBase64Url(prepared.slice(0, PREFIX_BYTES)),
    token: toBase64Url(token),
  });
}

function importGroupKey(key: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('spki', bytes(key), { name: 'RSA-PSS', hash: 'SHA-384' }, true, [
    'verify',
  ]);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return present(fromBase64Url(text), 'base64url text');
}
