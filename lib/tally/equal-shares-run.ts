import { at, known } from './at';
import { classOf, EPS, type SharesContest } from './equal-shares-contest';
import {
  ExactHistory,
  FROM_THE_START,
  NEVER,
  type ExactPrice,
  type RunTrace,
} from './equal-shares-exact';
import { Opening } from './equal-shares-opening';
import { fraction, toDouble, type Fraction } from './fraction';
import type { TieCriterion } from './types';

/** Layout of `purses`: money first; padded to half a cache line. */
const PURSE = 4;
const ERROR = 1;
const COUNT = 2;

export interface RunTie {
  readonly round: number;
  readonly tied: readonly number[];
  readonly chosen: number;
  readonly decidedBy: TieCriterion;
}

export interface SharesRun {
  readonly trace: RunTrace;
  readonly ties: readonly RunTie[];
  readonly history: ExactHistory;
  /** Units; less than the whole when the run was cut short by `costLimit`. */
  readonly cost: bigint;
  readonly overspent: boolean;
}

/**
 * One pass of the Method of Equal Shares (Peters, Pierczyński, Skowron 2021; spec 2).
 *
 * Every amount is a double with a proven bound on its error: payments and prices are continuous in
 * the money held, so a slightly wrong amount never costs more than its own error. What is decided
 * (who is bought next, who cannot be bought any more, who ran out of money) is taken from doubles
 * only when the bounds separate the cases, and from exact rationals otherwise.
 */
export class EqualShares {
  exactFallbacks = 0;
  private readonly contest: SharesContest;
  /** Per group: money, bound on its error, voters. Side by side: memory is what a count waits for. */
  private readonly purses: Float64Array;
  private trace: RunTrace;
  private history: ExactHistory;

  // Last known price of each candidate, per unit of weight; `low` stays valid, prices never fall.
  private readonly price: Float64Array;
  private readonly margin: Float64Array;
  private readonly low: Float64Array;
  private readonly rich: Float64Array;
  /** 1 when nobody who still has money pays less than the others: price is cost ÷ rich, exactly. */
  private readonly level: Uint8Array;
  private readonly exact = new Map<number, ExactPrice>();
  /** What a candidate asks when nobody is short of money: no endowment makes it cheaper. */
  private readonly whole: Float64Array;
  private readonly opening: Opening;

  constructor(contest: SharesContest) {
    const projects = contest.costs.length;
    const { groups } = contest.election.profile;
    this.contest = contest;
    this.purses = new Float64Array(groups * PURSE);
    contest.election.profile.counts.forEach((count, group) => {
      this.purses[group * PURSE + COUNT] = count;
    });
    this.price = new Float64Array(projects);
    this.margin = new Float64Array(projects);
    this.low = new Float64Array(projects);
    this.rich = new Float64Array(projects);
    this.level = new Uint8Array(projects);
    this.whole = new Float64Array(projects);
    for (const c of contest.candidates) {
      const whole = Number(contest.floatCosts[c]) / Number(contest.supports.totals[c]);
      this.whole[c] = whole * (1 - EPS);
    }
    this.opening = new Opening(contest);
    this.trace = { order: [], roundOf: new Int32Array(0), exhaustedAt: new Int32Array(0) };
    this.history = new ExactHistory(contest, this.trace, []);
  }

  /**
   * Gives every voter `endowment` units (on average) and buys until nothing is affordable.
   * Stops early once more than `costLimit` is spent, if given: Add1 needs no more than that.
   */
  run(endowment: Fraction, costLimit: bigint | null): SharesRun {
    const { contest } = this;
    const projects = contest.costs.length;
    this.trace = {
      order: [],
      roundOf: new Int32Array(projects).fill(-1),
      exhaustedAt: new Int32Array(contest.election.profile.groups).fill(NEVER),
    };
    this.opening.startFrom(endowment);
    this.endow(endowment);
    this.low.set(this.whole);

    const ties: RunTie[] = [];
    const open = new Set(contest.candidates);
    let cost = 0n;
    for (const c of this.opening.order) {
      this.trace.roundOf[c] = this.trace.order.push(c) - 1;
      open.delete(c);
      cost += at(contest.costs, c);
    }
    let opening = true;
    for (;;) {
      const tied = this.cheapest(open);
      const [first] = tied;
      if (first === undefined) break;
      let chosen = first;
      if (tied.length > 1) {
        const decision = contest.ties.choose(tied);
        chosen = decision.chosen;
        ties.push({ round: this.trace.order.length, tied, ...decision });
      }
      opening &&= tied.length === 1 && this.isForegone(chosen);
      if (!this.buy(chosen)) opening = false;
      if (opening) this.opening.extend(chosen, this.trace, this.priceOf(chosen));
      open.delete(chosen);
      cost += at(contest.costs, chosen);
      if (costLimit !== null && cost > costLimit) break;
    }
    const overspent = costLimit !== null && cost > costLimit;
    return { trace: this.trace, ties, history: this.history, cost, overspent };
  }

