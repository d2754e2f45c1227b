import { z } from 'zod';
import { LEAVES_PER_FILE, RECORD_FILES } from '@/lib/record/files';

/** A record as it is served somewhere: reads what a witness needs, bounded in size and time. */

/** Gone, slow, or not what the format says: nothing is known, so nothing is concluded. */
export class Away extends Error {}

type Fetch = (address: string, init: RequestInit) => Promise<Response>;

const PATIENCE_MS = 30_000;
const HASH = 32;
const MAX_NOTE_BYTES = 256 * 1024;
const MAX_MANIFEST_BYTES = 8 * 1024 * 1024;
/** Also what may stand in a file name. */
const ROUND = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

const listing = z.object({ rounds: z.array(z.string().regex(ROUND)).max(10_000) });

/** The box, or a folder of the web that mirrors it, and the round when the address names one. */
export interface Place {
  readonly base: string;
  readonly round: string | null;
}

/** `https://urna.example` or `https://urna.example/public-record/<round>`; null when it is neither. */
export function placeOf(address: string): Place | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const match = /^(.*?)(?:\/public-record(?:\/([^/]+))?)?\/*$/.exec(url.pathname);
  const round = match?.[2] ?? null;
  if (round !== null && !ROUND.test(round)) return null;
  return { base: url.origin + (match?.[1] ?? ''), round };
}

export class Remote {
  constructor(
    private readonly base: string,
    private readonly fetch: Fetch = globalThis.fetch,
  ) {}

  /** Rounds whose records the box lists, or null when it lists none. */
  async rounds(): Promise<string[] | null> {
    const response = await this.ask(`${this.base}/public-record/index.json`);
    if (response.status === 404) return null;
    const bytes = await this.bytes(response, MAX_MANIFEST_BYTES);
    try {
      return listing.parse(JSON.parse(Buffer.from(bytes).toString())).rounds;
    } catch {
      throw new Away('the list of rounds cannot be read');
    }
  }

  async manifest(round: string): Promise<Uint8Array> {
    return this.file(round, RECORD_FILES.manifest, MAX_MANIFEST_BYTES);
  }

  async checkpoint(round: string): Promise<string> {
    const bytes = await this.file(round, RECORD_FILES.checkpoint, MAX_NOTE_BYTES);
    return Buffer.from(bytes).toString();
  }

  /** Leaf hashes [from, to) as concatenated bytes, file by file; only what is new is asked for. */
  async *leaves(round: string, from: number, to: number): AsyncGenerator<Uint8Array> {
    for (let at = from; at < to;) {
      const file = Math.floor(at / LEAVES_PER_FILE);
      const first = file * LEAVES_PER_FILE;
      const end = Math.min(to, first + LEAVES_PER_FILE);
      const start = (at - first) * HASH;
      const headers = start > 0 ? { range: `bytes=${start}-` } : {};
      const response = await this.ask(this.path(round, RECORD_FILES.leaves(file)), { headers });
      const got = await this.bytes(response, LEAVES_PER_FILE * HASH);
      // A server that knows no ranges sends the whole file.
      const fresh = response.status === 206 ? got : got.subarray(start);
      const wanted = (end - at) * HASH;
      if (fresh.length < wanted) throw new Away('the newest leaves are not there yet');
      yield fresh.subarray(0, wanted);
      at = end;
    }
  }

  /** Null when the box keeps the cosignature, else why it does not. */
  async sendCosignature(round: string, size: number, line: string): Promise<string | null> {
    const response = await this.ask(`${this.base}/v1/rounds/${round}/cosignatures`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ size, line }),
    });
    await response.body?.cancel();
    return response.ok ? null : `HTTP ${response.status}`;
  }

  private path(round: string, file: string): string {
    return `${this.base}/public-record/${round}/${file}`;
  }

  private async file(round: string, file: string, limit: number): Promise<Uint8Array> {
    return this.bytes(await this.ask(this.path(round, file)), limit);
  }

  private async ask(address: string, init: RequestInit = {}): Promise<Response> {
    try {
      return await this.fetch(address, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new Away(cause instanceof Error ? cause.message : String(cause));
    }
  }

  private async bytes(response: Response, limit: number): Promise<Uint8Array> {
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Away(`HTTP ${response.status}`);
    }
    const parts: Uint8Array[] = [];
    let length = 0;
    try {
      for await (const part of response.body as AsyncIterable<Uint8Array>) {
        length += part.length;
        if (length > limit) throw new Away('the file is too large');
        parts.push(part);
      }
    } catch (error) {
      if (error instanceof Away) throw error;
      throw new Away(error instanceof Error ? error.message : String(error));
    }
    return Buffer.concat(parts);
  }
}
