import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/** Ids become file names: nothing that could leave the folder. */
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

export interface KeyPair {
  readonly privateKey: KeyObject;
  /** Base64url SPKI. */
  readonly publicKey: string;
}

/**
 * Makes, at first use, the Ed25519 key that signs the worker's orders; returns its public half as
 * base64url SPKI, which the ballot box is started with.
 */
export async function ensureOrderKey(folder: string): Promise<string> {
  return (await orderKeyPair(folder)).publicKey;
}

/** The key that signs orders to open and close; made at first use. */
export async function orderKeyPair(folder: string): Promise<KeyPair> {
  return ensure(join(folder, 'order.pem'), async () => (await generate('ed25519')).privateKey);
}

/** The RSA-2048 key of one round and district group; made when the round opens. */
export async function ensureIssuerKey(
  folder: string,
  round: string,
  group: string,
): Promise<KeyPair> {
  return ensure(
    issuerKeyFile(folder, round, group),
    async () => (await generate('rsa', { modulusLength: 2048, publicExponent: 65537 })).privateKey,
  );
}

/** The key when the round was opened here, else null: an issuer makes no key on request. */
export async function readIssuerKey(
  folder: string,
  round: string,
  group: string,
): Promise<KeyPair | null> {
  if (!SAFE_NAME.test(round) || !SAFE_NAME.test(group)) return null;
  return readPair(issuerKeyFile(folder, round, group));
}

/** Once every vote that can be activated is, the keys have no use but misuse. */
export async function forgetIssuerKey(folder: string, round: string, group: string): Promise<void> {
  await unlink(issuerKeyFile(folder, round, group)).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}

function issuerKeyFile(folder: string, round: string, group: string): string {
  for (const name of [round, group]) {
    if (!SAFE_NAME.test(name)) throw new Error(`Not a file name: ${JSON.stringify(name)}`);
  }
  return join(folder, 'issuer', round, `${group}.pem`);
}

async function ensure(file: string, make: () => Promise<KeyObject>): Promise<KeyPair> {
  const found = await readPair(file);
  if (found !== null) return found;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const pem = (await make()).export({ format: 'pem', type: 'pkcs8' });
  // Written aside and linked: a crash leaves no half key, and of two makers one wins.
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(aside, pem, { mode: 0o600, flag: 'wx' });
  try {
    await link(aside, file).catch((error: unknown) => {
      if (!isExisting(error)) throw error;
    });
  } finally {
    await unlink(aside);
  }
  const made = await readPair(file);
  if (made === null) throw new Error(`The key ${file} vanished`);
  return made;
}

async function readPair(file: string): Promise<KeyPair | null> {
  const pem = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (pem === null) return null;
  const privateKey = createPrivateKey(pem);
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { privateKey, publicKey: spki.toString('base64url') };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
