import { at } from './at';
import { gcd } from './fraction';
import { fundingResult } from './funding';
import { supportsOf } from './supports';
import { tieBreaker } from './ties';
import type { Election, FundingResult, NotFundedReason, PhragmenRule, Tie } from './types';

const EPS = 2 ** -51;

/**
 * Sequential Phragmén (Los, Christoff, Grossi 2022; spec 3). Every purchase loads its cost on its
 * supporters so that all of them end with the same load; the project that would load them least is
 * bought next. It ends before the first project that no longer fits, or skips it.
 *
 * After a purchase its supporters share one load, so a load is known by the round that set it:
 * `held[c][r]` counts supporters of c whose load was set in round r. That makes each price a short
 * sum over rounds, exact in rationals over one denominator, whatever the number of voters.
 */
export function countPhragmen(
  election: Election,
  rule: PhragmenRule,
): Omit<FundingResult, 'engine'> {
  const count = new Phragmen(election, rule);
  count.run();
  return fundingResult(election, {
    rule,
    votes: count.supporters,
    scores: count.supporters,
    bought: count.bought,
    reasons: count.reasons,
    ties: count.ties,
    exactFallbacks: count.exactFallbacks,
  });
}

class Phragmen {
  readonly bought: number[] = [];
  readonly reasons = new Map<number, NotFundedReason>();
  readonly ties: Tie[] = [];
  readonly supporters: Float64Array;
  exactFallbacks = 0;
  private readonly election: Election;
  private readonly rule: PhragmenRule;
  private readonly supports;
  private readonly breaker;
  private readonly open: Set<number>;
  private readonly held: Float64Array;
  /** Round that set the load of each group, or -1 for none. */
  private readonly setIn: Int32Array;
  // Load set in each round: exactly, over `den`, and as a double with its relative error.
  private readonly loads: bigint[] = [];
  private den = 1n;
  private readonly floats: number[] = [];
  private doubt = EPS;
  private left: bigint;

  constructor(election: Election, rule: PhragmenRule) {
    const { projects, profile, budget } = election;
    this.election = election;
    this.rule = rule;
    this.supports = supportsOf(election, 'cardinality');
    this.supporters = this.supports.supporters;
    this.breaker = tieBreaker(rule.ties, projects, this.supporters);
    this.held = new Float64Array(projects.length * projects.length);
    this.setIn = new Int32Array(profile.groups).fill(-1);
    this.left = budget;
    this.open = new Set();
    projects.forEach(({ cost }, c) => {
      if (Number(this.supporters[c]) === 0 && rule.unsupported !== 'fund') {
        this.reasons.set(c, { reason: 'unsupported' });
      } else if (cost > budget) {
        this.reasons.set(c, { reason: 'above-envelope', budget: budget.toString() });
      } else this.open.add(c);
    });
  }

  run(): void {
    while (this.open.size > 0) {
      const tied = this.leastLoaded();
      const tooDear = tied.filter((c) => at(this.election.projects, c).cost > this.left);
      if (tooDear.length > 0) {
        if (this.rule.overshoot === 'skip') {
          for (const c of tooDear) this.refuse(c);
          continue;
        }
        this.end(at(tooDear, 0), tooDear);
        return;
      }
      this.buy(this.pick(tied));
    }
  }

  private refuse(c: number): void {
    const missing = at(this.election.projects, c).cost - this.left;
    this.reasons.set(c, {
      reason: 'no-money-left',
      left: this.left.toString(),
      missing: missing.toString(),
    });
    this.open.delete(c);
  }

  private end(by: number, tooDear: readonly number[]): void {
    const endedBy = at(this.election.projects, by).id;
    for (const c of tooDear) this.refuse(c);
    for (const c of this.open) this.reasons.set(c, { reason: 'walk-ended', endedBy });
  }

