import { chmod, mkdir, unlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { BlindSigner, SignRefusal } from '@/lib/credentials/types';
import { fromBase64Url, toBase64Url } from '@/lib/shared/bytes';

const MAX_REQUEST_BYTES = 2048;

const signShape = z.strictObject({
  round: z.string().max(64),
  group: z.string().max(64),
  blinded: z.string().max(400),
});

export interface IssuerServer {
  /** Stops taking requests and waits for those under way. */
  close(): Promise<void>;
}

/** The issuer behind a Unix socket that only the process's user may open: no port, no network. */
export async function listenIssuer(
  socketPath: string,
  signer: BlindSigner,
  health: () => object,
  onError: (error: unknown) => void,
): Promise<IssuerServer> {
  await mkdir(dirname(socketPath), { recursive: true, mode: 0o700 });
  // What a killed worker leaves behind would make listening fail.
  await unlink(socketPath).catch(() => undefined);
  const server = createServer((request, response) => {
    answer(request, response, signer, health).catch((error: unknown) => {
      onError(error);
      send(response, 503, { reason: 'unavailable' });
    });
  });
  server.requestTimeout = 10_000;
  // The socket is created under this mask, so that it is never open to others, not even briefly.
  const mask = process.umask(0o177);
  try {
    await listening(server, socketPath);
  } finally {
    process.umask(mask);
  }
  await chmod(socketPath, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function listening(server: Server, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  signer: BlindSigner,
  health: () => object,
): Promise<void> {
  if (request.method === 'GET' && request.url === '/health') {
    send(response, 200, health());
    return;
  }
  if (request.method !== 'POST' || request.url !== '/sign') {
    send(response, 404, { reason: 'malformed' });
    return;
  }
  const asked = signShape.safeParse(parseJson(await body(request)));
  const blinded = asked.success ? fromBase64Url(asked.data.blinded) : null;
  if (!asked.success || blinded === null) {
    send(response, 422, { reason: 'malformed' });
    return;
  }
  const signed = await signer.sign({
    round: asked.data.round,
    group: asked.data.group,
    blinded,
  });
  if (signed.ok) send(response, 200, { signature: toBase64Url(signed.signature) });
  else send(response, STATUS[signed.reason], { reason: signed.reason });
}

const STATUS: Record<SignRefusal, number> = {
  malformed: 422,
  'unknown-round': 404,
  'unknown-group': 404,
  'quota-reached': 409,
  unavailable: 503,
};

async function body(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_REQUEST_BYTES) return '';
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function send(response: ServerResponse, status: number, json: object): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}