  /** Hands out the money: the same to everybody, or by class. */
  private endow(average: Fraction): void {
    const { contest, trace } = this;
    const endowments = contest.shares.map(({ num, den }) =>
      fraction(average.num * num, average.den * den),
    );
    this.history = new ExactHistory(contest, trace, endowments);
    const money = endowments.map(({ num, den }) => Number(num) / Number(den));
    const error = endowments.map(({ den }, i) =>
      den === 1n && at(money, i) < 2 ** 53 ? 0 : at(money, i) * EPS,
    );
    const { groups } = contest.election.profile;
    for (let group = 0; group < groups; group++) {
      const holder = classOf(contest, group);
      const paid = Number(this.opening.paid[group]);
      const start = at(money, holder);
      this.purses[group * PURSE] = start - paid;
      this.purses[group * PURSE + ERROR] =
        at(error, holder) + (paid === 0 ? 0 : Number(this.opening.error[group]) + start * EPS);
      if (money[holder] === 0) trace.exhaustedAt[group] = FROM_THE_START;
    }
  }

  private priceOf(c: number): { readonly price: number; readonly margin: number } {
    return { price: Number(this.price[c]), margin: Number(this.margin[c]) };
  }

  /** Whether c, which nobody is short for, would be bought now with any larger endowment as well. */
  private isForegone(c: number): boolean {
    if (this.level[c] !== 1) return false;
    const { floatDivisors } = this.contest;
    const high = (Number(this.price[c]) + Number(this.margin[c])) / Number(floatDivisors[c]);
    // Also what nobody could pay for this time: with more money somebody may.
    for (const other of this.contest.candidates) {
      if (other === c || Number(this.trace.roundOf[other]) >= 0) continue;
      const least = Number(this.whole[other]) / Number(floatDivisors[other]);
      if (least * (1 - EPS) <= high * (1 + EPS)) return false;
    }
    return true;
  }

  /** All candidates that ask the least per unit of utility, ascending; deletes what nobody can pay. */
  private cheapest(open: Set<number>): number[] {
    const { floatDivisors } = this.contest;
    this.exact.clear();
    const evaluated: number[] = [];
    const waiting = [...open].sort(
      (a, b) =>
        Number(this.low[a]) / Number(floatDivisors[a]) -
        Number(this.low[b]) / Number(floatDivisors[b]),
    );
    let best = Infinity;
    for (const c of waiting) {
      const divisor = Number(floatDivisors[c]);
      if ((Number(this.low[c]) / divisor) * (1 - EPS) > best) break;
      if (!this.evaluate(c)) {
        open.delete(c);
        continue;
      }
      evaluated.push(c);
      const high = ((Number(this.price[c]) + Number(this.margin[c])) / divisor) * (1 + EPS);
      best = Math.min(best, high);
    }
    const close = evaluated.filter(
      (c) => (Number(this.low[c]) / Number(floatDivisors[c])) * (1 - EPS) <= best,
    );
    return close.length > 1 ? this.exactlyCheapest(close) : close;
  }

  private exactlyCheapest(close: readonly number[]): number[] {
    const { costs, divisors } = this.contest;
    const allLevel = close.every((c) => this.level[c] === 1 && !this.exact.has(c));
    if (!allLevel) this.exactFallbacks++;
    const priced = close.map((c) => {
      const asked = allLevel
        ? { num: at(costs, c), rich: BigInt(Number(this.rich[c])) }
        : this.exactPrice(c);
      return { c, num: asked.num, den: asked.rich * at(divisors, c) };
    });
    let least = at(priced, 0);
    for (const other of priced) {
      if (other.num * least.den < least.num * other.den) least = other;
    }
    return priced
      .filter(({ num, den }) => num * least.den === least.num * den)
      .map(({ c }) => c)
      .sort((a, b) => a - b);
  }

  /** The exact price of a candidate known to be affordable, computed once a round. */
  private exactPrice(c: number): ExactPrice {
    const before = this.exact.get(c);
    if (before !== undefined) return before;
    const price = this.history.priceAsked(c, this.trace.order.length);
    const asked = known(price, 'affordable in doubles only.');
    this.exact.set(c, asked);
    return asked;
  }

