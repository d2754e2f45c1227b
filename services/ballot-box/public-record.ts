import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BallotBox } from '@/db/ballot-box/client';
import { checkpointNote } from '@/db/ballot-box/record';
import {
  cosignaturesOf,
  figuresAt,
  publishedLines,
  publishedNotes,
  receiptsOfBatch,
  shownSizes,
  tallyOf,
} from '@/db/ballot-box/record-files';
import { lineText } from '@/lib/ballots/body';
import { BALLOTS_PER_FILE, LEAVES_PER_FILE, RECORD_FILES } from '@/lib/record/files';
import { SEALED_NOTES, type RecordIndex } from '@/lib/record/format';
import { parseNote } from '@/lib/record/notes';
import type { LiveFigures } from '@/lib/results/live';
import { answeredByTag, etagOf, sendContent, type Content } from './content';
import { sendJson } from './http';
import type { RecordLog } from './record-log';
import type { RecordLogs } from './record-logs';
import type { KnownRound } from './round-book';

/** What never changes, what may still gain a cosignature, and what grows. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const SHORTLY = 'public, max-age=60';
const ASK_AGAIN = 'no-cache';

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const LINES = 'application/x-ndjson; charset=utf-8';
const BINARY = 'application/octet-stream';

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly round: KnownRound;
}

/** The public record of a round as `lib/record/format.ts` says, with the headers of static files. */
export class PublicRecord {
  constructor(
    private readonly sql: BallotBox,
    private readonly logs: RecordLogs,
  ) {}

  async serve(asked: Asked, path: string): Promise<void> {
    const { request, response, round } = asked;
    const log = this.logs.of(round);
    const ballots = numbered(path, 'ballots/', '.ndjson', RECORD_FILES.ballots);
    if (ballots !== null && log.sealed) {
      await this.sendBallots(asked, log, ballots);
      return;
    }
    const file = await this.file(round, log, path);
    if (file === null) {
      sendJson(response, 404, { reason: 'not-found' });
      return;
    }
    sendContent(request, response, { ...file, cache: cacheOf(round, file.cache) });
  }

  private async file(round: KnownRound, log: RecordLog, path: string): Promise<Content | null> {
    switch (path) {
      case RECORD_FILES.manifest:
        return { content: round.text, type: JSON_TYPE, cache: FOR_EVER };
      case RECORD_FILES.index:
        return { content: await this.index(round, log), type: JSON_TYPE, cache: ASK_AGAIN };
      case RECORD_FILES.checkpoint:
        return this.checkpoint(round, log.size, ASK_AGAIN);
      case RECORD_FILES.notes:
        return { content: await this.notes(round, log), type: LINES, cache: ASK_AGAIN };
      case RECORD_FILES.tally: {
        const tally = await tallyOf(this.sql, round.id);
        return tally === null ? null : { content: tally, type: JSON_TYPE, cache: FOR_EVER };
      }
    }
    return this.numberedFile(round, log, path);
  }

  private async numberedFile(
    round: KnownRound,
    log: RecordLog,
    path: string,
  ): Promise<Content | null> {
    const checkpoint = numbered(path, 'checkpoints/', '', RECORD_FILES.checkpointOf);
    if (checkpoint !== null) return this.checkpoint(round, checkpoint, SHORTLY);
    const receipts = numbered(path, 'receipts/', '.txt', RECORD_FILES.receipts);
    if (receipts !== null) return this.receipts(round, log, receipts);
    const live = numbered(path, 'live/', '.json', RECORD_FILES.live);
    if (live !== null) return this.live(round, live);
    const leaves = numbered(path, 'leaves/', '.bin', RECORD_FILES.leaves);
    const bytes = leaves === null ? null : log.leafFile(leaves);
    if (leaves === null || bytes === null) return null;
    const full = log.sealed || (leaves + 1) * LEAVES_PER_FILE <= log.size;
    const etag = etagOf(`${log.checkpoint}${String(leaves)}`);
    return { content: bytes, type: BINARY, cache: full ? FOR_EVER : ASK_AGAIN, etag };
  }

