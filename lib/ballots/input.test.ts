import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64Url } from '@/lib/shared/bytes';
import { writeBody, type BallotBody } from './body';
import { parseBody, parseEnvelope } from './input';
import { bodyByShape, envelopeByShape } from './shape.fixture';
import { ballotFixture, roundFixture, voterFixture } from './voter.fixture';

// What the box reads with one expression is held against the same shapes in zod.

let line: readonly [string, string];
let receipt: string;
beforeAll(async () => {
  const round = await roundFixture();
  ({ line, receipt } = await ballotFixture(round, await voterFixture(round, '120101')));
});

const bytes = (length: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map(toBase64Url);
const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/);
/** Ids, ids that JavaScript would put first, and what is no id at all. */
const key = fc.oneof(
  { weight: 6, arbitrary: id },
  fc.constantFrom('10', '0', '01', '__proto__', 'constructor', '', 'a b', 'ñ', '-a', 'a"b', 'a\n'),
);
const lengthAround = (length: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: bytes(length) },
    bytes(length - 1),
    bytes(length + 1),
    // Bits left over in the last character.
    bytes(length).map((text) => `${text.slice(0, -1)}B`),
    fc.constantFrom('', '='.repeat(43)),
  );
const picks = fc.oneof(
  { weight: 8, arbitrary: fc.array(key, { maxLength: 6 }) },
  fc.constantFrom<unknown>(null, {}, 'a', [1], [['a']], [null]),
  fc.integer({ min: 99, max: 102 }).map((length) => Array.from({ length }, () => 'a')),
);
const choices = fc.oneof(
  { weight: 12, arbitrary: fc.dictionary(key, picks, { maxKeys: 5 }) },
  fc.constantFrom<unknown>(null, [], 'a', 1, [['a']]),
);
const replaced = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ n: 1, p: null as string | null }) },
  { weight: 6, arbitrary: fc.record({ n: fc.integer({ min: 2, max: 5 }), p: bytes(32) }) },
  fc.record({
    n: fc.constantFrom<unknown>(0, 1, 2, 5, 6, 1.5, '1', null, 1e21),
    p: fc.oneof(fc.constant(null), lengthAround(32)),
  }),
);

const body = fc
  .record({
    v: fc.oneof({ weight: 20, arbitrary: fc.constant<unknown>(1) }, fc.constantFrom(2, '1', null)),
    r: key,
    d: key,
    m: lengthAround(32),
    k: lengthAround(91),
    x: lengthAround(32),
    t: lengthAround(256),
    first: replaced,
    s: lengthAround(16),
    c: choices,
  })
  .map(
    ({ v, r, d, m, k, x, t, first, s, c }) =>
      ({ v, r, d, m, k, x, t, n: first.n, p: first.p, s, c }) as unknown as BallotBody,
  );

/** A text with something else in one place: removed, doubled, replaced, inserted. */
const edited = (text: string): fc.Arbitrary<string> =>
  fc
    .record({
      at: fc.nat(text.length),
      cut: fc.nat(3),
      put: fc.oneof(
        fc.string({ maxLength: 3 }),
        fc.constantFrom('"', ',', '}', '{', ']', ' ', '\n', '\\u0041', 'null', '"v":1,', 'é', '𝒞'),
      ),
    })
    .map(({ at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut));

describe('the body of a ballot', () => {
  it('is read, or refused with the same reason, as its shape says', () => {
    let read = 0;
    fc.assert(
      fc.property(body, (each) => {
        const text = writeBody(each);
        const parsed = parseBody(text);
        expect(parsed).toEqual(bodyByShape(text));
        if (parsed.ok) read += 1;
      }),
      { numRuns: 3000 },
    );
    // The property would say nothing if no ballot, or every one, were well written.
    expect(read).toBeGreaterThan(100);
    expect(read).toBeLessThan(2900);
  });

  it('is read, or refused alike, with any one place of a good one changed', () => {
    fc.assert(
      fc.property(edited(line[0]), (text) => {
        expect(parseBody(text)).toEqual(bodyByShape(text));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['a number', '1'],
    ['null', 'null'],
    ['a half', '{"v":1'],
    ['levels over levels', '['.repeat(4000)],
    ['more than 4 KiB', 'x'.repeat(4097)],
    ['fewer characters and more bytes than 4 KiB', 'ñ'.repeat(2049)],
    ['4 KiB of two-byte characters', 'ñ'.repeat(2048)],
  ])('that is %s is refused alike', (_, text) => {
    expect(parseBody(text).ok).toBe(false);
    expect(parseBody(text)).toEqual(bodyByShape(text));
  });

  it('is refused with a contest written twice, and with text after its end', () => {
    const twice = line[0].replace('"c":{', '"c":{"prioridades":[],');
    for (const text of [twice, `${line[0]} `, `${line[0]}}`, `${line[0]}\n`]) {
      expect(parseBody(text)).toEqual({ ok: false, reason: 'malformed' });
      expect(bodyByShape(text)).toEqual({ ok: false, reason: 'malformed' });
    }
  });
});

describe('the envelope', () => {
  it('is read, or refused, as its shape says', () => {
    const values = fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      fc.constantFrom<unknown>(null, 1, 'a', [], {}, true),
    );
    const envelope = fc.record({
      body: values,
      signature: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, lengthAround(64)),
      receipt: fc.oneof(
        values,
        fc.constantFrom(receipt.toLowerCase(), `${receipt}A`, 'O'.repeat(13)),
      ),
      more: fc.constantFrom<object>({}, {}, {}, { dni: '1' }, { line: 1 }, { receipt: null }),
      third: fc.constantFrom<readonly unknown[]>([], [], [], ['']),
    });
    fc.assert(
      fc.property(envelope, (each) => {
        const text = JSON.stringify({
          line: [each.body ?? line[0], each.signature ?? line[1], ...each.third],
          receipt: each.receipt ?? receipt,
          ...each.more,
        });
        expect(parseEnvelope(text)).toEqual(envelopeByShape(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('is read, or refused alike, with any one place of a good one changed', () => {
    fc.assert(
      fc.property(edited(JSON.stringify({ line, receipt })), (text) => {
        expect(parseEnvelope(text)).toEqual(envelopeByShape(text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['', 'null', '[]', '1', '"a"', '{}', '{"line":null,"receipt":null}', '['.repeat(9000)])(
    'is refused when it is %j',
    (text) => {
      expect(parseEnvelope(text)).toEqual({ ok: false, reason: 'malformed' });
      expect(envelopeByShape(text)).toEqual({ ok: false, reason: 'malformed' });
    },
  );
});