  /** Finds the price of c with its error bound. False when its supporters cannot pay for it. */
  private evaluate(c: number): boolean {
    const { scratch, floatCosts, supports } = this.contest;
    const { projectStarts, groupOf, weightOf } = supports;
    const { purses } = this;
    const cost = Number(floatCosts[c]);
    const end = Number(projectStarts[c + 1]);
    // Whoever cannot pay the price asked pays all; the rest share what is missing; again. Prices
    // never fall, so the last one known already tells most of the poor.
    let price = Number(this.low[c]);
    let holders = 0;
    let length = 0;
    let rich = 0;
    let richMoney = 0;
    let poorMoney = 0;
    let poorError = 0;
    let richError = 0;
    for (let j = Number(projectStarts[c]); j < end; j++) {
      const purse = Number(groupOf[j]) * PURSE;
      const money = Number(purses[purse]);
      if (money === 0) continue;
      holders++;
      const count = Number(purses[purse + COUNT]);
      const weight = weightOf === null ? 1 : Number(weightOf[j]);
      const error = Number(purses[purse + ERROR]);
      if (money < price * weight) {
        poorMoney += count * money;
        poorError += count * error;
        continue;
      }
      richMoney += count * money;
      richError += count * error;
      rich += count * weight;
      scratch.money[length] = money;
      scratch.error[length] = error;
      scratch.count[length] = count;
      scratch.weight[length] = weight;
      length++;
    }
    // Error of adding up n terms one by one: at most n roundings of the running sum.
    const total = poorMoney + richMoney;
    const rounding = (holders + 8) * EPS * (total + cost);
    const doubt = (poorError + richError + rounding) * (1 + EPS);
    if (total + doubt < cost) return false;
    if (total - doubt < cost) return this.evaluateExactly(c);

    let before = -1;
    while (length !== before) {
      before = length;
      price = (cost - poorMoney) / rich;
      length = 0;
      for (let i = 0; i < before; i++) {
        const money = Number(scratch.money[i]);
        const weight = Number(scratch.weight[i]);
        const count = Number(scratch.count[i]);
        const error = Number(scratch.error[i]);
        if (money < price * weight) {
          poorMoney += count * money;
          poorError += count * error;
          rich -= count * weight;
          continue;
        }
        scratch.money[length] = money;
        scratch.weight[length] = weight;
        scratch.count[length] = count;
        scratch.error[length] = error;
        length++;
      }
    }
    const margin = ((poorError + rounding) / rich + price * EPS) * (1 + EPS);
    // With somebody between rich and poor, or nobody rich, the slope and so the bound are unknown.
    const sure = (price + 2 * margin) * (1 + EPS);
    let certain = 0;
    for (let i = 0; i < length; i++) {
      const reach = Number(scratch.money[i]) - Number(scratch.error[i]);
      if (reach > sure * Number(scratch.weight[i])) certain++;
    }
    if (certain !== Math.max(1, length)) return this.evaluateExactly(c);
    this.level[c] = length === holders ? 1 : 0;
    this.keep(c, price, margin, rich);
    return true;
  }

  private evaluateExactly(c: number): boolean {
    this.exactFallbacks++;
    const asked = this.history.priceAsked(c, this.trace.order.length);
    if (asked === null) return false;
    this.exact.set(c, asked);
    const price = toDouble(asked.num, asked.rich * this.history.denominator());
    this.level[c] = 0;
    this.keep(c, price, price * EPS, Number(asked.rich));
    return true;
  }

  private keep(c: number, price: number, margin: number, rich: number): void {
    this.price[c] = price;
    this.margin[c] = margin;
    this.rich[c] = rich;
    this.low[c] = Math.max(Number(this.low[c]), (price - margin) * (1 - EPS));
  }

  /** Charges the supporters of c at its price. True when all of them had money to spare. */
  private buy(c: number): boolean {
    const { supports } = this.contest;
    const { projectStarts, groupOf, weightOf } = supports;
    const round = this.trace.order.length;
    const price = Number(this.price[c]);
    const margin = Number(this.margin[c]);
    const end = Number(projectStarts[c + 1]);
    const unsure: number[] = [];
    let spare = true;
    for (let j = Number(projectStarts[c]); j < end; j++) {
      const group = Number(groupOf[j]);
      const money = Number(this.purses[group * PURSE]);
      if (money === 0) continue;
      const weight = weightOf === null ? 1 : Number(weightOf[j]);
      const rest = money - price * weight;
      const error = Number(this.purses[group * PURSE + ERROR]);
      const doubt = (error + margin * weight + money * EPS) * (1 + EPS);
      if (rest > doubt) {
        this.purses[group * PURSE] = rest;
        this.purses[group * PURSE + ERROR] = doubt;
      } else if (rest < -doubt) {
        spare = false;
        this.exhaust(group, round);
      } else unsure.push(j);
    }
    if (unsure.length > 0) this.settle(c, unsure);
    this.trace.order.push(c);
    this.trace.roundOf[c] = round;
    return spare && unsure.length === 0;
  }

  private exhaust(group: number, round: number): void {
    this.purses[group * PURSE] = 0;
    this.purses[group * PURSE + ERROR] = 0;
    this.trace.exhaustedAt[group] = round;
  }

  /** Decides exactly who of the doubtful supporters has money left after paying for c. */
  private settle(c: number, unsure: readonly number[]): void {
    const { groupOf, weightOf } = this.contest.supports;
    const round = this.trace.order.length;
    this.exactFallbacks++;
    const { num, rich } = this.exactPrice(c);
    const holdings = unsure.map((j) => this.history.groupMoney(Number(groupOf[j]), round));
    const den = this.history.denominator();
    unsure.forEach((j, i) => {
      const group = Number(groupOf[j]);
      const weight = weightOf === null ? 1n : BigInt(Number(weightOf[j]));
      const rest = at(holdings, i) * rich - num * weight;
      if (rest <= 0n) {
        this.exhaust(group, round);
        return;
      }
      const money = toDouble(rest, rich * den);
      this.purses[group * PURSE] = money;
      this.purses[group * PURSE + ERROR] = money * EPS;
    });
    this.history.record({ num, rich });
  }
}
