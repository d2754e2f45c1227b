import { describe, expect, it } from 'vitest';
import { toBase64Url } from '@/lib/shared/bytes';
import { leafOf, type BallotLine } from '@/lib/ballots/body';
import { headOf, listHash, shortHead } from './device';
import { readReturn, writeReturn, type TabletReturn } from './return-file';
import { isExactly, readList, vouchersNeeded } from './rules';

const lines: BallotLine[] = [
  ['{"uno":1}', 'firma-1'],
  ['{"dos":2}', 'firma-2'],
];

async function goodReturn(): Promise<TabletReturn> {
  const head = await headOf(await Promise.all(lines.map((line) => leafOf(line))));
  return {
    v: 1,
    tablet: 'T-4F7K',
    round: 'pp2027-votacion',
    device: toBase64Url(new Uint8Array(32)),
    minutes: { checkIns: 2, ballots: 2, vouchers: 5, head },
    used: [0, 3],
    ballots: lines.map((line, at) => ({ line, receipt: `CODIGO${at}` })),
  };
}

describe('the list of a tablet', () => {
  it('reads DNIs however they were pasted, each once', () => {
    expect(readList('99000001\n99.000.002, 99000001;hola\t99000003\r\n')).toEqual({
      dnis: ['99000001', '99000002', '99000003'],
      unreadable: ['hola'],
      repeated: ['99000001'],
    });
  });

  it('finds the same DNI under the same salt only', async () => {
    const salt = new Uint8Array(16).fill(7);
    const once = toBase64Url(await listHash(salt, 1000, '99000001'));
    expect(toBase64Url(await listHash(salt, 1000, '99000001'))).toBe(once);
    expect(toBase64Url(await listHash(salt, 1000, '99000002'))).not.toBe(once);
    expect(toBase64Url(await listHash(new Uint8Array(16), 1000, '99000001'))).not.toBe(once);
  });

  it('needs exactly one voucher per person, of the person’s group', () => {
    const needed = vouchersNeeded(['a', 'b', 'a']);
    expect(isExactly(needed, ['b', 'a', 'a'])).toBe(true);
    expect(isExactly(needed, ['a', 'a', 'a'])).toBe(false);
    expect(isExactly(needed, ['a', 'b'])).toBe(false);
    expect(isExactly(needed, ['a', 'b', 'a', 'b'])).toBe(false);
    expect(isExactly(needed, ['a', 'b', 'a', 'c'])).toBe(false);
  });
});

describe('the head of a tablet’s ballots', () => {
  it('is the same in any order, and another one with one ballot more or less', async () => {
    const leaves = await Promise.all(lines.map((line) => leafOf(line)));
    const head = await headOf(leaves);
    expect(await headOf(leaves.toReversed())).toBe(head);
    expect(await headOf(leaves.slice(1))).not.toBe(head);
    expect(shortHead(head)).toMatch(/^[0-9A-F]{4} [0-9A-F]{4}$/);
  });
});

describe('the file of a tablet', () => {
  it('comes back as it was written', async () => {
    const back = await goodReturn();
    expect(await readReturn(writeReturn(back), 'T-4F7K')).toEqual({ ok: true, value: back });
  });

  it.each([
    ['is cut off', (text: string) => text.slice(0, -20), 'not-readable'],
    ['is something else', () => '{"v":1,"hola":true}', 'not-a-tablet-file'],
    ['is a list', () => '[]', 'not-a-tablet-file'],
    ['is of another tablet', (text: string) => text.replace('T-4F7K', 'T-9999'), 'other-tablet'],
    ['has a changed ballot', (text: string) => text.replace('uno', 'dos'), 'head-differs'],
    [
      'has a ballot less',
      (text: string) => {
        const back = JSON.parse(text) as TabletReturn;
        return JSON.stringify({ ...back, ballots: back.ballots.slice(1) });
      },
      'head-differs',
    ],
    ['names a person more', (text: string) => text.replace('[0,3]', '[0,1,3]'), 'sums-differ'],
    ['names a person twice', (text: string) => text.replace('[0,3]', '[3,3]'), 'sums-differ'],
    [
      'has a place below zero',
      (text: string) => text.replace('[0,3]', '[-1,3]'),
      'not-a-tablet-file',
    ],
    [
      'has a head that is none',
      (text: string) => text.replace(/"head":"../, '"head":"zz'),
      'not-a-tablet-file',
    ],
    [
      'has a short secret',
      (text: string) => text.replace('"device":"AAAA', '"device":"'),
      'not-a-tablet-file',
    ],
    [
      'has a signature that is none',
      (text: string) => text.replace('"firma-1"', '7'),
      'not-a-tablet-file',
    ],
  ])('is refused when it %s', async (_, change, reason) => {
    const text = change(writeReturn(await goodReturn()));
    expect(await readReturn(text, 'T-4F7K')).toEqual({ ok: false, reason });
  });
});
