import { createHash } from 'node:crypto';
import { leafInput } from '@/lib/ballots/body';
import { parseBody } from '@/lib/ballots/input';
import { paperBallots, parseLine } from '@/lib/record/ballots';
import { readNotes } from '@/lib/record/notes';
import { toHex } from '@/lib/shared/bytes';
import { tallyInputHash } from './input-hash';
import type { CountedBallot } from './types';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** What the published result says it was counted from. */
export interface PublishedInput {
  readonly round: string;
  readonly manifestHash: string;
  readonly inputHash: string;
}

/**
 * The ballots that were counted, read again from the public record: of each credential the one with
 * the highest number, and those on paper. Signatures are not checked a second time: the tally has, and the input hash of
 * its result names exactly these leaves. Null when the record gives another hash, or is not one.
 */
export async function recordedBallots(
  lines: AsyncIterable<string> | Iterable<string>,
  notes: string,
  published: PublishedInput,
): Promise<CountedBallot[] | null> {
  const newest = new Map<string, { readonly n: number; readonly ballot: CountedBallot }>();
  for await (const text of lines) {
    const line = parseLine(text);
    const body = line === null ? null : parseBody(line[0]);
    if (line === null || !body?.ok) return null;
    const { k, n, d, c } = body.value;
    const before = newest.get(k);
    if (before !== undefined && before.n >= n) continue;
    const leaf = toHex(sha256(leafInput(line)));
    newest.set(k, { n, ballot: { leaf, group: d, choices: c } });
  }
  const placed = readNotes(notes, published.round);
  if (!placed.ok) return null;
  const onPaper = paperBallots(
    placed.value.map(({ note }) => note),
    sha256,
  );
  const ballots = [...[...newest.values()].map(({ ballot }) => ballot), ...onPaper];
  const leaves = ballots.map(({ leaf }) => leaf);
  return tallyInputHash(published.manifestHash, leaves) === published.inputHash ? ballots : null;
}
