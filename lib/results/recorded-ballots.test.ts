import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lineText } from '@/lib/ballots/body';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import {
  ballotFixture,
  roundFixture,
  voterFixture,
  type RoundFixture,
} from '@/lib/ballots/voter.fixture';
import { paperBallotId, verifyBallotLines } from '@/lib/record/ballots';
import { tallyInputHash } from './input-hash';
import { BoxAway, recordLines } from './record-client';
import { recordedBallots, type PublishedInput } from './recorded-ballots';

let lines: string[];
let round: RoundFixture;
let published: PublishedInput;
let verified: readonly { leaf: string }[];

beforeAll(async () => {
  round = await roundFixture();
  const [ana, luz] = await Promise.all([
    voterFixture(round, 'zona-1'),
    voterFixture(round, 'zona-1'),
  ]);
  const first = await ballotFixture(round, ana);
  const second = await ballotFixture(round, ana, {
    seq: 2,
    previous: first.leaf,
    choices: { prioridades: [], 'fondo-provincia': ['2027-003'] },
  });
  const other = await ballotFixture(round, luz);
  lines = [second, other, first].map((ballot) => lineText(ballot.line));
  const answer = verifyBallotLines(
    { manifest: round.manifest, hash: round.hash },
    lines,
    nodeBallotCrypto,
  );
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  verified = answer.effective;
  const leaves = verified.map(({ leaf }) => leaf);
  published = {
    round: round.manifest.round,
    manifestHash: round.hash,
    inputHash: tallyInputHash(round.hash, leaves),
  };
});

const sorted = <T extends { leaf: string }>(ballots: readonly T[]): T[] =>
  [...ballots].sort((a, b) => (a.leaf < b.leaf ? -1 : 1));

describe('the counted ballots, read again from the public record', () => {
  it('are those that the full verification lets count', async () => {
    const read = await recordedBallots(lines, '', published);
    expect(sorted(read ?? [])).toEqual(sorted(verified));
  });

  it('are refused when one is missing, added, changed, or is no ballot', async () => {
    expect(await recordedBallots(lines.slice(1), '', published)).toBeNull();
    expect(await recordedBallots([...lines, '[]'], '', published)).toBeNull();
    const changed = lines.map((line) => line.replace('2027-003', '2027-001'));
    expect(await recordedBallots(changed, '', published)).toBeNull();
    expect(await recordedBallots(lines, '', { ...published, manifestHash: 'other' })).toBeNull();
  });
});

describe('the ballots on paper', () => {
  const pile = {
    v: 1,
    type: 'paper-ballots',
    round: 'pp2027-votacion',
    minutes: 'mesa-1',
    keyedBy: ['aaa', 'bbb'],
    arbitratedBy: null,
    ballots: [{ group: 'zona-1', choices: { prioridades: ['SOC-1'], 'fondo-provincia': [] } }],
  };
  const notes = `${JSON.stringify([2, JSON.stringify(pile)])}\n`;

  it('are counted with the others', async () => {
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
    const leaf = paperBallotId('mesa-1', 0, pile.ballots[0]!, sha256);
    const leaves = [leaf, ...verified.map((ballot) => ballot.leaf)];
    const inputHash = tallyInputHash(round.hash, leaves);
    const read = await recordedBallots(lines, notes, { ...published, inputHash });
    expect(read).toHaveLength(verified.length + 1);
    expect(read).toContainEqual({ leaf, ...pile.ballots[0] });
  });

  it('are missed when the result was counted without them, or the notes are none', async () => {
    expect(await recordedBallots(lines, notes, published)).toBeNull();
    expect(await recordedBallots(lines, 'nota', published)).toBeNull();
  });
});

describe('the public record over HTTP', () => {
  let server: Server;
  let url: string;
  const files = new Map<string, string>();
  beforeAll(async () => {
    server = createServer((request, response) => {
      const text = files.get(request.url ?? '');
      response.writeHead(text === undefined ? 404 : 200).end(text);
    });
    await new Promise<void>((listening) => server.listen(0, listening));
    url = `http://localhost:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.close();
  });

  const all = async (round: string): Promise<string[]> => {
    const read: string[] = [];
    for await (const line of recordLines(url, round)) read.push(line);
    return read;
  };

  it('is read line by line through all its parts', async () => {
    files.set('/public-record/a/ballots/000000.ndjson', 'uno\ndos\n');
    files.set('/public-record/a/ballots/000001.ndjson', 'tres\nñandú');
    expect(await all('a')).toEqual(['uno', 'dos', 'tres', 'ñandú']);
  });

  it('is away when it has not even a first part', async () => {
    await expect(all('b')).rejects.toThrow(BoxAway);
  });
});
