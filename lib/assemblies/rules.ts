import { createHash } from 'node:crypto';
import { canonicalChoices, checkChoices } from '@/lib/ballots/rules';
import type { Choices } from '@/lib/ballots/body';
import { contestsFor, mostPicks, optionIds } from '@/lib/rounds/contests';
import type { Manifest } from '@/lib/rounds/manifest';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { MinutesFigures, MinutesProblem, PaperEntry, Pass } from './types';

/** Decisions about paper without any I/O. */

/** How a table's minutes are called in the public record. */
export function minutesId(tableNumber: number): string {
  return `mesa-${tableNumber}`;
}

/** What does not add up in closing minutes; null when everything does. */
export function problemOfMinutes(
  minutes: MinutesFigures,
  known: { readonly papers: number; readonly checkedIn: number },
): MinutesProblem | null {
  if (minutes.checkIns !== known.checkedIn) return 'check-ins-differ';
  if (minutes.ballots + minutes.spoiled + minutes.unused !== known.papers) return 'papers-differ';
  if (minutes.ballots + minutes.spoiled > minutes.checkIns) return 'urn-exceeds-check-ins';
  return null;
}

/** The same paper is the same text, whoever keyed it: canonical choices, or `null` when void. */
export function entryText(manifest: Manifest, group: string, choices: Choices | null): string {
  return choices === null ? 'null' : JSON.stringify(canonicalChoices(manifest, group, choices));
}

function countOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/**
 * The numbers in which two entries of one pile differ, ascending. Entries that hold the same ballots
 * as often are the same, in whatever order they were keyed: then there is nothing to arbitrate.
 */
export function differingNumbers(
  manifest: Manifest,
  group: string,
  first: readonly PaperEntry[],
  second: readonly PaperEntry[],
): number[] {
  const texts = (entries: readonly PaperEntry[]) =>
    new Map(entries.map((entry) => [entry.number, entryText(manifest, group, entry.choices)]));
  const ofFirst = texts(first);
  const ofSecond = texts(second);
  const counts = countOf([...ofFirst.values()]);
  const others = countOf([...ofSecond.values()]);
  const isSame =
    counts.size === others.size && [...counts].every(([text, times]) => others.get(text) === times);
  if (isSame) return [];
  return [...new Set([...ofFirst.keys(), ...ofSecond.keys()])]
    .filter((number) => ofFirst.get(number) !== ofSecond.get(number))
    .sort((a, b) => a - b);
}

/** The numbers of a pass: every paper of the pile, or for the third person those that differ. */
export function numbersOf(
  manifest: Manifest,
  table: {
    readonly groupId: string;
    readonly ballots: number | null;
    readonly spoiled: number | null;
  },
  pass: Pass,
  entries: Readonly<Record<1 | 2, readonly PaperEntry[]>>,
): number[] {
  if (pass === 3) return differingNumbers(manifest, table.groupId, entries[1], entries[2]);
  const papers = (table.ballots ?? 0) + (table.spoiled ?? 0);
  return Array.from({ length: papers }, (_, index) => index + 1);
}

/** Whether an entry holds as many valid and void papers as the minutes say. */
export function sumsHold(
  entries: readonly PaperEntry[],
  minutes: Pick<MinutesFigures, 'ballots' | 'spoiled'>,
): boolean {
  const valid = entries.filter(({ choices }) => choices !== null).length;
  return valid === minutes.ballots && entries.length - valid === minutes.spoiled;
}

/** The pile as it is counted: the first entry, and the third person's where the two differed. */
export function settled(first: readonly PaperEntry[], third: readonly PaperEntry[]): PaperEntry[] {
  const arbitrated = new Map(third.map((entry) => [entry.number, entry]));
  return first.map((entry) => arbitrated.get(entry.number) ?? entry);
}

export type KeyedProblem =
  | 'empty'
  | 'not-numbers'
  | 'unknown-option'
  | 'repeated-option'
  | 'too-many-ranked'
  | 'too-many-picked'
  | 'over-budget';

/** What stands for "left blank, or void in this part". */
const BLANK = '0';

/**
 * Reads what an officer typed for one contest: the printed numbers of the chosen options, in the
 * order of a ranking, apart by spaces, commas or dots; `0` when this part is blank or void.
 */
export function readPicks(
  options: readonly string[],
  typed: string,
): Result<string[], 'empty' | 'not-numbers' | 'unknown-option' | 'repeated-option'> {
  const words = typed.split(/[\s,.;-]+/).filter((word) => word !== '');
  if (words.length === 0) return refuse('empty');
  if (words.some((word) => !/^\d{1,4}$/.test(word))) return refuse('not-numbers');
  if (words.length === 1 && Number(words[0]) === Number(BLANK)) return ok([]);
  const picks: string[] = [];
  for (const word of words) {
    const option = options[Number(word) - 1];
    if (option === undefined) return refuse('unknown-option');
    if (picks.includes(option)) return refuse('repeated-option');
    picks.push(option);
  }
  return ok(picks);
}

/** A whole valid paper from what was typed per contest, or what is wrong in which contest. */
export function readPaper(
  manifest: Manifest,
  group: string,
  typed: Readonly<Record<string, string>>,
): { readonly choices: Choices; readonly problems: Readonly<Record<string, KeyedProblem>> } {
  const picked: Record<string, readonly string[]> = {};
  const problems: Record<string, KeyedProblem> = {};
  for (const contest of contestsFor(manifest, group)) {
    const picks = readPicks(optionIds(contest), typed[contest.id] ?? '');
    if (!picks.ok) {
      problems[contest.id] = picks.reason;
      continue;
    }
    picked[contest.id] = picks.value;
    if (contest.kind === 'rank' && picks.value.length > contest.maxRanked) {
      problems[contest.id] = 'too-many-ranked';
    }
    if (contest.kind === 'allocate') {
      if (picks.value.length > mostPicks(contest)) problems[contest.id] = 'too-many-picked';
      const cents = contest.proposals
        .filter(({ id }) => picks.value.includes(id))
        .reduce((sum, { costCents }) => sum + costCents, 0);
      if (cents > contest.envelopeCents) problems[contest.id] = 'over-budget';
    }
  }
  return { choices: canonicalChoices(manifest, group, picked), problems };
}

/** Whether these choices may be a valid paper of this group: the same rules as for a phone's ballot. */
export function isValidPaper(manifest: Manifest, group: string, choices: Choices): boolean {
  return checkChoices(manifest, group, choices).ok;
}

/**
 * Which papers to pull from the pile for the public audit: `size` numbers out of 1 … `papers`, those
 * with the smallest SHA-256 of `minka/paper-sample/v1|seed|round|minutes|number`, ascending by
 * number. Anybody with a hash tool gets the same ones; the seed is thrown in public after the pile
 * is reconciled, so nobody can have known them.
 */
export function sampleNumbers(of: {
  readonly seed: string;
  readonly roundId: string;
  readonly minutes: string;
  readonly papers: number;
  readonly size: number;
}): number[] {
  return Array.from({ length: of.papers }, (_, index) => index + 1)
    .map((number) => ({
      number,
      hash: createHash('sha256')
        .update(`minka/paper-sample/v1|${of.seed}|${of.roundId}|${of.minutes}|${number}`)
        .digest('hex'),
    }))
    .sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : a.number - b.number))
    .slice(0, of.size)
    .map(({ number }) => number)
    .sort((a, b) => a - b);
}
