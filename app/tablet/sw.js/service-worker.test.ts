import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { SERVICE_WORKER } from './service-worker';

const PAGE = 'https://minka.example/tablet/T-AAAA';

interface Answer {
  readonly ok: boolean;
  readonly redirected?: boolean;
  readonly type?: string;
  readonly from: string;
}

const KEPT: Answer = { ok: true, from: 'device' };

/** What the worker answers to a navigation, with this network and this page kept or not. */
async function answered(network: () => Promise<Answer>, kept: Answer | undefined) {
  let asked: ((event: object) => void) | undefined;
  const context = createContext({
    URL,
    Promise,
    Error,
    // The network's patience ends at once: nobody waits in a test.
    setTimeout: (give: () => void) => setTimeout(give, 0),
    fetch: network,
    caches: { open: () => Promise.resolve({ match: () => Promise.resolve(kept) }) },
    self: {
      location: { origin: 'https://minka.example' },
      addEventListener: (name: string, listener: (event: object) => void) => {
        if (name === 'fetch') asked = listener;
      },
    },
  });
  runInContext(SERVICE_WORKER, context);
  let answer: Promise<Answer> | undefined;
  asked?.({
    request: { method: 'GET', mode: 'navigate', url: PAGE },
    respondWith: (given: Promise<Answer>) => {
      answer = given;
    },
  });
  return (await answer)?.from;
}

const page: Answer = { ok: true, redirected: false, from: 'network' };

describe('the kept page of a tablet', () => {
  it.each<[string, () => Promise<Answer>]>([
    ['an error of the server', () => Promise.resolve({ ok: false, from: 'network' })],
    [
      'the way to the sign-in page, as the browser hides it',
      () => Promise.resolve({ ok: false, type: 'opaqueredirect', from: 'network' }),
    ],
    [
      'the sign-in page itself',
      () => Promise.resolve({ ok: true, redirected: true, from: 'network' }),
    ],
    ['no network', () => Promise.reject(new TypeError('offline'))],
    ['a network that does not answer', () => new Promise(() => undefined)],
  ])('stays in front of %s', async (_, network) => {
    expect(await answered(network, KEPT)).toBe('device');
  });

  it('makes room for a newer one', async () => {
    expect(await answered(() => Promise.resolve(page), KEPT)).toBe('network');
  });

  it('is not there before it was kept: then the network speaks', async () => {
    const refused = () => Promise.resolve({ ok: false, from: 'network' });
    expect(await answered(refused, undefined)).toBe('network');
  });
});
