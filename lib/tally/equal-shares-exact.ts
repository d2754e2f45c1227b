import { at } from './at';
import { gcd, type Fraction } from './fraction';
import { classOf, type SharesContest } from './equal-shares-contest';

/** `exhaustedAt` of a group that still has money. */
export const NEVER = 0x7fffffff;
/** `exhaustedAt` of a group that had none to begin with. */
export const FROM_THE_START = -1;

/** What a run remembers: enough to recompute every amount exactly afterwards. */
export interface RunTrace {
  /** Bought projects, in order. */
  readonly order: number[];
  /** Round in which each project was bought, or -1. */
  readonly roundOf: Int32Array;
  /** Round in which each group spent its last money, NEVER or FROM_THE_START. */
  readonly exhaustedAt: Int32Array;
}

/** What a candidate asks per unit of weight: num ÷ (den · rich), `den` being the history's. */
export interface ExactPrice {
  readonly num: bigint;
  readonly rich: bigint;
}

/**
 * The payments of a run as exact rationals over one common denominator, computed only when asked.
 *
 * A voter's money is the endowment less what was paid in full, or zero from the round in which it
 * ran out. So any sum of money is (voters × endowment) − Σ (weight that paid in round r) × price_r:
 * integer counting over ballots and one big multiplication per round, however many voters.
 */
export class ExactHistory {
  private readonly contest: SharesContest;
  private readonly trace: RunTrace;
  /** What a voter of each class began with, over `den`. */
  private readonly endowments: bigint[];
  private den: bigint;
  /** Price per unit of weight in each round, over `den`. */
  private readonly prices: bigint[] = [];
  // The sum of money being added up: voters per class, and weight that paid in each round.
  private readonly voters: Float64Array;
  private readonly paid: Float64Array;

  constructor(contest: SharesContest, trace: RunTrace, endowments: readonly Fraction[]) {
    this.contest = contest;
    this.trace = trace;
    this.den = endowments.reduce((den, e) => (den / gcd(den, e.den)) * e.den, 1n);
    this.endowments = endowments.map(({ num, den }) => num * (this.den / den));
    this.voters = new Float64Array(endowments.length);
    this.paid = new Float64Array(contest.costs.length);
  }

  /** Recomputes the price of every round before `round` that is not yet known. */
  private reach(round: number): void {
    while (this.prices.length < round) {
      const now = this.prices.length;
      const c = at(this.trace.order, now);
      let rich = 0;
      this.newSum();
      this.eachSupporter(c, (group, weight, count) => {
        const exhausted = Number(this.trace.exhaustedAt[group]);
        if (exhausted > now) rich += count * weight;
        else if (exhausted === now) this.addMoney(group, count, now);
      });
      this.record({
        num: at(this.contest.costs, c) * this.den - this.sumOfMoney(now),
        rich: BigInt(rich),
      });
    }
  }

  /** Appends the price of the round being bought. Rounds before it must be known. */
  record({ num, rich }: ExactPrice): void {
    const common = gcd(num % rich, rich);
    const factor = rich / common;
    if (factor !== 1n) {
      this.den *= factor;
      for (let i = 0; i < this.endowments.length; i++) {
        this.endowments[i] = at(this.endowments, i) * factor;
      }
      for (let r = 0; r < this.prices.length; r++) this.prices[r] = at(this.prices, r) * factor;
    }
    this.prices.push(num / common);
  }

  /** The price per unit of weight paid in a round. */
  priceOf(round: number): Fraction {
    this.reach(round + 1);
    const num = at(this.prices, round);
    const common = gcd(num, this.den);
    return { num: num / common, den: this.den / common };
  }

  /** What the supporters of c held, together, once `round` purchases were made. */
  moneyOf(c: number, round: number): Fraction {
    this.reach(round);
    this.newSum();
    this.eachSupporter(c, (group, _weight, count) => {
      if (Number(this.trace.exhaustedAt[group]) >= round) this.addMoney(group, count, round);
    });
    const num = this.sumOfMoney(round);
    const common = gcd(num, this.den);
    return { num: num / common, den: this.den / common };
  }

