import { sign } from 'node:crypto';
import { z } from 'zod';
import type { KeyPair } from './keys';
import { StepFailure } from './step-failure';

const TIMEOUT_MS = 15_000;

/** An order of the worker; the box obeys what this key has signed and nothing else. */
export type Order =
  | { readonly type: 'open'; readonly round: string; readonly manifest: string }
  | { readonly type: 'close'; readonly round: string; readonly reason: string }
  /** Exact text of a note of the record; the same note again changes nothing. */
  | { readonly type: 'note'; readonly round: string; readonly text: string }
  /** Ends the record: what is left, these notes, and the box's own closing note. */
  | {
      readonly type: 'seal';
      readonly round: string;
      readonly reason: string;
      readonly notes: readonly string[];
    }
  /** Exact text of the announced count. */
  | { readonly type: 'tally'; readonly round: string; readonly text: string };

/** The box tells voters open or closed, and beside it whether the record is sealed. */
const roundShape = z
  .object({
    state: z.string(),
    sealed: z.boolean().default(false),
    ballots: z.number().int().optional(),
  })
  .transform(({ state, sealed, ...rest }) => ({ ...rest, state: sealed ? 'sealed' : state }));
export type RoundAtBox = z.infer<typeof roundShape>;

const figure = z.number().int().nonnegative();
const countShape = z.object({
  groups: z.record(z.string(), z.object({ voters: figure, lines: figure })),
  receipts: figure,
  lines: figure,
  published: figure,
});
/** The box's exact figures, for the monitor alone: per group they are secret while few have voted. */
export type BoxCount = z.infer<typeof countShape>;

export interface BoxClient {
  /** Base64url SPKI of the key that signs promises and checkpoints. */
  recordKey(): Promise<string>;
  /** Sends an order; the same order again changes nothing. */
  order(order: Order): Promise<void>;
  count(round: string): Promise<BoxCount>;
  round(round: string): Promise<RoundAtBox>;
  /** A file of the public record as text, or null when it does not exist. */
  record(round: string, file: string): Promise<string | null>;
}

export function boxClient(url: string, key: KeyPair): BoxClient {
  const at = (path: string) => new URL(path, url).href;

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      return await fetch(at(path), { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (error) {
      throw new StepFailure('failed-box-away', {}, { cause: error });
    }
  }

  async function json(path: string): Promise<unknown> {
    const response = await ask(path);
    if (!response.ok) throw await refused(path, response);
    return response.json();
  }

  async function obeyed(order: Order | { type: 'count'; round: string }): Promise<Response> {
    const text = JSON.stringify(order);
    const signature = sign(null, Buffer.from(text), key.privateKey).toString('base64url');
    const path = `/v1/rounds/${encodeURIComponent(order.round)}`;
    const response = await ask(path, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ order: text, signature }),
    });
    if (!response.ok) throw await refused(path, response);
    return response;
  }

  return {
    async recordKey() {
      const health = z.object({ recordKey: z.string().min(40) }).safeParse(await json('/health'));
      if (health.success) return health.data.recordKey;
      throw new StepFailure('failed-box-refused', { missing: 'recordKey' });
    },

    async order(order) {
      await (await obeyed(order)).body?.cancel();
    },

    async count(round) {
      return countShape.parse(await (await obeyed({ type: 'count', round })).json());
    },

    async round(round) {
      return roundShape.parse(await json(`/v1/rounds/${encodeURIComponent(round)}`));
    },

    async record(round, file) {
      const path = `/public-record/${encodeURIComponent(round)}/${file}`;
      const response = await ask(path);
      if (response.status === 404) {
        await response.body?.cancel();
        return null;
      }
      if (!response.ok) throw await refused(path, response);
      return response.text();
    },
  };
}

async function refused(path: string, response: Response): Promise<StepFailure> {
  const text = await response.text().catch(() => '');
  const kind = response.status >= 500 ? 'failed-box-away' : 'failed-box-refused';
  return new StepFailure(kind, { path, status: response.status, answer: text.slice(0, 300) });
}
