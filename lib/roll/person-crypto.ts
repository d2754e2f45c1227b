import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

/**
 * Names, phones and other words about people, sealed with AES-256-GCM under a ring of keys from the
 * environment. The first key seals, all of them open: after a rotation the worker seals again what
 * older keys hold (lib/roll/rotation), and then the old key can go.
 *
 * Layout: version 1 · length of the key's id · id · nonce (12) · ciphertext · tag (16). What the words
 * are for is authenticated with them, so that a name never opens as a phone.
 */

interface PersonKey {
  readonly id: string;
  /** 32 bytes, prepared once: from bytes each seal would take four times as long (measured). */
  readonly secret: KeyObject;
}

export interface PersonKeys {
  readonly sealing: PersonKey;
  readonly all: ReadonlyMap<string, PersonKey>;
  /** Phones sealed before there was a ring carry no key id. */
  readonly beforeTheRing: KeyObject;
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** The id of the key that MINKA_ROLL_KEY gives when no ring is set. */
const DERIVED_ID = 'roll';

/** Whether a text is `id:key id:key …`, each key 32 bytes in base64url, each id once. */
export function isKeyRing(text: string): boolean {
  const ids = entriesOf(text).map(
    (entry) => /^([a-z0-9-]{1,16}):[A-Za-z0-9_-]{43}$/.exec(entry)?.[1],
  );
  return ids.every((id) => id !== undefined) && new Set(ids).size === ids.length;
}

function entriesOf(ring: string): string[] {
  return ring.split(/\s+/).filter((entry) => entry !== '');
}

/**
 * `rollKey` is MINKA_ROLL_KEY, `ring` MINKA_PERSON_KEYS (may be empty: then the roll key alone seals).
 * What the roll key sealed can be opened as long as the roll key stays in the environment.
 */
export function personKeys(rollKey: string, ring = ''): PersonKeys {
  if (!isKeyRing(ring)) throw new Error('MINKA_PERSON_KEYS is not a list of id:key');
  const derived = {
    id: DERIVED_ID,
    secret: derivedKey(rollKey, 'minka/person/v1'),
  };
  const keys = entriesOf(ring).map((entry): PersonKey => {
    const at = entry.indexOf(':');
    const secret = Buffer.from(entry.slice(at + 1), 'base64url');
    if (secret.length !== KEY_BYTES) throw new Error('A key of MINKA_PERSON_KEYS is not 32 bytes');
    return { id: entry.slice(0, at), secret: createSecretKey(secret) };
  });
  return {
    sealing: keys[0] ?? derived,
    all: new Map([derived, ...keys].map((key) => [key.id, key])),
    beforeTheRing: derivedKey(rollKey, 'minka/phone/v1'),
  };
}

function derivedKey(rollKey: string, purpose: string): KeyObject {
  return createSecretKey(createHmac('sha256', rollKey).update(purpose).digest());
}

/** `purpose` is a fixed word of the caller: 'phone', 'name', 'cells'. */
export function sealText(keys: PersonKeys, purpose: string, text: string): Buffer {
  const { id, secret } = keys.sealing;
  const nonce = nextNonce();
  const cipher = createCipheriv('aes-256-gcm', secret, nonce);
  cipher.setAAD(authenticated(purpose));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([sealPrefix(id), nonce, body, cipher.getAuthTag()]);
}

/** The words behind a sealed value; throws when it was altered, is of another purpose or of no key here. */
export function openText(keys: PersonKeys, purpose: string, sealed: Buffer): string {
  const id = keyIdOf(sealed);
  const key = id === null ? undefined : keys.all.get(id);
  if (id === null || key === undefined) {
    if (purpose !== 'phone') throw new Error('Sealed under a key that is not in MINKA_PERSON_KEYS');
    return opened(keys.beforeTheRing, sealed, null);
  }
  return opened(key.secret, sealed.subarray(sealPrefix(id).length), authenticated(purpose));
}

/** The first bytes of everything that this key sealed. */
export function sealPrefix(keyId: string): Buffer {
  return Buffer.concat([Buffer.of(VERSION, keyId.length), Buffer.from(keyId, 'latin1')]);
}

function keyIdOf(sealed: Buffer): string | null {
  if (sealed[0] !== VERSION) return null;
  const id = sealed.subarray(2, 2 + (sealed[1] ?? 0)).toString('latin1');
  return /^[a-z0-9-]{1,16}$/.test(id) ? id : null;
}

function opened(secret: KeyObject, box: Buffer, aad: Buffer | null): string {
  const decipher = createDecipheriv('aes-256-gcm', secret, box.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  if (aad !== null) decipher.setAAD(aad);
  decipher.setAuthTag(box.subarray(box.length - TAG_BYTES));
  const body = box.subarray(NONCE_BYTES, box.length - TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}

const NONCES_AT_ONCE = 512;
let nonces = Buffer.alloc(0);

/** Random, drawn many at a time; each is handed out once. */
function nextNonce(): Buffer {
  if (nonces.length < NONCE_BYTES) nonces = randomBytes(NONCE_BYTES * NONCES_AT_ONCE);
  const nonce = nonces.subarray(0, NONCE_BYTES);
  nonces = nonces.subarray(NONCE_BYTES);
  return nonce;
}

const aads = new Map<string, Buffer>();

function authenticated(purpose: string): Buffer {
  let aad = aads.get(purpose);
  if (aad === undefined) {
    aad = Buffer.from(`minka/person/v1|${purpose}`);
    aads.set(purpose, aad);
  }
  return aad;
}
