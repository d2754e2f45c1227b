import type { Manifest } from '@/lib/rounds/manifest';
import { contestsFor, mostPicks, optionIds } from '@/lib/rounds/contests';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { sortedByCodePoint, type Choices } from './body';

export type ChoiceReason =
  | 'contests-differ'
  | 'unknown-option'
  | 'repeated-option'
  | 'too-many-ranked'
  | 'too-many-picked'
  | 'not-canonical'
  | 'over-budget';

/**
 * Whether these choices are what the rules of the round allow a voter of this group: exactly the
 * contests of the group in the manifest's order, known options once each, no more of them than the
 * contest allows, allocations sorted by code point and within the envelope. Blank (`[]`) is allowed
 * everywhere. A manifest without `maxPicks` (before decision 0031) limits allocations by money only.
 */
export function checkChoices(
  manifest: Manifest,
  group: string,
  choices: Choices,
): Result<null, ChoiceReason> {
  const contests = contestsFor(manifest, group);
  const answered = Object.keys(choices);
  if (
    answered.length !== contests.length ||
    contests.some((contest, index) => contest.id !== answered[index])
  ) {
    return refuse('contests-differ');
  }
  for (const contest of contests) {
    const picks = choices[contest.id] ?? [];
    const known = new Set(optionIds(contest));
    if (picks.some((pick) => !known.has(pick))) return refuse('unknown-option');
    if (new Set(picks).size !== picks.length) return refuse('repeated-option');
    if (contest.kind === 'rank') {
      if (picks.length > contest.maxRanked) return refuse('too-many-ranked');
      continue;
    }
    if (picks.length > mostPicks(contest)) return refuse('too-many-picked');
    const sorted = sortedByCodePoint(picks);
    if (sorted.some((pick, index) => pick !== picks[index])) return refuse('not-canonical');
    const chosen = contest.proposals.filter((proposal) => picks.includes(proposal.id));
    const cents = chosen.reduce((sum, proposal) => sum + proposal.costCents, 0);
    if (cents > contest.envelopeCents) return refuse('over-budget');
  }
  return ok(null);
}

/**
 * Choices as a ballot carries them: every contest of the group in the manifest's order, rankings in
 * the voter's order, allocations sorted. Options that are not in the contest are left out.
 */
export function canonicalChoices(manifest: Manifest, group: string, picked: Choices): Choices {
  return Object.fromEntries(
    contestsFor(manifest, group).map((contest) => {
      const known = optionIds(contest);
      const picks = (picked[contest.id] ?? []).filter((pick) => known.includes(pick));
      return [contest.id, contest.kind === 'rank' ? picks : sortedByCodePoint(picks)];
    }),
  );
}
