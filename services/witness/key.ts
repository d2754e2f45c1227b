import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign,
  type KeyObject,
} from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { keyId, toBase64 } from '@/lib/record/checkpoint';
import { witnessKeyText, type WitnessKey } from '@/lib/record/cosignature';
import { concatBytes, toBase64Url, toHex } from '@/lib/shared/bytes';

/**
 * The key of a witness, in one line as golang.org/x/mod/sumdb/note writes private keys:
 * `PRIVATE+KEY+name+key id+base64(0x01 || seed)`. Other C2SP tools can use the same file.
 */
export interface Signer extends WitnessKey {
  readonly sign: (text: Uint8Array) => Uint8Array;
}

export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

const ED25519 = 0x01;
const NAME = /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/;
/** PKCS #8 of an Ed25519 key before its 32 bytes of seed. */
const PKCS8 = Uint8Array.from(Buffer.from('302e020100300506032b657004220420', 'hex'));

export class BadKey extends Error {}

function publicBytes(key: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32));
}

function signer(name: string, key: KeyObject): Signer {
  return { name, key: publicBytes(key), sign: (text) => sign(null, text, key) };
}

/** A new key in a new file that only its owner may read; never over a file that exists. */
export async function createKey(file: string, name: string): Promise<Signer> {
  if (!NAME.test(name)) {
    throw new BadKey('El nombre del testigo lleva letras, números, puntos y guiones (hasta 64).');
  }
  const { privateKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const id = toHex(keyId(name, publicBytes(privateKey), sha256));
  const secret = toBase64(concatBytes(Uint8Array.of(ED25519), seed));
  await writeFile(file, `PRIVATE+KEY+${name}+${id}+${secret}\n`, { mode: 0o600, flag: 'wx' });
  return signer(name, privateKey);
}

export async function readKey(file: string): Promise<Signer> {
  const text = (await readFile(file, 'utf8')).trim();
  const [word, kind, name = '', id = '', ...rest] = text.split('+');
  const bytes = Buffer.from(rest.join('+'), 'base64');
  if (word !== 'PRIVATE' || kind !== 'KEY' || bytes.length !== 33 || bytes[0] !== ED25519) {
    throw new BadKey(`${file} no es una clave de testigo.`);
  }
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8, bytes.subarray(1)]),
    format: 'der',
    type: 'pkcs8',
  });
  if (!NAME.test(name) || toHex(keyId(name, publicBytes(key), sha256)) !== id) {
    throw new BadKey(`${file} está dañada: el nombre y la clave no van juntos.`);
  }
  return signer(name, key);
}

/** As the municipality enters it in MINKA_WITNESSES: the manifests of coming rounds name it. */
export function environmentText({ name, key }: WitnessKey): string {
  return `${name}+${toBase64Url(key)}`;
}

/** As other C2SP tools read it. */
export function publicText(witness: WitnessKey): string {
  return witnessKeyText(witness, sha256);
}
