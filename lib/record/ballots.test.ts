import { beforeAll, describe, expect, it } from 'vitest';
import { lineText } from '@/lib/ballots/body';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import {
  ballotFixture,
  roundFixture,
  voterFixture,
  type RoundFixture,
} from '@/lib/ballots/voter.fixture';
import { verifyBallotLines } from './ballots';

let round: RoundFixture;
let lines: string[];
const blank = { prioridades: [], 'fondo-provincia': [] };

beforeAll(async () => {
  round = await roundFixture();
  const once = await voterFixture(round, '120101');
  const twice = await voterFixture(round, 'zona-1');
  const first = await ballotFixture(round, twice);
  const second = await ballotFixture(round, twice, {
    seq: 2,
    previous: first.leaf,
    choices: blank,
  });
  const other = await ballotFixture(round, once);
  lines = [second, other, first].map((ballot) => lineText(ballot.line));
});

const verify = (of: readonly string[]) => verifyBallotLines(round, of, nodeBallotCrypto);

describe('the published ballots', () => {
  it('count once per credential, the highest sequence, in any order of lines', () => {
    for (const order of [lines, lines.toReversed()]) {
      const verified = verify(order);
      if (!verified.ok) throw new Error(JSON.stringify(verified.problems));
      expect(verified.lines).toBe(3);
      const counted = verified.effective.map(({ group, choices }) => [group, choices.prioridades]);
      expect(counted).toHaveLength(2);
      expect(counted).toContainEqual(['zona-1', []]);
      expect(counted).toContainEqual(['120101', ['SOC-2', 'ECO-1']]);
    }
  });

  it.each([
    ['a replaced ballot is missing', () => lines.slice(0, 2), 'chain-broken'],
    ['a line appears twice', () => [...lines, lines[1]!], 'sequence-taken'],
    [
      'a choice was altered',
      () => lines.map((line) => line.replace('SOC-2', 'SOC-3')),
      'signature-invalid',
    ],
    ['a line is not exactly what the box writes', () => [`${lines[0]!} `], 'malformed'],
  ])('are refused when %s', (_, altered, reason) => {
    const verified = verify(altered());
    expect(verified.ok ? [] : verified.problems.map((problem) => problem.reason)).toContain(reason);
  });
});
