import type { CheckId, Findings } from './report';

/** Where the files of a record come from: a folder, a web address, files chosen in a browser. */
export interface RecordSource {
  /**
   * The bytes at a path below the record's root, null when there is no such file. Throws
   * `SourceAway` when it cannot be known, `FileTooLarge` when there are more bytes than allowed.
   */
  read(path: string, maxBytes: number): Promise<Uint8Array | null>;
}

/** The place itself cannot be reached: says nothing about the record. */
export class SourceAway extends Error {
  override readonly name = 'SourceAway';
}

export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/** More than any honest file needs; whatever is larger is refused unread. */
export const MAX_BYTES = {
  manifest: 16 << 20,
  index: 8 << 20,
  checkpoint: 64 << 10,
  leaves: 8192 * 32,
  receipts: 32 << 20,
  live: 4 << 20,
  notes: 256 << 20,
  ballots: 128 << 20,
  tally: 64 << 20,
} as const;

/** The file, or null with a finding when it is missing or larger than any honest one. */
export async function readFileFor(
  check: CheckId,
  source: RecordSource,
  path: string,
  maxBytes: number,
  findings: Findings,
): Promise<Uint8Array | null> {
  try {
    const bytes = await source.read(path, maxBytes);
    if (bytes === null) findings.add(check, 'file-missing', { file: path });
    return bytes;
  } catch (error) {
    if (!(error instanceof FileTooLarge)) throw error;
    findings.add(check, 'file-too-large', { file: path });
    return null;
  }
}

/** Strict UTF-8 without byte order mark tricks, or null. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function jsonOf(bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const AHEAD = 8;

/** Reads ahead so that a slow line is not waited for file by file; yields in order. */
export async function* inOrder<Item, Read>(
  items: readonly Item[],
  read: (item: Item) => Promise<Read>,
): AsyncGenerator<{ item: Item; value: Read }> {
  const started: Promise<Read>[] = [];
  for (const [index, item] of items.entries()) {
    for (let next = started.length; next < items.length && next < index + AHEAD; next++) {
      const promise = read(items[next] as Item);
      // Whoever waits for it sees the failure; one that nobody waits for any more must not crash.
      promise.catch(() => undefined);
      started.push(promise);
    }
    yield { item, value: await (started[index] as Promise<Read>) };
  }
}
