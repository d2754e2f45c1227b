import type { ServerResponse } from 'node:http';

/** Open Server-Sent Events of one process. */

const MAX_STREAMS = 5000;
/** A reader who is this far behind is let go; it reconnects and gets the current figures. */
const MAX_BEHIND_BYTES = 64 * 1024;

interface Stream {
  readonly response: ServerResponse;
  readonly round: string;
  readonly contest: string | null;
}

export class Streams {
  private readonly open = new Set<Stream>();

  /** False when there is no room; the client polls then. */
  add(response: ServerResponse, round: string, contest: string | null, first: string): boolean {
    if (this.open.size >= MAX_STREAMS) return false;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    const stream: Stream = { response, round, contest };
    this.open.add(stream);
    response.on('close', () => this.open.delete(stream));
    response.write(`retry: 2000\n\n${event(first)}`);
    return true;
  }

  /** Which variants of a round somebody is looking at. */
  watched(round: string): Set<string | null> {
    const contests = new Set<string | null>();
    for (const stream of this.open) if (stream.round === round) contests.add(stream.contest);
    return contests;
  }

  send(round: string, contest: string | null, text: string): void {
    for (const stream of this.open) {
      if (stream.round === round && stream.contest === contest) this.write(stream, event(text));
    }
  }

  /** Shows that the line is alive while nothing changes. */
  heartbeat(): void {
    for (const stream of this.open) this.write(stream, 'event: alive\ndata: 1\n\n');
  }

  closeAll(): void {
    for (const { response } of this.open) response.end();
    this.open.clear();
  }

  private write(stream: Stream, text: string): void {
    if (stream.response.writableLength > MAX_BEHIND_BYTES) {
      this.open.delete(stream);
      stream.response.destroy();
      return;
    }
    stream.response.write(text);
  }
}

function event(text: string): string {
  return `data: ${text}\n\n`;
}
