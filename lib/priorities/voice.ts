import { DIMENSION_IDS } from '@/lib/plan/types';
import { byDimension } from '@/lib/results/types';
import type { ByDimension } from '@/lib/results/types';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { ONE, minus, over, plus, ratio, times, toExact, total, type Ratio } from './ratio';
import { WHOLE_BP } from './types';
import type { GroupVoice, GroupVotes, PriorityRule, Voice } from './types';

const sum = (values: readonly number[]): bigint =>
  values.reduce((all, value) => all + BigInt(value), 0n);

/** Shares of votes, or null when there are none. */
function sharesOf(votes: ByDimension<number>): ByDimension<Ratio> | null {
  const all = sum(DIMENSION_IDS.map((code) => votes[code]));
  return all === 0n ? null : byDimension((code) => ratio(votes[code], all));
}

const asText = (shares: ByDimension<Ratio>): ByDimension<string> =>
  byDimension((code) => toExact(shares[code]));

/**
 * Step 1 of the resource priorities: the voice of the province, corrected for turnout.
 *
 * `v[i,d]` is the share of group i's votes for dimension d; `S[d] = Σ ω[i]·v[i,d]`, where `ω[i]`
 * is half the group's share of the population and half its share of need (population × poverty;
 * the halves are `rule.populationShareBp`). A group with `n` valid ballots, fewer than
 * `rule.fewBallots` (m), speaks with `(n·v + m·v_province) ÷ (n + m)`; one with none, with the
 * province's voice. Raw counts stay beside every share.
 *
 * All shares are exact and add up to 1. Refused: `nothing-asked` when nobody gave a vote.
 * Throws when no group has inhabitants or an input is negative or fractional.
 * Source: design/priorities.md, step 1; shrinkage is the usual additive (Dirichlet) estimate.
 */
export function voiceOfProvince(
  groups: readonly GroupVotes[],
  rule: PriorityRule,
): Result<Voice, 'nothing-asked'> {
  for (const group of groups) assertWhole(group);
  const population = sum(groups.map((group) => group.population));
  const need = sum(groups.map((group) => group.need));
  const votes = byDimension((code) => Number(sum(groups.map((group) => group.votes[code]))));
  const provinceShare = sharesOf(votes);
  if (provinceShare === null) return refuse('nothing-asked');

  const alone = ratio(rule.populationShareBp, WHOLE_BP);
  const spoken = groups.map((group) => {
    const populationShare = ratio(group.population, population);
    // Where nobody is poor, need says nothing and population stands in for it.
    const needShare = need === 0n ? populationShare : ratio(group.need, need);
    const weight = plus(times(alone, populationShare), times(minus(ONE, alone), needShare));
    const share = sharesOf(group.votes);
    const voice = drawnIn(group.ballots, share, provinceShare, rule.fewBallots);
    return { group, populationShare, needShare, weight, share, voice };
  });

  return ok({
    groups: spoken.map(
      ({ group, populationShare, needShare, weight, share, voice }): GroupVoice => ({
        ...group,
        populationShare: toExact(populationShare),
        needShare: toExact(needShare),
        weight: toExact(weight),
        share: share && asText(share),
        voice: asText(voice),
        fewBallots: group.ballots < rule.fewBallots,
      }),
    ),
    province: {
      ballots: Number(sum(groups.map((group) => group.ballots))),
      votes,
      share: asText(provinceShare),
    },
    voice: asText(
      byDimension((code) => total(spoken.map(({ weight, voice }) => times(weight, voice[code])))),
    ),
  });
}

function drawnIn(
  ballots: number,
  share: ByDimension<Ratio> | null,
  province: ByDimension<Ratio>,
  few: number,
): ByDimension<Ratio> {
  if (share === null) return province;
  if (ballots >= few) return share;
  return byDimension((code) =>
    over(
      plus(times(ratio(ballots), share[code]), times(ratio(few), province[code])),
      ratio(ballots + few),
    ),
  );
}

function assertWhole(group: GroupVotes): void {
  const numbers = [group.population, group.need, group.ballots, ...Object.values(group.votes)];
  if (!numbers.every((value) => Number.isSafeInteger(value) && value >= 0)) {
    throw new RangeError(`Group ${group.id} has a figure that is not a whole number from 0.`);
  }
}
