import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server } from 'node:http';

/** The address of the connection itself. Written by us over whatever a client sent by that name. */
export const PEER_HEADER = 'x-minka-peer';

/** A phone on a bad line needs seconds for its headers, and minutes only for a large file. */
export const HEADERS_TIMEOUT_MS = 20_000;
export const REQUEST_TIMEOUT_MS = 120_000;

interface RequestStart {
  readonly request: IncomingMessage;
  readonly server: Server;
}

const seen = new WeakSet<Server>();

/**
 * Next tells its handlers no address that a client could not have written: this hears of every
 * request before anything else does, notes where it came from, and gives the server its patience.
 */
export function watchPeers(): void {
  subscribe('http.server.request.start', onRequestStart);
}

export function onRequestStart(message: unknown): void {
  const { request, server } = message as RequestStart;
  request.headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
  if (seen.has(server)) return;
  seen.add(server);
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
}
