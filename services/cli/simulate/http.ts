import http from 'node:http';
import https from 'node:https';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

export interface Request {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type Send = (url: URL, request?: Request) => Promise<Answer>;

/** A server that takes longer than this has lost the resident. */
const PATIENCE_MS = 60_000;

/** HTTP with connections that are kept, as a browser keeps them; `node:http`, because it is cheap. */
export function openConnections(concurrency: number): { send: Send; close: () => void } {
  const options = { keepAlive: true, maxSockets: concurrency, scheduling: 'lifo' } as const;
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };

  const once: Send = (url, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((done, fail) => {
      const secure = url.protocol === 'https:';
      const request = (secure ? https : http).request(
        url,
        {
          method,
          agent: secure ? agents['https:'] : agents['http:'],
          headers: {
            ...headers,
            ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
          },
          timeout: PATIENCE_MS,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', fail);
          response.on('end', () => {
            done({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(chunks).toString('utf8'),
            });
          });
        },
      );
      request.on('timeout', () => request.destroy(named('timeout')));
      request.on('error', (error: Error) => {
        fail(request.reusedSocket && codeOf(error) === 'ECONNRESET' ? named('stale') : error);
      });
      request.end(body);
    });

  return {
    // A kept connection may be closed by the server while we write: browsers send again, so do we.
    send: (url, request) =>
      once(url, request).catch((error: unknown) => {
        if (codeOf(error) === 'stale') return once(url, request);
        throw error;
      }),
    close: () => {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

function named(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** ECONNREFUSED, timeout …, or null for what is no failure of the network. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : null;
}
