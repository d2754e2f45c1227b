import { checkBallot, type BallotCrypto, type FrozenManifest } from '@/lib/ballots/check';
import type { CheckedBallot } from '@/lib/ballots/check';
import type { BallotLine, Choices } from '@/lib/ballots/body';
import type { BallotReason } from '@/lib/ballots/types';
import { toBase64Url, toHex } from '@/lib/shared/bytes';
import { merkleRoot, leafHash, type Sha256 } from './merkle';

/** What counts of the published ballots: one per credential. */
export interface EffectiveBallot {
  /** Hex of 32 bytes. */
  readonly leaf: string;
  /** District group. */
  readonly group: string;
  readonly choices: Choices;
}

export interface LineProblem {
  /** From 1, as in the file. */
  readonly line: number;
  readonly reason: BallotReason;
}

export type VerifiedBallots =
  | {
      readonly ok: true;
      /** In the order of the credentials' first appearance: carries no meaning. */
      readonly effective: EffectiveBallot[];
      /** All lines, replaced ballots included. */
      readonly lines: number;
      /** Leaf hashes in the order of the file. */
      readonly leaves: Uint8Array[];
    }
  | { readonly ok: false; readonly problems: LineProblem[] };

/**
 * Checks every line of `ballots/000000.ndjson` as the box should have done (token, signature, rule)
 * and each credential's chain 1, 2, … linked by leaf; only the highest counts. One bad line and the
 * record is refused as a whole: the problems say which lines and why.
 */
export function verifyBallotLines(
  frozen: FrozenManifest,
  lines: Iterable<string>,
  crypto: BallotCrypto,
): VerifiedBallots {
  const problems: LineProblem[] = [];
  const leaves: Uint8Array[] = [];
  const chains = new Map<string, { line: number; ballot: CheckedBallot }[]>();
  const find = (round: string): FrozenManifest | null =>
    round === frozen.manifest.round ? frozen : null;
  let number = 0;
  for (const text of lines) {
    number += 1;
    const line = parseLine(text);
    const checked =
      line === null
        ? { ok: false as const, reason: 'malformed' as const }
        : checkBallot(line, find, crypto);
    if (!checked.ok) {
      problems.push({ line: number, reason: checked.reason });
      continue;
    }
    leaves.push(checked.value.leaf);
    const credential = toHex(checked.value.credential);
    const chain = chains.get(credential) ?? [];
    chain.push({ line: number, ballot: checked.value });
    chains.set(credential, chain);
  }

  const effective: EffectiveBallot[] = [];
  for (const chain of chains.values()) {
    chain.sort((a, b) => a.ballot.body.n - b.ballot.body.n);
    let previous: string | null = null;
    chain.forEach(({ line, ballot }, index) => {
      if (index > 0 && ballot.body.n === chain[index - 1]?.ballot.body.n) {
        problems.push({ line, reason: 'sequence-taken' });
      } else if (ballot.body.n !== index + 1 || ballot.body.p !== previous) {
        problems.push({ line, reason: 'chain-broken' });
      }
      previous = toBase64Url(ballot.leaf);
    });
    const last = chain.at(-1);
    if (last) {
      const { body, leaf } = last.ballot;
      effective.push({ leaf: toHex(leaf), group: body.d, choices: body.c });
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, effective, lines: number, leaves };
}

/** A line of the record, or null when its text is not exactly what the box writes. */
export function parseLine(text: string): BallotLine | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(json) || json.length !== 2) return null;
  const [body, signature] = json as unknown[];
  if (typeof body !== 'string' || typeof signature !== 'string') return null;
  return JSON.stringify([body, signature]) === text ? [body, signature] : null;
}

/** Root of a closed record: leaf 0 is the manifest, then the ballots in the order of the file. */
export function recordRoot(
  manifestText: Uint8Array,
  ballotLeaves: readonly Uint8Array[],
  sha256: Sha256,
): Uint8Array {
  return merkleRoot([leafHash(manifestText, sha256), ...ballotLeaves], sha256);
}
