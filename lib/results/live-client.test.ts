import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchLive, type LiveState } from './live-client';
import { writeSnapshot, type LiveSnapshot } from './snapshot';

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static last: FakeSource;
  readyState = 1;
  constructor(readonly url: string) {
    super();
    FakeSource.last = this;
  }
  close(): void {
    this.readyState = FakeSource.CLOSED;
  }
  send(text: string): void {
    this.dispatchEvent(new MessageEvent('message', { data: text }));
  }
  fail(): void {
    this.dispatchEvent(new Event('error'));
  }
}

function snapshot(ballots: number, at: string): LiveSnapshot {
  return {
    round: 'r1',
    state: 'open',
    at,
    ballots,
    turnout: [],
    closesAt: '2099-01-01T00:00:00.000Z',
    manifestHash: 'hash',
  };
}

const first = snapshot(1, '2026-02-10T10:00:00.000Z');
const second = snapshot(2, '2026-02-10T10:00:01.000Z');
const source = { boxUrl: 'http://box.test', round: 'r1', contest: 'fondo-120114' };
const calls = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeSource);
  vi.stubGlobal('fetch', calls.mockReset());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function watch(): { states: LiveState[]; stop: () => void } {
  const states: LiveState[] = [];
  return { states, stop: watchLive(source, (state) => states.push(state)) };
}

describe('watching a round', () => {
  it('hears the stream of the contest that is on the wall', () => {
    const { states, stop } = watch();
    expect(FakeSource.last.url).toBe('http://box.test/v1/rounds/r1/stream?contest=fondo-120114');
    FakeSource.last.send(writeSnapshot(first));
    expect(states.at(-1)).toEqual({ snapshot: first, online: true });
    stop();
  });

  it('polls when the stream breaks, and says that it is offline when nobody answers', async () => {
    const { states, stop } = watch();
    calls.mockRejectedValue(new TypeError('no network'));
    FakeSource.last.send(writeSnapshot(first));
    FakeSource.last.fail();
    await vi.advanceTimersByTimeAsync(0);
    expect(states.at(-1)).toEqual({ snapshot: first, online: false });
    calls.mockResolvedValue(new Response(writeSnapshot(second)));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(states.at(-1)).toEqual({ snapshot: second, online: true });
    stop();
  });

  it('notices a line that is dead without an error', async () => {
    const { states, stop } = watch();
    calls.mockRejectedValue(new TypeError('no network'));
    FakeSource.last.send(writeSnapshot(first));
    await vi.advanceTimersByTimeAsync(25_000);
    expect(states.at(-1)?.online).toBe(false);
    stop();
  });

  it('stops polling when the stream is back', async () => {
    const { stop } = watch();
    calls.mockImplementation(() => Promise.resolve(new Response(writeSnapshot(first))));
    FakeSource.last.fail();
    await vi.advanceTimersByTimeAsync(0);
    FakeSource.last.send(writeSnapshot(second));
    const before = calls.mock.calls.length;
    await vi.advanceTimersByTimeAsync(9_000);
    expect(calls.mock.calls.length).toBe(before);
    stop();
  });

  it('never goes back to older figures that arrive late', () => {
    const { states, stop } = watch();
    FakeSource.last.send(writeSnapshot(second));
    FakeSource.last.send(writeSnapshot(first));
    expect(states.at(-1)?.snapshot).toEqual(second);
    stop();
  });

  it('takes no half message and no error page for figures', () => {
    const { states, stop } = watch();
    FakeSource.last.send('<html>502</html>');
    FakeSource.last.send(writeSnapshot(first).slice(0, 20));
    expect(states.every((state) => state.snapshot === null)).toBe(true);
    stop();
  });

  it('opens the stream again after it was refused for good', async () => {
    const { stop } = watch();
    const refused = FakeSource.last;
    calls.mockImplementation(() => Promise.resolve(new Response(writeSnapshot(first))));
    refused.close();
    refused.fail();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(FakeSource.last).not.toBe(refused);
    stop();
  });

  it('says nothing more and asks nothing more once stopped', async () => {
    const { states, stop } = watch();
    const heard = states.length;
    stop();
    FakeSource.last.send(writeSnapshot(first));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states).toHaveLength(heard);
    expect(calls).not.toHaveBeenCalled();
  });
});
