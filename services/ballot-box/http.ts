import type { IncomingMessage, ServerResponse } from 'node:http';

/** Small HTTP of the ballot box: bodies with a limit, JSON answers, the headers of every answer. */

export class TooLarge extends Error {}

const SECONDS_PREFLIGHT_HOLDS = 600;

/** The body as text. Stops reading as soon as it is longer than allowed. */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = Number(request.headers['content-length'] ?? 0);
    if (size > limitBytes) {
      reject(new TooLarge());
      return;
    }
    size = 0;
    const stop = (error: Error): void => {
      // What still comes is not kept: the answer ends the connection.
      request.removeAllListeners('data').pause();
      reject(error);
    };
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > limitBytes) stop(new TooLarge());
      else parts.push(part);
    });
    request.on('end', () => {
      const [only] = parts;
      resolve((parts.length === 1 && only ? only : Buffer.concat(parts)).toString('utf8'));
    });
    request.on('error', stop);
    request.on('close', () => {
      if (!request.complete) stop(new Error('The request broke off'));
    });
  });
}

/** Headers for every answer: nothing cached unless said, readable by the site only, no cookies. */
export function setCommonHeaders(response: ServerResponse, siteOrigin: string): void {
  response.setHeader('access-control-allow-origin', siteOrigin);
  response.setHeader('access-control-expose-headers', 'etag');
  response.setHeader('vary', 'origin');
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
}

export function answerPreflight(response: ServerResponse): void {
  response.setHeader('access-control-allow-methods', 'GET, POST');
  response.setHeader('access-control-allow-headers', 'content-type, if-none-match');
  response.setHeader('access-control-max-age', SECONDS_PREFLIGHT_HOLDS);
  response.writeHead(204).end();
}

export function sendJson(response: ServerResponse, status: number, json: object): void {
  if (response.headersSent) return;
  const text = JSON.stringify(json);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** A text that changes: answers 304 when the client has this very one. */
export function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  content: { text: string; type: string; etag: string; cache: string },
): void {
  response.setHeader('etag', content.etag);
  response.setHeader('cache-control', content.cache);
  if (request.headers['if-none-match'] === content.etag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, {
    'content-type': content.type,
    'content-length': Buffer.byteLength(content.text),
  });
  response.end(content.text);
}
