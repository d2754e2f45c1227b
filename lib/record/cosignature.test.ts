import { createPrivateKey, createPublicKey, hash, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkpointText, signedCheckpoint, verifyCheckpoint } from './checkpoint';
import { cosign, cosignatureClaim, witnessKeyText } from './cosignature';

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

// The seed 00 01 … 1f. Key, line and key text were computed with Python's hashlib and `cryptography`
// from the words of c2sp.org/tlog-cosignature, not with this code.
const privateKey = createPrivateKey({
  key: Buffer.concat([PKCS8, Uint8Array.from({ length: 32 }, (_, i) => i)]),
  format: 'der',
  type: 'pkcs8',
});
const publicKey = createPublicKey(privateKey);
const key = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
const witness = { name: 'observa.uncp.example', key };
const checkpoint = { origin: 'minka/pp2027-votacion', size: 3, root: new Uint8Array(32).fill(1) };
const text = checkpointText(checkpoint);
const TIME = 1_700_000_000;
const LINE =
  '\u2014 observa.uncp.example +5ATLAAAAABlU/EAyI3g+USXiD3K4aHYl73QxU8Ev83vxwVvNQqSPnbPTFC+rhJC6WhKc62SgUEGYMw6hC2VDXODBq85laGW4lvbBQ==';
const KEY_TEXT = 'observa.uncp.example+fb90132c+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4';

const signText = (bytes: Uint8Array): Uint8Array => sign(null, bytes, privateKey);
const holds = (line: string, of = text, witnesses = [witness]): number | null => {
  const claim = cosignatureClaim(of, line, witnesses, sha256);
  return claim && verify(null, claim.signed, publicKey, claim.signature) ? claim.time : null;
};

describe('a cosignature', () => {
  it('is, byte for byte, what the specification makes of a known key, checkpoint and time', () => {
    expect(cosign(text, TIME, witness, sha256, signText)).toBe(LINE);
    expect(holds(LINE)).toBe(TIME);
  });

  it('stands under a checkpoint as one more line, and the checkpoint still verifies', () => {
    const note = signedCheckpoint(checkpoint, key, sha256, signText);
    const verified = verifyCheckpoint(
      `${note}${LINE}\n`,
      checkpoint.origin,
      key,
      sha256,
      (bytes, mark) => verify(null, bytes, publicKey, mark),
    );
    expect(verified).toEqual(checkpoint);
  });

  it('never stands for a log signature, nor the reverse', () => {
    const note = signedCheckpoint({ ...checkpoint, origin: witness.name }, key, sha256, signText);
    expect(holds(note.split('\n').at(-2)!)).toBeNull();
    const relabelled = LINE.replace(witness.name, checkpoint.origin);
    expect(
      verifyCheckpoint(`${text}\n${relabelled}\n`, checkpoint.origin, key, sha256, () => true),
    ).toBeNull();
  });

  const blob = Buffer.from(LINE.split(' ')[2]!, 'base64');
  const altered = (change: (bytes: Buffer) => Buffer): string =>
    `\u2014 ${witness.name} ${change(Buffer.from(blob)).toString('base64')}`;
  const flip = (at: number): string =>
    altered((bytes) => {
      bytes[at]! ^= 1;
      return bytes;
    });

  it('does not hold with any one byte altered', () => {
    for (let at = 0; at < blob.length; at++) expect(holds(flip(at))).toBeNull();
  });

  it.each([
    ['a byte less', altered((bytes) => bytes.subarray(0, -1))],
    ['a byte more', altered((bytes) => Buffer.concat([bytes, bytes.subarray(0, 1)]))],
    ['a time beyond whole numbers', altered((bytes) => bytes.fill(0xff, 4, 12))],
    ['another name', LINE.replace('observa', 'observo')],
    ['no dash', LINE.slice(2)],
    ['a newline inside', `${LINE}\n`],
  ])('does not hold with %s', (_, line) => {
    expect(holds(line)).toBeNull();
  });

  it('does not hold for another checkpoint or for a witness nobody named', () => {
    expect(holds(LINE, text.replace('\n3\n', '\n4\n'))).toBeNull();
    expect(holds(LINE, text, [])).toBeNull();
    expect(holds(LINE, text, [{ ...witness, key: key.toReversed() }])).toBeNull();
  });
});

it('a witness key is written as other C2SP tools read it', () => {
  expect(witnessKeyText(witness, sha256)).toBe(KEY_TEXT);
});
