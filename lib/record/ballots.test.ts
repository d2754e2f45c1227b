import { beforeAll, describe, expect, it } from 'vitest';
import { lineText } from '@/lib/ballots/body';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import { utf8 } from '@/lib/shared/bytes';
import {
  ballotFixture,
  roundFixture,
  voterFixture,
  type RoundFixture,
} from '@/lib/ballots/voter.fixture';
import { paperBallotId, readRecord, verifyBallotLines } from './ballots';
import { leafHash, merkleRoot } from './merkle';

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

describe('a sealed record as the worker reads it', () => {
  const sha256 = (bytes: Uint8Array): Uint8Array => nodeBallotCrypto.sha256(bytes);
  const pile = {
    v: 1,
    type: 'paper-ballots',
    round: 'pp2027-votacion',
    minutes: 'mesa-1',
    keyedBy: ['aaa', 'bbb'],
    arbitratedBy: null,
    ballots: [{ group: 'zona-1', choices: { prioridades: ['SOC-1'], 'fondo-provincia': [] } }],
  };
  const closing = {
    v: 1,
    type: 'closing',
    round: 'pp2027-votacion',
    closedAt: '2026-11-23T00:00:00.000Z',
    reason: '',
    lines: 3,
    voters: 2,
  };
  const noteLine = (position: number, note: unknown): string =>
    `${JSON.stringify([position, JSON.stringify(note)])}\n`;
  const read = (notes: string, of: readonly string[] = lines) =>
    readRecord(round, { manifest: utf8(round.text), lines: of, notes }, nodeBallotCrypto);

  it('counts electronic and paper ballots, and has the root of its leaves in order', () => {
    const record = read(noteLine(2, pile) + noteLine(5, closing));
    if (!record.ok) throw new Error(record.problem);
    expect(record).toMatchObject({ lines: 3, voters: 2, size: 6 });
    const onPaper = {
      leaf: paperBallotId('mesa-1', 0, pile.ballots[0]!, sha256),
      ...pile.ballots[0],
    };
    expect(record.effective).toHaveLength(3);
    expect(record.effective).toContainEqual(onPaper);
    const [first, second, third] = lines.map((line) => leafHash(utf8(line), sha256));
    const [paper, last] = [pile, closing].map((note) =>
      leafHash(utf8(JSON.stringify(note)), sha256),
    );
    const leaves = [leafHash(utf8(round.text), sha256), first!, paper!, second!, third!, last!];
    expect(record.root).toEqual(merkleRoot(leaves, sha256));
  });

  it.each([
    ['a note stands beyond the last leaf', () => noteLine(9, closing), 'invalid-notes'],
    ['notes are not ascending', () => noteLine(5, closing) + noteLine(2, pile), 'invalid-notes'],
    ['a note is of another round', () => noteLine(5, { ...closing, round: 'x' }), 'invalid-notes'],
    ['a note is none', () => noteLine(5, { type: 'gift' }), 'invalid-notes'],
    ['the last line is cut', () => noteLine(5, closing).slice(0, -1), 'invalid-notes'],
    [
      'a paper ballot chooses what it may not',
      () =>
        noteLine(2, {
          ...pile,
          ballots: [{ group: 'zona-1', choices: { prioridades: ['X-9'], 'fondo-provincia': [] } }],
        }),
      'invalid-paper',
    ],
  ])('is refused when %s', (_, notes, problem) => {
    expect(read(notes())).toMatchObject({ ok: false, problem });
  });

  it('is refused when a ballot is invalid', () => {
    expect(read('', [...lines, '[]'])).toMatchObject({ ok: false, problem: 'invalid-ballots' });
  });
});
