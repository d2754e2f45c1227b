import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inEvenTime } from './even-time';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** When work of this length is answered, on a clock that only moves when told. */
async function answeredAfter(workMs: number): Promise<number> {
  const begun = performance.now();
  let answeredAt = -1;
  const answer = inEvenTime(
    () =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          resolve('done');
        }, workMs);
      }),
  ).then((value) => {
    answeredAt = performance.now() - begun;
    return value;
  });
  await vi.advanceTimersByTimeAsync(1000);
  expect(await answer).toBe('done');
  return answeredAt;
}

describe('answers in even time', () => {
  it('short and less short work is answered at the same moment', async () => {
    expect(await answeredAfter(3)).toBe(100);
    expect(await answeredAfter(60)).toBe(100);
  });

  it('work past one step is answered at the next', async () => {
    expect(await answeredAfter(130)).toBe(200);
    expect(await answeredAfter(199)).toBe(200);
  });

  it('a failure is not swallowed', async () => {
    await expect(inEvenTime(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  });
});
