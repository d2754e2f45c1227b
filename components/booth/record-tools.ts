import type { OwnVoteTools } from '@/lib/record/own-vote';

/** The hands of a phone that checks a public record: its network, and the keys its browser knows. */

const ANSWER_WITHIN_MS = 30_000;

/** Reads a round's record from its box; 404 is an answer, anything else but 200 is the box's trouble. */
export function recordReader(boxUrl: string, round: string): OwnVoteTools['read'] {
  const base = `${boxUrl}/public-record/${encodeURIComponent(round)}/`;
  return async (path) => {
    const response = await fetch(base + path, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      // An older checkpoint out of a cache would look like a record that shrank.
      cache: 'no-cache',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`The record answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
}
