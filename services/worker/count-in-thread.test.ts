import { describe, expect, it } from 'vitest';
import { countInThread } from './count-in-thread';
import { StepFailure } from './step-failure';

describe('a count in its own thread', () => {
  it('leaves this one free meanwhile, and brings its refusal back as what it is', async () => {
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 1);
    const failure: unknown = await countInThread(
      {
        text: '{}',
        hash: 'hash',
        record: { manifest: '{}', checkpoint: '', notes: '', lines: [] },
        lotSeed: 'seed',
        issuedByGroup: {},
        voteEffect: 'criterio',
      },
      () => undefined,
    ).catch((error: unknown) => error);
    clearInterval(turning);
    expect(failure).toBeInstanceOf(StepFailure);
    expect(failure).toMatchObject({
      note: 'failed-record',
      details: { problem: 'frozen-manifest' },
    });
    // Counted here, no timer would have had its turn before the answer.
    expect(turns).toBeGreaterThan(0);
  });
});
