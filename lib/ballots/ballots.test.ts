import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64Url, utf8 } from '@/lib/shared/bytes';
import { lineText, sortedByCodePoint, type BallotBody, type BallotLine } from './body';
import { checkBallot } from './check';
import { beginCredential, finishCredential } from './credential';
import { parseBody, parseEnvelope } from './input';
import { nodeBallotCrypto } from './node-crypto';
import { codeFromDigest, formatCode, readCode } from './receipt';
import { checkChoices } from './rules';
import {
  ballotFixture,
  blindSign,
  roundFixture,
  voterFixture,
  type RoundFixture,
} from './voter.fixture';

let round: RoundFixture;
beforeAll(async () => {
  round = await roundFixture();
});

const check = (line: BallotLine, of: RoundFixture = round) =>
  checkBallot(line, (id) => (id === of.manifest.round ? of : null), nodeBallotCrypto);

async function signedAgain(
  line: BallotLine,
  privateKey: CryptoKey,
  change: (body: BallotBody) => unknown,
): Promise<BallotLine> {
  const text = JSON.stringify(change(JSON.parse(line[0]) as BallotBody));
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(algorithm, privateKey, utf8(text));
  return [text, toBase64Url(new Uint8Array(signature))];
}

describe('a ballot', () => {
  it('passes every check and carries its choices in canonical order', async () => {
    const voter = await voterFixture(round, '120101');
    const { line, leaf } = await ballotFixture(round, voter, {
      choices: { 'fondo-provincia': ['2027-002', '2027-001'], prioridades: ['SOC-2', 'ECO-1'] },
    });
    const checked = check(line);
    expect(checked).toMatchObject({
      ok: true,
      value: {
        body: {
          c: {
            prioridades: ['SOC-2', 'ECO-1'],
            'fondo-provincia': ['2027-001', '2027-002'],
            'fondo-120101': [],
          },
        },
      },
    });
    expect(checked.ok && toBase64Url(checked.value.leaf)).toBe(leaf);
  });

  it('is the same bytes for the same content, whatever the order of clicks', async () => {
    const voter = await voterFixture(round, 'zona-1');
    const bodies = await Promise.all(
      [
        ['2027-001', '2027-002'],
        ['2027-002', '2027-001'],
      ].map(async (picks) => {
        const { line } = await ballotFixture(round, voter, {
          choices: { 'fondo-provincia': picks },
        });
        return line[0].replace(/"s":"[^"]*"/, '');
      }),
    );
    expect(bodies[0]).toBe(bodies[1]);
  });

  it('is under 4 KiB with every choice made', async () => {
    const { line } = await ballotFixture(round, await voterFixture(round, '120101'));
    expect(utf8(lineText(line)).length).toBeLessThan(4096);
  });

  it('is refused when one byte of the body or of the signature changes', async () => {
    const { line } = await ballotFixture(round, await voterFixture(round, '120101'));
    expect(check([line[0].replace('SOC-2', 'SOC-3'), line[1]])).toEqual({
      ok: false,
      reason: 'signature-invalid',
    });
    const flipped = (line[1].startsWith('A') ? 'B' : 'A') + line[1].slice(1);
    expect(check([line[0], flipped])).toEqual({ ok: false, reason: 'signature-invalid' });
  });

  it("is refused under another group's key, another round, another manifest", async () => {
    const voter = await voterFixture(round, '120101');
    const { line } = await ballotFixture(round, voter);
    const as = async (change: Partial<BallotBody>) =>
      check(await signedAgain(line, voter.privateKey, (body) => ({ ...body, ...change })));
    expect(await as({ d: 'zona-1' })).toEqual({ ok: false, reason: 'token-invalid' });
    expect(await as({ d: '999999' })).toEqual({ ok: false, reason: 'unknown-group' });
    expect(await as({ r: 'otra' })).toEqual({ ok: false, reason: 'unknown-round' });
    const other = await roundFixture();
    expect(await as({ m: other.hash })).toEqual({ ok: false, reason: 'other-manifest' });
    expect(check(line, { ...other, hash: round.hash })).toEqual({
      ok: false,
      reason: 'token-invalid',
    });
  });

  it('is refused, however well signed, when it marks more proposals than its rules allow', async () => {
    const { contests } = round.manifest;
    const limited = await roundFixture({
      contests: contests.map((each) =>
        each.kind === 'allocate' ? { ...each, maxPicks: 1 } : each,
      ),
    });
    const voter = await voterFixture(limited, '120101');
    const cast = async (picks: string[]) => {
      const { line } = await ballotFixture(limited, voter, {
        choices: { 'fondo-provincia': picks },
      });
      return check(line, limited);
    };
    expect(await cast(['2027-001'])).toMatchObject({ ok: true });
    expect(await cast(['2027-001', '2027-002'])).toEqual({ ok: false, reason: 'too-many-picked' });
  });

  it.each([
    ['a field nobody declared', (body: BallotBody) => ({ ...body, note: 'hola' })],
    ['another key order', ({ v, ...rest }: BallotBody) => ({ ...rest, v })],
    ['a first ballot that replaces one', (body: BallotBody) => ({ ...body, p: body.m })],
    ['a sixth ballot', (body: BallotBody) => ({ ...body, n: 6, p: body.m })],
    ['a short salt', (body: BallotBody) => ({ ...body, s: 'AAAA' })],
    [
      'a prototype as a contest',
      (body: BallotBody) => ({ ...body, c: JSON.parse('{"__proto__":[]}') as unknown }),
    ],
  ])('is malformed with %s', async (_, change) => {
    const voter = await voterFixture(round, '120101');
    const { line } = await ballotFixture(round, voter);
    expect(check(await signedAgain(line, voter.privateKey, change))).toEqual({
      ok: false,
      reason: 'malformed',
    });
  });

  it('is refused when it is written with spaces or with a repeated key', async () => {
    const { line } = await ballotFixture(round, await voterFixture(round, '120101'));
    expect(parseBody(` ${line[0]}`)).toEqual({ ok: false, reason: 'malformed' });
    expect(parseBody(line[0].replace('{"v":1', '{"v":1,"v":1'))).toEqual({
      ok: false,
      reason: 'malformed',
    });
    expect(parseBody(line[0] + ' '.repeat(5000))).toEqual({ ok: false, reason: 'too-large' });
  });

  it('travels in an envelope with a readable receipt and nothing else', async () => {
    const { line, receipt } = await ballotFixture(round, await voterFixture(round, '120101'));
    expect(parseEnvelope(JSON.stringify({ line, receipt }))).toEqual({
      ok: true,
      value: { line, receipt },
    });
    expect(parseEnvelope(JSON.stringify({ line, receipt, dni: '1' })).ok).toBe(false);
    expect(parseEnvelope(JSON.stringify({ line, receipt: 'ABCD' })).ok).toBe(false);
    expect(parseEnvelope('{').ok).toBe(false);
  });
});

