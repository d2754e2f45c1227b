import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { connectBallotBox } from '@/db/ballot-box/client';
import { CastLimiter, refusal } from './cast';
import { answerPreflight, sendJson, setCommonHeaders, TooLarge } from './http';
import type { BoxKeys } from './keys';
import { Live, TICK_MS } from './live';
import { PublicRecord } from './public-record';
import { RoundBook } from './round-book';
import { route, type BoxParts } from './routes';
import { Streams } from './streams';

export interface BoxOptions {
  readonly databaseUrl: string;
  readonly connections: number;
  /** 0 takes any free port. */
  readonly port: number;
  readonly siteUrl: string;
  readonly keys: BoxKeys;
  readonly version: string;
  /** Starts, stops and failures: no access log, no address, nothing of a ballot. */
  readonly log: Logger;
  /** Tests tick by hand. */
  readonly ticking: boolean;
  /** An answer that takes longer is a 503; a retry with the same bytes finds out what came of it. */
  readonly answerWithinMs?: number;
}

export interface RunningBox {
  readonly port: number;
  tick(): Promise<void>;
  /** Finishes what is under way, ends streams, lets the database go. */
  close(): Promise<void>;
}

/** Requests under way at once; more are told to come back, nothing of them is recorded. */
const MAX_IN_FLIGHT = 2000;
const ANSWER_WITHIN_MS = 10_000;
/** Who has not read the answer by then will ask again. */
const STOP_WITHIN_MS = 15_000;

export async function startBallotBox(options: BoxOptions): Promise<RunningBox> {
  const { log, keys } = options;
  const sql = connectBallotBox(options.databaseUrl, options.connections);
  const book = new RoundBook(sql);
  const streams = new Streams();
  const live = options.ticking ? new Live(sql, book, streams) : new Live(sql, book, streams, 0);
  const parts: BoxParts = {
    sql,
    keys,
    book,
    live,
    streams,
    record: new PublicRecord(sql, keys),
    cast: {
      sql,
      keys,
      book,
      limiter: new CastLimiter(),
      stored: (round) => {
        live.accepted(round);
      },
    },
    version: options.version,
  };
  await book.reload();
  const unlisten = await live.listen();

  const siteOrigin = new URL(options.siteUrl).origin;
  let inFlight = 0;
  let stopped = false;
  const server = createServer(
    { maxHeaderSize: 8 * 1024, connectionsCheckingInterval: 5000 },
    (request, response) => {
      setCommonHeaders(response, siteOrigin);
      response.on('close', () => {
        // While stopping, a connection kept alive would hold the process for its whole timeout.
        if (stopped)
          setImmediate(() => {
            server.closeIdleConnections();
          });
      });
      if (request.method === 'OPTIONS') {
        answerPreflight(response);
        return;
      }
      if (inFlight >= MAX_IN_FLIGHT) {
        unavailable(response);
        return;
      }
      inFlight += 1;
      void answer(request, response, parts, {
        log,
        withinMs: options.answerWithinMs ?? ANSWER_WITHIN_MS,
      }).finally(() => {
        inFlight -= 1;
      });
    },
  );
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  server.keepAliveTimeout = 20_000;
  const port = await listening(server, options.port);

  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> = Promise.resolve();
  const schedule = (): void => {
    timer = setTimeout(() => {
      ticking = live
        .tick()
        .catch((error: unknown) => {
          log.error({ err: error }, 'tick failed');
        })
        .finally(() => {
          if (!stopped) schedule();
        });
    }, TICK_MS);
  };
  if (options.ticking) schedule();

  return {
    port,
    tick: () => live.tick(),
    close: async () => {
      stopped = true;
      clearTimeout(timer);
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      streams.closeAll();
      server.closeIdleConnections();
      await ticking;
      const patience = setTimeout(() => {
        server.closeAllConnections();
      }, STOP_WITHIN_MS);
      await closed;
      clearTimeout(patience);
      await unlisten().catch(() => undefined);
      await sql.end({ timeout: 5 });
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  parts: BoxParts,
  { log, withinMs }: { log: Logger; withinMs: number },
): Promise<void> {
  const deadline = setTimeout(() => {
    if (!response.headersSent) unavailable(response);
  }, withinMs);
  try {
    await route(request, response, parts);
  } catch (error) {
    if (error instanceof TooLarge) {
      response.setHeader('connection', 'close');
      sendJson(response, 422, refusal('too-large'));
    } else if (response.headersSent) {
      // Half an answer cannot be taken back: the client must see that it broke off.
      response.destroy();
    } else if (!response.destroyed) {
      log.error({ err: error }, 'request failed');
      unavailable(response);
    }
  } finally {
    clearTimeout(deadline);
  }
}

function unavailable(response: ServerResponse): void {
  response.setHeader('retry-after', '2');
  sendJson(response, 503, refusal('unavailable'));
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
