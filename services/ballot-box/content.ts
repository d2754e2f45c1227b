import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Files of the public record over HTTP: as a static server would send them. */

export interface Content {
  readonly content: string | Buffer;
  readonly type: string;
  readonly cache: string;
  /** Of the content itself unless given. */
  readonly etag?: string;
}

/** Anyone may read the record from any page: it is public, and no cookie goes with it. */
export function setPublicHeaders(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.removeHeader('vary');
}

export function etagOf(content: string | Buffer): string {
  return `"${createHash('sha256').update(content).digest('base64url')}"`;
}

/** 304 when the client has this very content; to HEAD, the headers alone. */
export function sendContent(
  request: IncomingMessage,
  response: ServerResponse,
  { content, type, cache, etag = etagOf(content) }: Content,
): void {
  if (answeredByTag(request, response, etag, cache)) return;
  response.writeHead(200, {
    'content-type': type,
    'content-length': Buffer.byteLength(content),
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

/** Sets the headers of caching; true when the client already has it and has been told so. */
export function answeredByTag(
  request: IncomingMessage,
  response: ServerResponse,
  etag: string,
  cache: string,
): boolean {
  response.setHeader('etag', etag);
  response.setHeader('cache-control', cache);
  if (!tags(request).includes(etag)) return false;
  response.writeHead(304).end();
  return true;
}

/** A proxy that compresses may have made the tag a weak one. */
function tags(request: IncomingMessage): string[] {
  const header = request.headers['if-none-match'] ?? '';
  return header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
}
