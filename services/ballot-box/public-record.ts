import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BallotBox } from '@/db/ballot-box/client';
import { leavesOf, linesOf, receiptsOf } from '@/db/ballot-box/ballots';
import { lineText } from '@/lib/ballots/body';
import { recordRoot } from '@/lib/record/ballots';
import { utf8 } from '@/lib/shared/bytes';
import { sendJson, sendText } from './http';
import type { BoxKeys } from './keys';
import type { KnownRound } from './round-book';

const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * The public record of a round, as static files would be: the manifest from the opening on, the
 * signed checkpoint, the ballots sorted by leaf and the receipts once the box is closed.
 */
export class PublicRecord {
  /** Per closed round: nothing changes any more, so it is computed once. */
  private readonly checkpoints = new Map<string, Promise<string>>();

  constructor(
    private readonly sql: BallotBox,
    private readonly keys: BoxKeys,
  ) {}

  async serve(
    request: IncomingMessage,
    response: ServerResponse,
    round: KnownRound,
    path: string,
  ): Promise<void> {
    if (path === 'manifest.json') {
      sendManifest(request, response, round);
      return;
    }
    if (round.state !== 'closed') {
      sendJson(response, 404, { reason: 'not-closed' });
      return;
    }
    if (path === 'checkpoint') {
      const text = await this.checkpoint(round);
      const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
      sendText(request, response, {
        text,
        type: 'text/plain; charset=utf-8',
        etag,
        cache: 'no-cache',
      });
    } else if (path === 'ballots/000000.ndjson') {
      await this.sendBallots(response, round.id);
    } else if (path === 'receipts/000000.txt') {
      const codes = await receiptsOf(this.sql, round.id);
      const text = codes.map((code) => `${code}\n`).join('');
      const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
      sendText(request, response, {
        text,
        type: 'text/plain; charset=utf-8',
        etag,
        cache: FOR_EVER,
      });
    } else {
      sendJson(response, 404, { reason: 'not-found' });
    }
  }

  private checkpoint(round: KnownRound): Promise<string> {
    const known = this.checkpoints.get(round.id);
    if (known) return known;
    const made = this.makeCheckpoint(round).catch((error: unknown) => {
      this.checkpoints.delete(round.id);
      throw error;
    });
    this.checkpoints.set(round.id, made);
    return made;
  }

  private async makeCheckpoint(round: KnownRound): Promise<string> {
    const leaves = await leavesOf(this.sql, round.id);
    const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
    const root = recordRoot(utf8(round.text), leaves, sha256);
    return this.keys.checkpoint(round.id, leaves.length + 1, root);
  }

  private async sendBallots(response: ServerResponse, round: string): Promise<void> {
    response.setHeader('cache-control', FOR_EVER);
    response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
    await pipeline(Readable.from(this.ballotLines(round)), response);
  }

  private async *ballotLines(round: string): AsyncGenerator<string> {
    for await (const portion of linesOf(this.sql, round)) {
      yield portion.map((line) => `${lineText(line)}\n`).join('');
    }
  }
}

/** The exact bytes whose hash everybody knows. */
export function sendManifest(
  request: IncomingMessage,
  response: ServerResponse,
  round: KnownRound,
): void {
  sendText(request, response, {
    text: round.text,
    type: 'application/json; charset=utf-8',
    etag: `"${round.hash}"`,
    cache: 'public, max-age=300',
  });
}