  /** Exact money of one group that has some, as a numerator over `denominator()`. */
  groupMoney(group: number, round: number): bigint {
    this.reach(round);
    this.newSum();
    this.addMoney(group, 1, round);
    return this.sumOfMoney(round);
  }

  denominator(): bigint {
    return this.den;
  }

  /**
   * The price c asks after `round` purchases, or null when its supporters together hold less than
   * it costs. Starting below the answer and moving up, whoever cannot pay is truly poor.
   */
  priceAsked(c: number, round: number): ExactPrice | null {
    this.reach(round);
    const cost = at(this.contest.costs, c) * this.den;
    let active: { money: bigint; weight: bigint; voters: bigint }[] = [];
    // Groups with equal money and weight are interchangeable: fewer big comparisons.
    const seen = new Map<string, { money: bigint; weight: bigint; voters: bigint }>();
    this.eachSupporter(c, (group, weight, count) => {
      if (Number(this.trace.exhaustedAt[group]) < round) return;
      const key = this.paidRounds(group, weight, round);
      const entry = seen.get(key);
      if (entry !== undefined) entry.voters += BigInt(count);
      else {
        const added = {
          money: this.groupMoney(group, round),
          weight: BigInt(weight),
          voters: BigInt(count),
        };
        seen.set(key, added);
        active.push(added);
      }
    });
    const total = active.reduce((sum, { money, voters }) => sum + money * voters, 0n);
    if (total < cost) return null;
    let left = cost;
    let rich = active.reduce((sum, { weight, voters }) => sum + weight * voters, 0n);
    for (;;) {
      const still: typeof active = [];
      const asked = left;
      const share = rich;
      for (const entry of active) {
        if (entry.money * share < asked * entry.weight) {
          left -= entry.money * entry.voters;
          rich -= entry.weight * entry.voters;
        } else still.push(entry);
      }
      if (still.length === active.length) return { num: left, rich };
      active = still;
    }
  }

  /** Which rounds a group has paid for, and its weight for the project in question. */
  private paidRounds(group: number, weight: number, round: number): string {
    const { starts, entries } = this.contest.election.profile;
    const { weights } = this.contest.supports;
    const parts: string[] = [];
    const end = Number(starts[group + 1]);
    for (let e = Number(starts[group]); e < end; e++) {
      const paidIn = Number(this.trace.roundOf[Number(entries[e])]);
      if (paidIn < 0 || paidIn >= round) continue;
      parts.push(weights === null ? `${paidIn}` : `${paidIn}x${Number(weights[e])}`);
    }
    return `${classOf(this.contest, group)}/${parts.sort().join(',')}/${weight}`;
  }

  private newSum(): void {
    this.paid.fill(0);
    this.voters.fill(0);
  }

  private addMoney(group: number, count: number, round: number): void {
    const { starts, entries } = this.contest.election.profile;
    const { weights } = this.contest.supports;
    const holder = classOf(this.contest, group);
    this.voters[holder] = Number(this.voters[holder]) + count;
    const end = Number(starts[group + 1]);
    for (let e = Number(starts[group]); e < end; e++) {
      const paidIn = Number(this.trace.roundOf[Number(entries[e])]);
      if (paidIn < 0 || paidIn >= round) continue;
      const weight = weights === null ? 1 : Number(weights[e]);
      if (weight > 0) this.paid[paidIn] = Number(this.paid[paidIn]) + count * weight;
    }
  }

  private sumOfMoney(round: number): bigint {
    let value = this.endowments.reduce(
      (sum, endowment, i) => sum + BigInt(Number(this.voters[i])) * endowment,
      0n,
    );
    for (let r = 0; r < round; r++) {
      const weight = Number(this.paid[r]);
      if (weight !== 0) value -= BigInt(weight) * at(this.prices, r);
    }
    return value;
  }

  private eachSupporter(
    c: number,
    visit: (group: number, weight: number, count: number) => void,
  ): void {
    const { projectStarts, groupOf, weightOf } = this.contest.supports;
    const { counts } = this.contest.election.profile;
    const end = Number(projectStarts[c + 1]);
    for (let j = Number(projectStarts[c]); j < end; j++) {
      const group = Number(groupOf[j]);
      visit(group, weightOf === null ? 1 : Number(weightOf[j]), Number(counts[group]));
    }
  }
}
