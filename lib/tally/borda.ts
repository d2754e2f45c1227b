import { at } from './at';
import { tieBreaker } from './ties';
import { votesPerProject } from './supports';
import type { BordaRule, Election, RankingPlace, RankingResult, Tie, TieCriterion } from './types';

/**
 * Positional ranking without money (spec 7). With K slots the first place of a ballot gets K, the
 * second K − 1, …, places after K nothing, however many the ballot fills: a voter who names only
 * one still gives it K, so nobody loses weight by ranking fewer. With `ballot-length` the first of
 * a ballot of k gets k and the last 1, as published "score" columns do.
 *
 * Equal scores: more first places goes first, then more second places, …, then the tie rule.
 */
export function countBorda(election: Election, rule: BordaRule): Omit<RankingResult, 'engine'> {
  const { profile, projects } = election;
  if (profile.kind !== 'ranking') throw new RangeError('Borda needs rankings.');
  const votes = votesPerProject(profile, projects.length);
  const scores = new Float64Array(projects.length);
  const places = projects.map((): number[] => []);

  for (let g = 0; g < profile.groups; g++) {
    const count = Number(profile.counts[g]);
    const start = Number(profile.starts[g]);
    const length = Number(profile.starts[g + 1]) - start;
    for (let position = 0; position < length; position++) {
      const c = Number(profile.entries[start + position]);
      scores[c] = Number(scores[c]) + count * scoreOfPlace(rule.slots, position, length);
      const counted = at(places, c);
      while (counted.length <= position) counted.push(0);
      counted[position] = at(counted, position) + count;
    }
  }

  const ties = tieBreaker(rule.ties, projects, votes);
  const byPlaces = (a: number, b: number): number => {
    const difference = Number(scores[b]) - Number(scores[a]);
    if (difference !== 0) return difference;
    const left = at(places, a);
    const right = at(places, b);
    for (let position = 0; position < Math.max(left.length, right.length); position++) {
      const more = (right[position] ?? 0) - (left[position] ?? 0);
      if (more !== 0) return more;
    }
    return 0;
  };
  const order = projects.map((_, index) => index);
  order.sort((a, b) => byPlaces(a, b) || ties.compare(a, b));

  return {
    kind: 'ranking',
    rule,
    voters: profile.voters,
    ranking: order.map((c, rank): RankingPlace => ({
      id: at(projects, c).id,
      place: rank + 1,
      score: Number(scores[c]),
      places: at(places, c),
      votes: Number(votes[c]),
    })),
    ties: drawnTies(order, byPlaces, ties.choose, election),
  };
}

function scoreOfPlace(slots: BordaRule['slots'], position: number, length: number): number {
  if (slots === 'ballot-length') return length - position;
  if (typeof slots === 'number') return Math.max(0, slots - position);
  return slots[position] ?? 0;
}

/** Runs of projects that scores and places leave equal: the tie rule ordered them. */
function drawnTies(
  order: readonly number[],
  compareCounted: (a: number, b: number) => number,
  choose: (tied: readonly number[]) => { chosen: number; decidedBy: TieCriterion },
  { projects }: Election,
): Tie[] {
  const ties: Tie[] = [];
  for (let from = 0; from < order.length;) {
    const first = at(order, from);
    const tied = order.slice(from).filter((c) => compareCounted(first, c) === 0);
    if (tied.length > 1) {
      const { chosen, decidedBy } = choose(tied);
      ties.push({
        place: from + 1,
        tied: tied.sort((a, b) => a - b).map((c) => at(projects, c).id),
        chosen: at(projects, chosen).id,
        decidedBy,
        mattered: true,
      });
    }
    from += tied.length;
  }
  return ties;
}
