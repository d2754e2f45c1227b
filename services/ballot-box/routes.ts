import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BallotBox } from '@/db/ballot-box/client';
import { findReceipt } from '@/db/ballot-box/record-files';
import { databaseClock } from '@/db/ballot-box/rounds';
import { readCode } from '@/lib/ballots/receipt';
import { castBallot, MAX_ENVELOPE_BYTES, refusal, type CastContext } from './cast';
import { MAX_COSIGNATURE_BYTES, takeCosignature } from './cosignatures';
import { readBody, sendJson, sendText } from './http';
import type { BoxKeys } from './keys';
import { stateAt, type Live } from './live';
import { obeyOrder } from './orders';
import { sendManifest, type PublicRecord } from './public-record';
import type { Publisher } from './publisher';
import { sumOf, type RecordLogs } from './record-logs';
import type { KnownRound, RoundBook } from './round-book';
import type { Streams } from './streams';

export interface BoxParts {
  readonly sql: BallotBox;
  readonly keys: BoxKeys;
  readonly book: RoundBook;
  readonly live: Live;
  readonly streams: Streams;
  readonly record: PublicRecord;
  readonly logs: RecordLogs;
  readonly publisher: Publisher;
  readonly cast: CastContext;
  readonly version: string;
}

const MAX_ORDER_BYTES = 2 * 1024 * 1024;
/** Which rounds have a record here. */
const RECORDS = '/public-record/index.json';

export function isCast({ method, url }: IncomingMessage): boolean {
  return method === 'POST' && url === '/v1/ballots';
}

export async function route(
  request: IncomingMessage,
  response: ServerResponse,
  parts: BoxParts,
): Promise<void> {
  if (isCast(request)) {
    await cast(request, response, parts);
    return;
  }
  const url = new URL(request.url ?? '/', 'http://box');
  const [top, second, id, ...rest] = url.pathname.slice(1).split('/');
  const method = request.method ?? 'GET';

  if (method === 'GET' && url.pathname === '/health') {
    await health(response, parts);
  } else if (top === 'v1' && second === 'rounds' && id) {
    if (method === 'PUT' && rest.length === 0) await order(request, response, id, parts);
    else if (method === 'POST' && rest.length === 1 && rest[0] === 'cosignatures') {
      await cosignature(request, response, id, parts);
    } else if (method === 'GET') await aboutRound({ request, response, url }, id, rest, parts);
    else sendJson(response, 405, { reason: 'method-not-allowed' });
  } else if ((method === 'GET' || method === 'HEAD') && url.pathname === RECORDS) {
    // For witnesses, who follow every round of a box.
    response.setHeader('cache-control', 'no-cache');
    sendJson(response, 200, { v: 1, rounds: parts.book.all().map((round) => round.id) });
  } else if ((method === 'GET' || method === 'HEAD') && top === 'public-record' && second) {
    // Who mirrors the record asks for the headers first; Node leaves the body out of the answer.
    const round = await parts.book.find(second);
    if (round) await parts.record.serve({ request, response, round }, [id, ...rest].join('/'));
    else sendJson(response, 404, { reason: 'unknown-round' });
  } else {
    sendJson(response, 404, { reason: 'not-found' });
  }
}

async function cast(
  request: IncomingMessage,
  response: ServerResponse,
  parts: BoxParts,
): Promise<void> {
  // A form of another site can only post other types: only our scripts reach the box.
  if (!request.headers['content-type']?.startsWith('application/json')) {
    sendJson(response, 422, refusal('malformed'));
    return;
  }
  const answer = await castBallot(await readBody(request, MAX_ENVELOPE_BYTES), parts.cast);
  sendJson(response, answer.status, answer);
}

async function health(response: ServerResponse, { sql, keys, version }: BoxParts): Promise<void> {
  const database = await sql`select 1`.then(
    () => true,
    () => false,
  );
  sendJson(response, database ? 200 : 503, {
    ok: database,
    version,
    database,
    recordKey: keys.recordKey,
  });
}

async function order(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  parts: BoxParts,
): Promise<void> {
  const answer = await obeyOrder(await readBody(request, MAX_ORDER_BYTES), id, parts);
  sendJson(response, answer.status, answer.body);
}

async function cosignature(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  { book, sql }: BoxParts,
): Promise<void> {
  const round = await book.find(id);
  if (!round) {
    sendJson(response, 404, { reason: 'unknown-round' });
    return;
  }
  const answer = await takeCosignature(await readBody(request, MAX_COSIGNATURE_BYTES), round, sql);
  sendJson(response, answer.status, answer.body);
}

async function aboutRound(
  { request, response, url }: { request: IncomingMessage; response: ServerResponse; url: URL },
  id: string,
  [what, argument, ...more]: string[],
  parts: BoxParts,
): Promise<void> {
  const round = await parts.book.find(id);
  if (!round || more.length > 0) {
    sendJson(response, 404, { reason: round ? 'not-found' : 'unknown-round' });
    return;
  }
  if (what === undefined) await describe(response, round, parts);
  else if (what === 'manifest') sendManifest(request, response, round);
  else if (what === 'receipts' && argument) await receipt(response, round, argument, parts);
  else if (what === 'live' || what === 'stream') {
    const contest = contestAsked(round, url);
    const text = await parts.live.snapshot(round, contest);
    if (what === 'stream') {
      if (!parts.streams.add(response, round.id, contest, text)) {
        sendJson(response, 503, { reason: 'too-many-streams' });
      }
      return;
    }
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
    sendText(request, response, {
      text,
      type: 'application/json; charset=utf-8',
      etag,
      cache: 'no-cache',
    });
  } else sendJson(response, 404, { reason: 'not-found' });
}

/** An unknown contest is as good as none: the answer is the same for everyone. */
function contestAsked(round: KnownRound, url: URL): string | null {
  const asked = url.searchParams.get('contest');
  return round.manifest.contests.some(({ id }) => id === asked) ? asked : null;
}

async function describe(
  response: ServerResponse,
  round: KnownRound,
  { sql, logs }: BoxParts,
): Promise<void> {
  const [clock, voters] = await Promise.all([databaseClock(sql), logs.voters(round)]);
  sendJson(response, 200, {
    round: round.id,
    state: stateAt(round, clock),
    // Whether anything is still added to the public record.
    sealed: logs.of(round).sealed,
    manifestHash: round.hash,
    opensAt: round.manifest.opensAt,
    closesAt: round.manifest.closesAt,
    now: new Date(clock).toISOString(),
    ballots: sumOf(voters.all),
  });
}

/**
 * Whether a receipt is in the box, and in which batch it was published (null: not yet). It says
 * nothing about the ballot, not even which it is.
 */
async function receipt(
  response: ServerResponse,
  round: KnownRound,
  typed: string,
  { sql }: BoxParts,
): Promise<void> {
  const code = readCode(typed);
  if (code === null) {
    sendJson(response, 422, { reason: 'not-a-code' });
    return;
  }
  const found = await findReceipt(sql, round.id, code);
  sendJson(response, 200, {
    round: round.id,
    code,
    recorded: found !== null,
    batch: found?.batch ?? null,
    state: round.state === 'open' ? 'open' : 'closed',
  });
}
