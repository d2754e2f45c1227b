import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { connectBallotBox, onOwnConnection } from '@/db/ballot-box/client';
import { CastLimiter, refusal } from './cast';
import { CastQueue } from './cast-queue';
import { setPublicHeaders } from './content';
import { answerPreflight, sendJson, setCommonHeaders, TooLarge } from './http';
import type { BoxKeys } from './keys';
import { Live, TICK_MS } from './live';
import { PublicRecord } from './public-record';
import { Publisher } from './publisher';
import { RecordLogs } from './record-logs';
import { RoundBook } from './round-book';
import { isCast, route, type BoxParts } from './routes';
import { StateFolder } from './state-folder';
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
  /** Tests tick by hand, and every tick publishes and counts at once. */
  readonly ticking: boolean;
  /** Folder outside the database that remembers what was published (threat T35). */
  readonly stateFolder?: string;
  /** For tests of the interval between batches: milliseconds that only ever grow. */
  readonly clock?: () => number;
  /** An answer that takes longer is a 503; a retry with the same bytes finds out what came of it. */
  readonly answerWithinMs?: number;
  /** A request that is not whole by then is a 408, and its connection ends. */
  readonly requestWithinMs?: number;
}

export interface RunningBox {
  readonly port: number;
  tick(): Promise<void>;
  /** Finishes what is under way, ends streams, lets the database go. */
  close(): Promise<void>;
}

/** Requests under way at once; more are told to come back. Casts have their own limit, in the queue. */
const MAX_IN_FLIGHT = 2000;
const REQUEST_WITHIN_MS = 15_000;
/** Each costs some kilobytes, whatever it sends (threat T20). */
const MAX_CONNECTIONS = 10_000;
/** Orders and cosignatures that arrive at once: these may be long, and come from a few machines. */
const MAX_ARRIVING = 32;
const ANSWER_WITHIN_MS = 10_000;
/** However much is left when a round closes. */
const PUBLISH_WITHIN_MS = 600_000;
/** Who has not read the answer by then will ask again. */
const STOP_WITHIN_MS = 15_000;

export async function startBallotBox(options: BoxOptions): Promise<RunningBox> {
  const { log, keys } = options;
  const sql = connectBallotBox(options.databaseUrl, options.connections);
  const book = new RoundBook(sql, (round) => {
    log.error({ round }, 'the manifest of this round is of another version: it is not served');
  });
  const streams = new Streams();
  const folder = options.stateFolder ? await StateFolder.open(options.stateFolder) : null;
  const logs = new RecordLogs(sql, folder);
  const live = new Live(sql, book, logs, streams, options.ticking ? undefined : 0);
  const { clock } = options;
  const publisher = new Publisher({
    sql,
    alone: (work) => onOwnConnection(options.databaseUrl, PUBLISH_WITHIN_MS, work),
    keys,
    book,
    logs,
    log,
    resting: options.ticking || clock !== undefined,
    ...(clock && { clock }),
  });
  const parts: BoxParts = {
    sql,
    keys,
    book,
    live,
    streams,
    record: new PublicRecord(sql, logs),
    logs,
    publisher,
    cast: {
      queue: new CastQueue(sql),
      keys,
      book,
      limiter: new CastLimiter(),
      stored: (round) => {
        live.accepted(round);
      },
    },
    version: options.version,
  };
  try {
    await book.reload();
    await folder?.compare(sql);
    for (const round of book.all()) await logs.synced(round);
  } catch (error) {
    await sql.end({ timeout: 5 });
    throw error;
  }
  const unlisten = await live.listen();
  const tick = async (): Promise<void> => {
    const now = await live.closeWhatIsDue();
    await publisher.tick();
    await publisher.wipe();
    await live.tick(now);
  };

  const siteOrigin = new URL(options.siteUrl).origin;
  let inFlight = 0;
  const arriving = new Set<IncomingMessage>();
  let stopped = false;
  const requestWithinMs = options.requestWithinMs ?? REQUEST_WITHIN_MS;
  const server = createServer(
    { maxHeaderSize: 8 * 1024, connectionsCheckingInterval: requestWithinMs / 3 },
    (request, response) => {
      setCommonHeaders(response, siteOrigin);
      if (request.url?.startsWith('/public-record/')) setPublicHeaders(response);
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
      // Slow bodies of casts must not take the places of others: they count once they are whole.
      const cast = isCast(request);
      if (!cast && inFlight >= MAX_IN_FLIGHT) {
        unavailable(response);
        return;
      }
      if (!cast && request.method !== 'GET') giveWay(arriving, request);
      if (!cast) inFlight += 1;
      void answer(request, response, parts, {
        log,
        withinMs: options.answerWithinMs ?? ANSWER_WITHIN_MS,
      }).finally(() => {
        if (!cast) inFlight -= 1;
      });
    },
  );
  server.headersTimeout = Math.min(10_000, requestWithinMs);
  server.requestTimeout = requestWithinMs;
  server.maxConnections = MAX_CONNECTIONS;
  server.keepAliveTimeout = 20_000;
  const port = await listening(server, options.port);

  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> = Promise.resolve();
  const schedule = (): void => {
    timer = setTimeout(() => {
      ticking = tick()
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
    tick,
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
      // Nobody asks any more; a connection that was cut would never say goodbye.
      await sql.end({ timeout: 1 });
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

/** Of too many bodies that arrive at once, the oldest gives way: an honest one takes no time. */
function giveWay(arriving: Set<IncomingMessage>, request: IncomingMessage): void {
  arriving.add(request);
  const done = (): void => {
    arriving.delete(request);
  };
  request.once('end', done).once('close', done);
  const [oldest] = arriving;
  if (arriving.size > MAX_ARRIVING) oldest?.destroy();
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
