import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPublicKey, verify } from 'node:crypto';
import type { SignedBallot } from '@/lib/ballots/compose';
import { promiseText, type CastAnswer } from '@/lib/ballots/types';
import { ballotFixture, roundFixture, voterFixture } from '@/lib/ballots/voter.fixture';
import { utf8 } from '@/lib/shared/bytes';
import { castAt, testBox, type TestBox } from './test-box';

let test: TestBox;
beforeEach(async () => {
  test = await testBox();
  await test.openRound();
});
afterEach(async () => {
  await test.stop();
});

const SIMULTANEOUS = 1000;

async function stored(): Promise<number> {
  const [row] = await test.database.sql<{ n: number }[]>`select count(*)::int as n from ballot`;
  return row?.n ?? -1;
}

/** Different ballots of one credential, all with sequence 1, sent at the same time. */
async function race(): Promise<CastAnswer[]> {
  const voter = await voterFixture(test.round, '120101');
  const ballots: SignedBallot[] = [];
  for (let i = 0; i < SIMULTANEOUS; i++) ballots.push(await ballotFixture(test.round, voter));
  return Promise.all(ballots.map((ballot) => test.cast(ballot)));
}

function countBy(answers: readonly CastAnswer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe('one credential', () => {
  it('has exactly one ballot after 1,000 casts at the same time', async () => {
    expect(countBy(await race())).toEqual({ 201: 1, 409: SIMULTANEOUS - 1 });
    expect(await stored()).toBe(1);
  });

  it('would have more without the primary key: the constraint is what holds it', async () => {
    await test.database.owner`alter table ballot drop constraint ballot_one_per_sequence`;
    expect(countBy(await race())[201]).toBeGreaterThan(1);
    expect(await stored()).toBeGreaterThan(1);
  });

  it('is stored once and answered alike when the same bytes come 50 times', async () => {
    const ballot = await test.ballot();
    const answers = await Promise.all(Array.from({ length: 50 }, () => test.cast(ballot)));
    expect(countBy(answers)).toEqual({ 201: 1, 200: 49 });
    expect(new Set(answers.map((answer) => JSON.stringify(answer.promise))).size).toBe(1);
    expect(await stored()).toBe(1);
  });

  it('may change its ballot until the fifth, each linked to the one before', async () => {
    const voter = await voterFixture(test.round, 'zona-1');
    let previous: string | null = null;
    for (let seq = 1; seq <= 5; seq++) {
      const ballot: SignedBallot = await ballotFixture(test.round, voter, { seq, previous });
      expect((await test.cast(ballot)).status).toBe(201);
      previous = ballot.leaf;
    }
    const sixth = await ballotFixture(test.round, voter, { seq: 6, previous });
    expect(await test.cast(sixth)).toMatchObject({ status: 422, reason: 'malformed' });
    const live = (await (
      await fetch(`${test.url}/v1/rounds/${test.round.manifest.round}`)
    ).json()) as {
      ballots: number;
    };
    expect(live.ballots).toBe(1);
  });

  it('cannot skip a ballot nor hang on one that is not its own', async () => {
    const voter = await voterFixture(test.round, '120101');
    const first = await ballotFixture(test.round, voter);
    const early = await ballotFixture(test.round, voter, { seq: 2, previous: first.leaf });
    expect(await test.cast(early)).toMatchObject({ status: 422, reason: 'chain-broken' });
    await test.cast(first);
    const stranger = await test.ballot();
    await test.cast(stranger);
    const wrong = await ballotFixture(test.round, voter, { seq: 2, previous: stranger.leaf });
    expect(await test.cast(wrong)).toMatchObject({ status: 422, reason: 'chain-broken' });
    expect((await test.cast(early)).status).toBe(201);
  });
});

describe('an answer', () => {
  it('carries a promise that the record key signed over round, leaf, code and time', async () => {
    const ballot = await test.ballot();
    const { status, promise } = await test.cast(ballot);
    expect(status).toBe(201);
    if (!promise) throw new Error('no promise');
    const { signature, ...content } = promise;
    expect(content).toEqual({
      round: test.round.manifest.round,
      leaf: ballot.leaf,
      code: ballot.receipt,
      includeBy: test.round.manifest.closesAt,
    });
    const key = createPublicKey({
      key: Buffer.from(test.round.manifest.recordKey, 'base64url'),
      format: 'der',
      type: 'spki',
    });
    const holds = (text: string) =>
      verify(null, utf8(text), key, Buffer.from(signature, 'base64url'));
    expect(holds(promiseText(content))).toBe(true);
    expect(holds(promiseText({ ...content, code: '0000000000000' }))).toBe(false);
  });

  it('refuses the same ballot under another receipt, and a receipt of somebody else', async () => {
    const [mine, yours] = [await test.ballot(), await test.ballot()];
    await test.cast(mine);
    expect(await test.cast({ ...mine, receipt: yours.receipt })).toMatchObject({
      status: 409,
      reason: 'receipt-differs',
    });
    expect(await test.cast({ ...yours, receipt: mine.receipt })).toMatchObject({
      status: 409,
      reason: 'receipt-differs',
    });
    expect(await stored()).toBe(1);
  });
});

describe('a replay', () => {
  it('is refused in another round and under an old manifest, and changes nothing', async () => {
    const ballot = await test.ballot();
    await test.cast(ballot);
    const altered = (change: (body: Record<string, unknown>) => object) => ({
      line: [
        JSON.stringify(change(JSON.parse(ballot.line[0]) as Record<string, unknown>)),
        ballot.line[1],
      ],
      receipt: ballot.receipt,
    });
    const other = await roundFixture({ round: 'otra-votacion' });
    expect(
      await castAt(
        test.url,
        altered((body) => ({ ...body, r: 'otra-votacion' })),
      ),
    ).toMatchObject({
      status: 403,
      reason: 'unknown-round',
    });
    expect(
      await castAt(
        test.url,
        altered((body) => ({ ...body, m: other.hash })),
      ),
    ).toMatchObject({
      status: 422,
      reason: 'other-manifest',
    });
    expect((await test.cast(ballot)).status).toBe(200);
    expect(await stored()).toBe(1);
  });

  it('with a token of another round is refused even when everything else is signed for this one', async () => {
    const other = await roundFixture();
    const foreign = await voterFixture(other, '120101');
    const ballot = await ballotFixture(test.round, foreign);
    expect(await test.cast(ballot)).toMatchObject({ status: 403, reason: 'token-invalid' });
    expect(await stored()).toBe(0);
  });
});

describe('a body', () => {
  it.each([
    ['not JSON', '{', 'malformed'],
    ['thousands of levels deep', `{"line":${'['.repeat(4000)}`, 'malformed'],
    ['over 4 KiB', JSON.stringify({ line: ['x'.repeat(20_000), 'y'], receipt: 'z' }), 'too-large'],
    ['empty', '', 'malformed'],
  ])('that is %s gets 422 and a reason', async (_, body, reason) => {
    const response = await fetch(`${test.url}/v1/ballots`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ reason });
  });

  it('posted by a plain form of another site is not read', async () => {
    const ballot = await test.ballot();
    const response = await fetch(`${test.url}/v1/ballots`, {
      method: 'POST',
      body: JSON.stringify({ line: ballot.line, receipt: ballot.receipt }),
    });
    expect(response.status).toBe(422);
    expect(await stored()).toBe(0);
  });
});