describe('choices', () => {
  const valid = {
    prioridades: ['INS-1', 'SOC-1'],
    'fondo-provincia': ['2027-001', '2027-002'],
    'fondo-120101': [],
  };
  it.each([
    ['blank everywhere', { prioridades: [], 'fondo-provincia': [], 'fondo-120101': [] }, null],
    ['exactly the envelope', valid, null],
    ['a contest missing', { prioridades: [], 'fondo-provincia': [] }, 'contests-differ'],
    [
      'contests in another order',
      { 'fondo-provincia': [], prioridades: [], 'fondo-120101': [] },
      'contests-differ',
    ],
    [
      'a proposal of another envelope',
      { ...valid, 'fondo-120101': ['2027-001'] },
      'unknown-option',
    ],
    ['one row twice', { ...valid, prioridades: ['SOC-1', 'SOC-1'] }, 'repeated-option'],
    [
      'six rows',
      { ...valid, prioridades: ['SOC-1', 'SOC-2', 'SOC-3', 'ECO-1', 'AMB-1', 'INS-1'] },
      'too-many-ranked',
    ],
    [
      'picks in the order of clicks',
      { ...valid, 'fondo-provincia': ['2027-002', '2027-001'] },
      'not-canonical',
    ],
    [
      'more money than the envelope',
      { ...valid, 'fondo-provincia': ['2027-001', '2027-003'] },
      'over-budget',
    ],
  ])('with %s', (_, choices, reason) => {
    const checked = checkChoices(round.manifest, '120101', choices);
    expect(checked).toEqual(reason === null ? { ok: true, value: null } : { ok: false, reason });
  });

  it.each([
    ['as many picks as the rules allow', 1, ['2027-001'], null],
    ['one pick more', 1, ['2027-001', '2027-002'], 'too-many-picked'],
    ['any number within the money where no limit was frozen', null, ['2027-001', '2027-002'], null],
  ])('with %s', (_, maxPicks, picks, reason) => {
    const { manifest } = round;
    const limited = {
      ...manifest,
      contests: manifest.contests.map((contest) =>
        contest.id === 'fondo-provincia' && contest.kind === 'allocate' && maxPicks !== null
          ? { ...contest, maxPicks }
          : contest,
      ),
    };
    const checked = checkChoices(limited, '120101', { ...valid, 'fondo-provincia': picks });
    expect(checked).toEqual(reason === null ? { ok: true, value: null } : { ok: false, reason });
  });

  it('sort by code point and not by locale', () => {
    expect(sortedByCodePoint(['a-2', 'Z-1', 'ñ', '10', '9'])).toEqual([
      '10',
      '9',
      'Z-1',
      'a-2',
      'ñ',
    ]);
  });
});