  private async index(round: KnownRound, log: RecordLog): Promise<string> {
    const shown = await shownSizes(this.sql, round.id);
    const open = round.state === 'open' ? 'open' : 'closed';
    const index: RecordIndex = {
      v: 1,
      round: round.id,
      // Of the log as it is served: whoever reads `sealed` finds the closing note.
      state: log.sealed ? 'sealed' : open,
      size: log.size,
      checkpoints: [...log.checkpoints],
      live: shown.live.filter((size) => size <= log.size),
      leafFiles: log.leafFiles,
      ballotFiles: log.sealed ? Math.ceil(log.ballots / BALLOTS_PER_FILE) : 0,
      hasTally: shown.hasTally && log.sealed,
    };
    return JSON.stringify(index);
  }

  private async checkpoint(
    round: KnownRound,
    size: number,
    cache: string,
  ): Promise<Content | null> {
    const note = await checkpointNote(this.sql, round.id, size);
    if (note === null) return null;
    const cosigned = await cosignaturesOf(this.sql, round.id, size);
    return { content: note + cosigned.map((line) => `${line}\n`).join(''), type: TEXT, cache };
  }

  private async receipts(round: KnownRound, log: RecordLog, size: number): Promise<Content | null> {
    if (size === log.checkpoints[0] || !log.checkpoints.includes(size)) return null;
    const codes = await receiptsOfBatch(this.sql, round.id, size);
    return { content: codes.map((code) => `${code}\n`).join(''), type: TEXT, cache: FOR_EVER };
  }

  private async live(round: KnownRound, size: number): Promise<Content | null> {
    const figures = await figuresAt(this.sql, round.id, size);
    if (figures === null) return null;
    const { voters, contests } = JSON.parse(figures) as LiveFigures;
    const file = { v: 1, round: round.id, size, voters, contests };
    return { content: JSON.stringify(file), type: JSON_TYPE, cache: FOR_EVER };
  }

  private async notes(round: KnownRound, log: RecordLog): Promise<string> {
    const notes = await publishedNotes(this.sql, round.id, log.size);
    return notes
      .filter(({ text }) => log.sealed || !isSealedNote(text))
      .map(({ position, text }) => `${JSON.stringify([position, text])}\n`)
      .join('');
  }

  private async sendBallots(
    { request, response, round }: Asked,
    log: RecordLog,
    file: number,
  ): Promise<void> {
    const first = file * BALLOTS_PER_FILE;
    if (first >= log.ballots) {
      sendJson(response, 404, { reason: 'not-found' });
      return;
    }
    const last = Math.min(first + BALLOTS_PER_FILE, log.ballots) - 1;
    // The closing checkpoint fixes the content of every file.
    const etag = etagOf(`${log.checkpoint}${String(file)}`);
    if (answeredByTag(request, response, etag, cacheOf(round, FOR_EVER))) return;
    response.writeHead(200, { 'content-type': LINES });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const [from, to] = [log.positionOfBallot(first), log.positionOfBallot(last) + 1];
    await pipeline(Readable.from(this.ballotLines(round.id, from, to)), response);
  }

  private async *ballotLines(round: string, from: number, to: number): AsyncGenerator<string> {
    for await (const portion of publishedLines(this.sql, round, from, to)) {
      yield portion.map((line) => `${lineText(line)}\n`).join('');
    }
  }
}

/** In a demonstration the same address may hold another record tomorrow. */
function cacheOf(round: KnownRound, cache: string): string {
  return round.manifest.demo ? ASK_AGAIN : cache;
}

function isSealedNote(text: string): boolean {
  const note = parseNote(text);
  return note === null || SEALED_NOTES.includes(note.type);
}

/** The number in a file's name, when the name is exactly what the number gives. */
function numbered(
  path: string,
  prefix: string,
  suffix: string,
  name: (number: number) => string,
): number | null {
  if (!path.startsWith(prefix) || !path.endsWith(suffix)) return null;
  const digits = path.slice(prefix.length, path.length - suffix.length);
  if (!/^[0-9]{1,10}$/.test(digits)) return null;
  const number = Number(digits);
  return number <= 2_147_483_647 && name(number) === path ? number : null;
}

/** The exact bytes whose hash everybody knows. */
export function sendManifest(
  request: IncomingMessage,
  response: ServerResponse,
  round: KnownRound,
): void {
  sendContent(request, response, {
    content: round.text,
    type: JSON_TYPE,
    cache: 'public, max-age=300',
    etag: `"${round.hash}"`,
  });
}
