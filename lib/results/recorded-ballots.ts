import { createHash } from 'node:crypto';
import { leafInput } from '@/lib/ballots/body';
import { parseBody } from '@/lib/ballots/input';
import { parseLine } from '@/lib/record/ballots';
import { tallyInputHash } from './input-hash';
import type { CountedBallot } from './types';

/**
 * The ballots that were counted, read again from the public record: of each credential the one with
 * the highest number. Signatures are not checked a second time: the tally has, and the input hash of
 * its result names exactly these leaves. Null when the record gives another hash, or is not one.
 */
export async function recordedBallots(
  lines: AsyncIterable<string> | Iterable<string>,
  published: { readonly manifestHash: string; readonly inputHash: string },
): Promise<CountedBallot[] | null> {
  const newest = new Map<string, { readonly n: number; readonly ballot: CountedBallot }>();
  for await (const text of lines) {
    const line = parseLine(text);
    const body = line === null ? null : parseBody(line[0]);
    if (line === null || !body?.ok) return null;
    const { k, n, d, c } = body.value;
    const before = newest.get(k);
    if (before !== undefined && before.n >= n) continue;
    const leaf = createHash('sha256').update(leafInput(line)).digest('hex');
    newest.set(k, { n, ballot: { leaf, group: d, choices: c } });
  }
  const ballots = [...newest.values()].map(({ ballot }) => ballot);
  const leaves = ballots.map(({ leaf }) => leaf);
  return tallyInputHash(published.manifestHash, leaves) === published.inputHash ? ballots : null;
}
