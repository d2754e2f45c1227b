import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  checkpointText,
  keyId,
  parseCheckpoint,
  signedCheckpoint,
  verifyCheckpoint,
} from './checkpoint';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const pair = generateKeyPairSync('ed25519');
const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
const checkpoint = { origin: 'minka/pp2027-votacion', size: 3, root: new Uint8Array(32).fill(1) };
const note = signedCheckpoint(checkpoint, raw, sha256, (text) => sign(null, text, pair.privateKey));
const check = (text: string, origin = checkpoint.origin) =>
  verifyCheckpoint(text, origin, raw, sha256, (bytes, mark) =>
    verify(null, bytes, pair.publicKey, mark),
  );

describe('a checkpoint', () => {
  it('is three lines of text, an empty line and one line per signature', () => {
    expect(checkpointText(checkpoint)).toBe(
      'minka/pp2027-votacion\n3\nAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n',
    );
    expect(note).toMatch(/\n\n\u2014 minka\/pp2027-votacion [A-Za-z0-9+/]+=*\n$/);
    expect(check(note)).toEqual(checkpoint);
  });

  it('names its key as the signed-note format does', () => {
    // golang.org/x/mod/sumdb/note, example: PeterNeumann+c74f20a3+ARpc2QcU…
    const key = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1);
    expect(Buffer.from(keyId('PeterNeumann', key, sha256)).toString('hex')).toBe('c74f20a3');
  });

  it.each([
    ['another size', note.replace('\n3\n', '\n4\n')],
    ['another root', note.replace('AQEB', 'AgEB')],
    ['no signature', note.slice(0, note.indexOf('\n\n') + 2)],
    ['a line too many', note.replace('\n3\n', '\n3\nextra\n')],
    ['a leading zero in its size', note.replace('\n3\n', '\n03\n')],
  ])('does not verify with %s', (_, altered) => {
    expect(check(altered)).toBeNull();
  });

  it('does not verify for another round', () => {
    expect(check(note, 'minka/otra')).toBeNull();
    expect(parseCheckpoint(note)?.signatures).toHaveLength(1);
  });
});
