import { afterEach, describe, expect, it } from 'vitest';
import type { SignedBallot } from '@/lib/ballots/compose';
import { strangerKey, testBox, type TestBox } from './test-box';

let test: TestBox;
afterEach(async () => {
  await test.stop();
});

async function ballots(count: number): Promise<SignedBallot[]> {
  const list: SignedBallot[] = [];
  for (let i = 0; i < count; i++) list.push(await test.ballot(i % 2 === 0 ? '120101' : 'zona-1'));
  return list;
}

async function recordFile(path: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${test.url}/public-record/${test.round.manifest.round}/${path}`);
  return { status: response.status, text: await response.text() };
}

describe('closing', () => {
  it('in the middle of 300 casts keeps every ballot that was answered and takes none after', async () => {
    test = await testBox();
    await test.openRound();
    const sent = await ballots(300);
    let closing: Promise<Response> | undefined;
    let answered = 0;
    const answers = await Promise.all(
      sent.map(async (ballot) => {
        const answer = await test.cast(ballot);
        answered += 1;
        if (answered === 100) closing = test.closeRound();
        return answer;
      }),
    );
    const closed = (await (await closing!).json()) as { state: string; lines: number };
    expect(closed.state).toBe('closed');
    const accepted = answers.filter(({ status }) => status === 201).length;
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(sent.length - accepted);
    expect(accepted).toBeGreaterThanOrEqual(100);
    expect(closed.lines).toBe(accepted);
    expect((await test.sealRound()).status).toBe(200);
    const { text } = await recordFile('ballots/000000.ndjson');
    expect(text.trimEnd().split('\n')).toHaveLength(accepted);
  });

  it('happens by the database clock, whatever the clock of the service says', async () => {
    test = await testBox({
      opensAt: '2000-01-01T00:00:00.000Z',
      closesAt: '2000-01-02T00:00:00.000Z',
    });
    await test.openRound();
    expect(await test.cast(await test.ballot())).toMatchObject({ status: 410, reason: 'closed' });
    await test.box.tick();
    const response = await fetch(`${test.url}/v1/rounds/${test.round.manifest.round}`);
    expect(await response.json()).toMatchObject({ state: 'closed', ballots: 0 });
    expect((await recordFile('checkpoint')).status).toBe(200);
  });

  it('does not come before the opening: a ballot sent early is told so', async () => {
    test = await testBox({ opensAt: '2098-01-01T00:00:00.000Z' });
    await test.openRound();
    expect(await test.cast(await test.ballot())).toMatchObject({
      status: 403,
      reason: 'not-open-yet',
    });
  });

  it('still answers a voter who lost the answer, and nobody else', async () => {
    test = await testBox();
    await test.openRound();
    const [mine, late] = [await test.ballot(), await test.ballot()];
    await test.cast(mine);
    await test.closeRound();
    expect(await test.cast(mine)).toMatchObject({ status: 200 });
    expect(await test.cast(late)).toMatchObject({ status: 410 });
  });

  it('T34: never signs a promise for a code that no ballot came with, closed or sealed', async () => {
    test = await testBox();
    await test.openRound();
    const [mine, invented] = [await test.ballot(), (await test.ballot()).receipt];
    await test.cast(mine);
    await test.closeRound();
    const forged = { line: mine.line, receipt: invented };
    const refused = { status: 409, reason: 'receipt-differs' };
    expect(await test.cast(forged)).toEqual(refused);
    await test.sealRound();
    // Now every line is public: anybody could send it.
    expect(await test.cast(forged)).toEqual(refused);
    expect(await test.cast(mine)).toMatchObject({ status: 200, promise: { code: mine.receipt } });
  });

  it('is ordered by the key of the worker only, for this round only, and may be repeated', async () => {
    test = await testBox();
    expect((await test.openRound()).status).toBe(200);
    expect((await test.openRound()).status).toBe(200);
    const close = { type: 'close', round: test.round.manifest.round, reason: 'x' };
    expect((await test.order(close, strangerKey())).status).toBe(403);
    expect((await test.order({ ...close, round: 'otra' })).status).toBe(404);
    expect(await test.cast(await test.ballot())).toMatchObject({ status: 201 });
    expect((await test.closeRound()).status).toBe(200);
    expect(await (await test.closeRound()).json()).toMatchObject({ state: 'closed', ballots: 1 });
    // Nothing opens it again.
    expect(await (await test.openRound()).json()).toMatchObject({ state: 'closed' });
  });

  it('never lets a round take another manifest', async () => {
    test = await testBox();
    await test.openRound();
    const text = JSON.stringify({ ...test.round.manifest, minGroup: 1 });
    const response = await test.openRound({ ...test.round, text });
    expect(response.status).toBe(409);
    expect(await response.json()).toEqual({ reason: 'other-manifest' });
  });
});

describe('a receipt', () => {
  it('tells of a receipt that it is in the box, and nothing else', async () => {
    test = await testBox();
    await test.openRound();
    const ballot = await test.ballot();
    await test.cast(ballot);
    const ask = async (code: string): Promise<unknown> =>
      (await fetch(`${test.url}/v1/rounds/${test.round.manifest.round}/receipts/${code}`)).json();
    expect(await ask(ballot.receipt)).toEqual({
      round: test.round.manifest.round,
      code: ballot.receipt,
      recorded: true,
      batch: null,
      state: 'open',
    });
    expect(await ask((await test.ballot()).receipt)).toMatchObject({ recorded: false });
    expect(await ask('no-es-un-codigo')).toEqual({ reason: 'not-a-code' });
  });
});
