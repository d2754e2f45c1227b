import { checkBallot, type BallotCrypto, type FrozenManifest } from '@/lib/ballots/check';
import type { CheckedBallot } from '@/lib/ballots/check';
import type { BallotLine, Choices } from '@/lib/ballots/body';
import { checkChoices } from '@/lib/ballots/rules';
import type { BallotReason } from '@/lib/ballots/types';
import { toBase64Url, toHex, utf8 } from '@/lib/shared/bytes';
import type { NoteOf, RecordNote } from './format';
import { merkleRoot, leafHash, type Sha256 } from './merkle';
import { readNotes, type PlacedNote } from './notes';

/** What counts: of each credential its last ballot, and every valid ballot on paper. */
export interface EffectiveBallot {
  /** Hex of 32 bytes: the leaf of an electronic ballot, `paperBallotId` of one on paper. */
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

/** What stands for a paper ballot where an electronic one has its leaf (the note has the leaf). */
export function paperBallotId(
  minutes: string,
  index: number,
  ballot: NoteOf<'paper-ballots'>['ballots'][number],
  sha256: Sha256,
): string {
  return toHex(sha256(utf8(`${minutes}|${index}|${JSON.stringify(ballot)}`)));
}

/** The valid ballots of all piles, in the order of the notes. */
export function paperBallots(notes: Iterable<RecordNote>, sha256: Sha256): EffectiveBallot[] {
  const counted: EffectiveBallot[] = [];
  for (const note of notes) {
    if (note.type !== 'paper-ballots') continue;
    note.ballots.forEach((ballot, index) => {
      const leaf = paperBallotId(note.minutes, index, ballot, sha256);
      counted.push({ leaf, group: ballot.group, choices: ballot.choices });
    });
  }
  return counted;
}

/** The files of a sealed record that say what counts. */
export interface SealedRecord {
  /** Exact bytes of the manifest. */
  readonly manifest: Uint8Array;
  /** Lines of all ballot files, in order, without line feeds. */
  readonly lines: Iterable<string>;
  /** Text of `notes.ndjson`. */
  readonly notes: string;
}

export type ReadRecord =
  | {
      readonly ok: true;
      /** Electronic and paper: what is counted. */
      readonly effective: EffectiveBallot[];
      /** Electronic lines, replaced ballots included, and the voters behind them. */
      readonly lines: number;
      readonly voters: number;
      readonly notes: PlacedNote[];
      /** Leaves, and the Merkle root over exactly these files. */
      readonly size: number;
      readonly root: Uint8Array;
    }
  | {
      readonly ok: false;
      readonly problem: 'invalid-ballots' | 'invalid-notes' | 'invalid-paper';
      readonly problems: LineProblem[];
    };

/**
 * A sealed record as the worker counts it: every line and note checked, put in the order of their
 * leaves, electronic and paper ballots together. The caller compares size and root with the signed
 * checkpoint. `problems` name lines of the ballot files, of notes.ndjson, or paper ballots (from 1).
 */
export function readRecord(
  frozen: FrozenManifest,
  record: SealedRecord,
  crypto: BallotCrypto,
): ReadRecord {
  const { manifest } = frozen;
  const sha256: Sha256 = (bytes) => crypto.sha256(bytes);
  const notes = readNotes(record.notes, manifest.round);
  if (!notes.ok) {
    return {
      ok: false,
      problem: 'invalid-notes',
      problems: [{ line: notes.line, reason: 'malformed' }],
    };
  }
  const verified = verifyBallotLines(frozen, record.lines, crypto);
  if (!verified.ok) return { ok: false, problem: 'invalid-ballots', problems: verified.problems };
  const paper = paperBallots(
    notes.value.map(({ note }) => note),
    sha256,
  );
  const problems = paper.flatMap(({ group, choices }, index) => {
    const rule = checkChoices(manifest, group, choices);
    return rule.ok ? [] : [{ line: index + 1, reason: rule.reason }];
  });
  if (problems.length > 0) return { ok: false, problem: 'invalid-paper', problems };

  const leaves = [leafHash(record.manifest, sha256)];
  let next = 0;
  for (const [index, { position, text }] of notes.value.entries()) {
    for (; leaves.length < position; next++) {
      const leaf = verified.leaves[next];
      // A position beyond the last leaf: the note belongs to another record.
      if (leaf === undefined) {
        return {
          ok: false,
          problem: 'invalid-notes',
          problems: [{ line: index + 1, reason: 'malformed' }],
        };
      }
      leaves.push(leaf);
    }
    leaves.push(leafHash(utf8(text), sha256));
  }
  for (const leaf of verified.leaves.slice(next)) leaves.push(leaf);
  return {
    ok: true,
    effective: [...verified.effective, ...paper],
    lines: verified.lines,
    voters: verified.effective.length,
    notes: notes.value,
    size: leaves.length,
    root: merkleRoot(leaves, sha256),
  };
}

/** Root of a closed record: leaf 0 is the manifest, then the ballots in the order of the file. */
export function recordRoot(
  manifestText: Uint8Array,
  ballotLeaves: readonly Uint8Array[],
  sha256: Sha256,
): Uint8Array {
  return merkleRoot([leafHash(manifestText, sha256), ...ballotLeaves], sha256);
}
