import 'server-only';
import { request } from 'node:http';
import { z } from 'zod';
import { fromBase64Url, toBase64Url } from '@/lib/shared/bytes';
import type { BlindSigner, SignAnswer, SignRefusal } from './types';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 4096;

const answerShape = z.union([
  z.strictObject({ signature: z.string() }),
  z.strictObject({
    reason: z.enum(['malformed', 'unknown-round', 'unknown-group', 'quota-reached', 'unavailable']),
  }),
]);

const healthShape = z.object({
  ok: z.boolean(),
  version: z.string(),
  /** ISO moment of the worker's last tick, by the database's clock; null before the first. */
  lastTickAt: z.string().nullable(),
});
export type WorkerHealth = z.infer<typeof healthShape>;

const refused = (reason: SignRefusal): SignAnswer => ({ ok: false, reason });

/** Asks the issuer in the worker over its Unix socket. */
export function socketSigner(socketPath: string): BlindSigner {
  return {
    async sign({ round, group, blinded }) {
      const body = JSON.stringify({ round, group, blinded: toBase64Url(blinded) });
      const text = await ask(socketPath, 'POST', '/sign', body);
      if (text === null) return refused('unavailable');
      const answer = answerShape.safeParse(parseJson(text));
      if (!answer.success) return refused('unavailable');
      if ('reason' in answer.data) return refused(answer.data.reason);
      const signature = fromBase64Url(answer.data.signature);
      return signature === null ? refused('unavailable') : { ok: true, signature };
    },
  };
}

/** What the worker says of itself, or null when it does not answer. */
export async function workerHealth(socketPath: string): Promise<WorkerHealth | null> {
  const text = await ask(socketPath, 'GET', '/health', null);
  const health = healthShape.safeParse(text === null ? null : parseJson(text));
  return health.success ? health.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The body of the answer whatever its status, or null when there was none. */
function ask(
  socketPath: string,
  method: 'GET' | 'POST',
  path: string,
  body: string | null,
): Promise<string | null> {
  return new Promise((resolve) => {
    const call = request(
      {
        socketPath,
        method,
        path,
        timeout: TIMEOUT_MS,
        headers:
          body === null
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        const parts: Buffer[] = [];
        let size = 0;
        response.on('data', (part: Buffer) => {
          size += part.length;
          if (size > MAX_ANSWER_BYTES) response.destroy();
          else parts.push(part);
        });
        response.on('end', () => {
          resolve(Buffer.concat(parts).toString('utf8'));
        });
        response.on('error', () => {
          resolve(null);
        });
        response.on('close', () => {
          resolve(null);
        });
      },
    );
    call.on('timeout', () => call.destroy());
    call.on('error', () => {
      resolve(null);
    });
    call.end(body ?? undefined);
  });
}
