import { constants, createHash, generateKeyPairSync, privateEncrypt, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Manifest } from '@/lib/rounds/manifest';
import { manifestHash } from '@/lib/rounds/contests';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { concatBytes, toBase64Url } from '@/lib/shared/bytes';
import { credentialMessage } from './body';
import { composeBallot, type SignedBallot } from './compose';
import type { Credential } from './credential';

/** A round with real keys, for tests: the manifest, its exact text and hash, and its private keys. */
export interface RoundFixture {
  readonly manifest: Manifest;
  readonly text: string;
  readonly hash: string;
  readonly issuerKeys: ReadonlyMap<string, KeyObject>;
  readonly recordKey: KeyObject;
  readonly orderKey: KeyObject;
}

export interface RoundKeys {
  readonly recordKey: { publicKey: KeyObject; privateKey: KeyObject };
  readonly orderKey: { publicKey: KeyObject; privateKey: KeyObject };
}

export function spkiText(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64url');
}

export function roundKeys(): RoundKeys {
  return { recordKey: generateKeyPairSync('ed25519'), orderKey: generateKeyPairSync('ed25519') };
}

export async function roundFixture(
  changes: Partial<Manifest> = {},
  keys: RoundKeys = roundKeys(),
): Promise<RoundFixture> {
  const base = manifestFixture(changes);
  const issuerKeys = new Map<string, KeyObject>();
  const groups = base.groups.map((group) => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    issuerKeys.set(group.id, pair.privateKey);
    return { ...group, key: spkiText(pair.publicKey) };
  });
  const manifest: Manifest = {
    ...base,
    groups,
    recordKey: spkiText(keys.recordKey.publicKey),
    orderKey: spkiText(keys.orderKey.publicKey),
  };
  const text = JSON.stringify(manifest);
  return {
    manifest,
    text,
    hash: await manifestHash(text),
    issuerKeys,
    recordKey: keys.recordKey.privateKey,
    orderKey: keys.orderKey.privateKey,
  };
}

/** What the issuer does: a raw RSA operation on a blinded message. */
export function blindSign(key: KeyObject, blinded: Uint8Array): Uint8Array {
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, blinded);
}

/** A credential, signed directly instead of blindly: the token is the same kind of signature. */
export async function voterFixture(round: RoundFixture, group: string): Promise<Credential> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const spkiHash = createHash('sha256').update(spki).digest();
  const prefix = crypto.getRandomValues(new Uint8Array(32));
  const key = round.issuerKeys.get(group);
  if (!key) throw new Error(`No issuer key for ${group}`);
  const prepared = concatBytes(prefix, credentialMessage(round.manifest.round, group, spkiHash));
  const token = sign('sha384', prepared, {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 48,
  });
  return {
    round: round.manifest.round,
    group,
    privateKey: pair.privateKey,
    spki: toBase64Url(spki),
    prefix: toBase64Url(prefix),
    token: toBase64Url(token),
  };
}

export async function ballotFixture(
  round: RoundFixture,
  credential: Credential,
  changes: Partial<Parameters<typeof composeBallot>[0]> = {},
): Promise<SignedBallot> {
  return composeBallot({
    manifest: round.manifest,
    manifestHash: round.hash,
    credential,
    choices: { prioridades: ['SOC-2', 'ECO-1'], 'fondo-provincia': ['2027-001', '2027-002'] },
    seq: 1,
    previous: null,
    secret: new Uint8Array(32).fill(7),
    ...changes,
  });
}