describe('a credential', () => {
  it('comes back from a blind signature as a token that the box accepts', async () => {
    const group = round.manifest.groups[0]!;
    const pending = await beginCredential(round.manifest.round, group.id, group.key);
    expect(pending.privateKey.extractable).toBe(false);
    const answer = blindSign(
      round.issuerKeys.get(group.id)!,
      Buffer.from(pending.blinded, 'base64url'),
    );
    const finished = await finishCredential(pending, toBase64Url(answer), group.key);
    if (!finished.ok) throw new Error(finished.reason);
    const { line } = await ballotFixture(round, finished.value);
    expect(check(line)).toMatchObject({ ok: true });
  });

  it('is refused when the issuer signed with a key that is not the pinned one', async () => {
    const [group, other] = round.manifest.groups;
    const pending = await beginCredential(round.manifest.round, group!.id, group!.key);
    const answer = blindSign(
      round.issuerKeys.get(other!.id)!,
      Buffer.from(pending.blinded, 'base64url').fill(0, 0, 1),
    );
    expect(await finishCredential(pending, toBase64Url(answer), group!.key)).toEqual({
      ok: false,
      reason: 'signature-wrong',
    });
  });
});

describe('receipt codes', () => {
  const code = codeFromDigest(Uint8Array.from({ length: 32 }, (_, i) => i * 7 + 3));

  it('are twelve Crockford characters and a check character', () => {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{13}$/);
    expect(readCode(formatCode(code))).toBe(code);
  });

  it('are read in lower case, with spaces, and with O, I and L for 0 and 1', () => {
    const zeros = codeFromDigest(new Uint8Array(32));
    expect(readCode(` ${zeros.toLowerCase().replace(/0/g, 'o')} `)).toBe(zeros);
  });

  it('betray every single wrong character and every swap of two neighbours', () => {
    for (let at = 0; at < code.length; at++) {
      for (const wrong of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
        if (wrong === code.charAt(at)) continue;
        expect(readCode(code.slice(0, at) + wrong + code.slice(at + 1))).toBeNull();
      }
      if (at > 0 && code.charAt(at - 1) !== code.charAt(at)) {
        const swapped =
          code.slice(0, at - 1) + code.charAt(at) + code.charAt(at - 1) + code.slice(at + 1);
        expect(readCode(swapped)).toBeNull();
      }
    }
  });
});