  private pick(tied: readonly number[]): number {
    if (tied.length === 1) return at(tied, 0);
    const { projects } = this.election;
    const { chosen, decidedBy } = this.breaker.choose(tied);
    this.ties.push({
      place: this.bought.length + 1,
      tied: tied.map((c) => at(projects, c).id),
      chosen: at(projects, chosen).id,
      decidedBy,
      mattered: true,
    });
    return chosen;
  }

  /** The candidates whose purchase would leave their supporters with the least load. */
  private leastLoaded(): number[] {
    let best = Infinity;
    const asked = new Map<number, number>();
    for (const c of this.open) {
      const load = this.loadAfter(c);
      asked.set(c, load);
      best = Math.min(best, load * (1 + this.doubt));
    }
    const close = [...this.open].filter((c) => Number(asked.get(c)) * (1 - this.doubt) <= best);
    close.sort((a, b) => a - b);
    // Only projects without any supporters are left: all are equally out of reach.
    if (close.length === 1 || best === Infinity) return close;
    this.exactFallbacks++;
    const exact = close.map((c) => ({ c, num: this.exactLoad(c), voters: this.votersOf(c) }));
    let least = at(exact, 0);
    for (const other of exact) {
      if (other.num * least.voters < least.num * other.voters) least = other;
    }
    return exact
      .filter(({ num, voters }) => num * least.voters === least.num * voters)
      .map(({ c }) => c);
  }

  private votersOf(c: number): bigint {
    return BigInt(Number(this.supporters[c]));
  }

  private loadAfter(c: number): number {
    const row = c * this.election.projects.length;
    let sum = Number(at(this.election.projects, c).cost);
    for (let r = 0; r < this.floats.length; r++) {
      sum += Number(this.held[row + r]) * Number(this.floats[r]);
    }
    const voters = Number(this.supporters[c]);
    return voters === 0 ? Infinity : sum / voters;
  }

  /** Load of the supporters of c after buying it, times their number, over `den`. */
  private exactLoad(c: number): bigint {
    const row = c * this.election.projects.length;
    let sum = at(this.election.projects, c).cost * this.den;
    for (let r = 0; r < this.loads.length; r++) {
      const voters = Number(this.held[row + r]);
      if (voters !== 0) sum += BigInt(voters) * at(this.loads, r);
    }
    return sum;
  }

  private buy(c: number): void {
    const round = this.bought.length;
    this.bought.push(c);
    this.open.delete(c);
    this.left -= at(this.election.projects, c).cost;
    // Bought when nothing with supporters is left: no load is asked for any more.
    if (Number(this.supporters[c]) === 0) return;
    const num = this.exactLoad(c);
    const voters = this.votersOf(c);
    const factor = voters / gcd(num, voters);
    if (factor !== 1n) {
      this.den *= factor;
      for (let r = 0; r < round; r++) this.loads[r] = at(this.loads, r) * factor;
    }
    this.loads.push((num * factor) / voters);
    this.floats.push(this.loadAfter(c));
    // All terms are positive: relative errors do not grow but by the roundings of one sum.
    this.doubt += (round + 4) * EPS;
    this.reload(c, round);
  }

  /** Moves the supporters of c to the load of this round, in the tables of all they support. */
  private reload(c: number, round: number): void {
    const { starts, entries, counts } = this.election.profile;
    const { projectStarts, groupOf } = this.supports;
    const width = this.election.projects.length;
    const last = Number(projectStarts[c + 1]);
    for (let j = Number(projectStarts[c]); j < last; j++) {
      const group = Number(groupOf[j]);
      const voters = Number(counts[group]);
      const before = Number(this.setIn[group]);
      const end = Number(starts[group + 1]);
      for (let e = Number(starts[group]); e < end; e++) {
        const row = Number(entries[e]) * width;
        if (before !== -1) this.held[row + before] = Number(this.held[row + before]) - voters;
        this.held[row + round] = Number(this.held[row + round]) + voters;
      }
      this.setIn[group] = round;
    }
  }
}
