import { at } from './at';
import { classOf, EPS, type SharesContest } from './equal-shares-contest';
import type { RunTrace } from './equal-shares-exact';
import { toDouble, type Fraction } from './fraction';

/** Part of a slack that is used: rounding of rates never turns a jump into a wrong one. */
const SAFE = 1 - 2 ** -10;
/** With errors above this share of the endowment nothing is promised. */
const MOST_ERROR = 2 ** -34;
/** A slack smaller than this share of the amounts compared is taken for none. */
const LEAST_SLACK = 2 ** -26;

/**
 * By how many units the endowment can grow with every decision of a run staying as it was: the same
 * purchases in the same order, the same voters out of money in the same rounds.
 *
 * With a larger endowment all prices fall or stay and all purses grow or stay, each at a rate that is
 * fixed while the same voters are poor. So the run stays the same until the first of these happens:
 * somebody who paid all can pay the full price; a project that nobody could pay becomes payable; a
 * project that asked more asks less than the one bought (its price falls fastest now: the set of its
 * poor supporters only shrinks). Few voters and a large budget would otherwise mean a million
 * identical steps of Add1.
 */
export function unitsWithoutChange(
  contest: SharesContest,
  { order, exhaustedAt, roundOf }: RunTrace,
  endowment: Fraction,
): number {
  const replay = new Replay(contest, endowment);
  for (let round = 0; round <= order.length; round++) {
    const bought = order[round];
    const rivals = contest.candidates.filter(
      (c) => Number(roundOf[c]) < 0 || Number(roundOf[c]) > round,
    );
    replay.round(bought ?? null, rivals, exhaustedAt, round);
    if (replay.slack <= 0) return 0;
  }
  return replay.slack * SAFE;
}

/** What a project asks now, and how fast that falls per unit of endowment. */
interface Asked {
  readonly c: number;
  readonly price: number;
  readonly falls: number;
  /** Nobody is short: the price does not depend on the endowment. */
  readonly level: boolean;
}

class Replay {
  slack = Infinity;
  private readonly contest: SharesContest;
  private readonly money: Float64Array;
  private readonly grows: Float64Array;
  private readonly error: Float64Array;
  private readonly most: number;

  constructor(contest: SharesContest, endowment: Fraction) {
    const { groups } = contest.election.profile;
    this.contest = contest;
    this.money = new Float64Array(groups);
    this.grows = new Float64Array(groups);
    this.error = new Float64Array(groups);
    const average = toDouble(endowment.num, endowment.den);
    const shares = contest.shares.map(({ num, den }) => toDouble(num, den));
    this.most = average * MOST_ERROR;
    for (let group = 0; group < groups; group++) {
      const share = at(shares, classOf(contest, group));
      this.money[group] = average * share;
      this.grows[group] = share;
      this.error[group] = average * share * EPS;
    }
  }

  /** Takes the slack of one round, then charges for what was bought in it. */
  round(
    bought: number | null,
    rivals: readonly number[],
    exhaustedAt: Int32Array,
    round: number,
  ): void {
    const winner = bought === null ? null : this.asked(bought);
    for (const c of rivals) {
      const rival = this.asked(c);
      // Unaffordable: `asked` has limited the slack.
      if (rival === null) continue;
      // Barely affordable, as what was bought or as what was not: no slack at all.
      if (winner === null) this.slack = 0;
      else this.compare(this.inUtility(winner), this.inUtility(rival));
    }
    if (winner !== null) this.charge(winner, exhaustedAt, round);
  }

  private inUtility({ c, price, falls, level }: Asked): Asked {
    const divisor = Number(this.contest.floatDivisors[c]);
    return { c, price: price / divisor, falls: falls / divisor, level };
  }

  private compare(winner: Asked, rival: Asked): void {
    // Neither price moves: whoever won, by price or by lot, wins again.
    if (winner.level && rival.level) return;
    const gap = rival.price - winner.price;
    this.limit(gap, rival.price, rival.falls - winner.falls, rival.falls + winner.falls);
  }

  /** Narrows the slack to where a gap closes at a rate; `scale` and `rates` are what they are made of. */
  private limit(gap: number, scale: number, rate: number, rates: number): void {
    if (gap <= scale * LEAST_SLACK) this.slack = 0;
    const closing = rate + rates * LEAST_SLACK;
    if (closing > 0) this.slack = Math.min(this.slack, gap / closing);
  }

  /** Null when its supporters cannot pay for it; limits the slack to where they could. */
  private asked(c: number): Asked | null {
    const { supports, election, floatCosts } = this.contest;
    const { projectStarts, groupOf, weightOf } = supports;
    const cost = Number(floatCosts[c]);
    const last = Number(projectStarts[c + 1]);
    let total = 0;
    let growth = 0;
    let rich = 0;
    for (let j = Number(projectStarts[c]); j < last; j++) {
      const group = Number(groupOf[j]);
      const count = Number(election.profile.counts[group]);
      if (Number(this.money[group]) === 0) continue;
      total += count * Number(this.money[group]);
      growth += count * Number(this.grows[group]);
      rich += count * (weightOf === null ? 1 : Number(weightOf[j]));
    }
    if (total <= cost * (1 + LEAST_SLACK)) {
      this.limit(cost - total, cost, growth, growth);
      return null;
    }
    const poor = new Set<number>();
    let left = cost;
    let falls = 0;
    let before: number;
    let tight: boolean;
    do {
      before = poor.size;
      tight = false;
      const price = left / rich;
      for (let j = Number(projectStarts[c]); j < last; j++) {
        const group = Number(groupOf[j]);
        const money = Number(this.money[group]);
        const weight = weightOf === null ? 1 : Number(weightOf[j]);
        if (money === 0 || poor.has(j)) continue;
        if (money >= price * weight) {
          // Too close to being short to be called level.
          tight ||= money < price * weight * (1 + LEAST_SLACK);
          continue;
        }
        const count = Number(election.profile.counts[group]);
        poor.add(j);
        left -= count * money;
        falls += count * Number(this.grows[group]);
        rich -= count * weight;
      }
    } while (poor.size > before);
    return { c, price: left / rich, falls: falls / rich, level: poor.size === 0 && !tight };
  }

  private charge({ c, price, falls }: Asked, exhaustedAt: Int32Array, round: number): void {
    const { supports, election } = this.contest;
    const { projectStarts, groupOf, weightOf } = supports;
    const last = Number(projectStarts[c + 1]);
    let poorError = 0;
    let rich = 0;
    for (let j = Number(projectStarts[c]); j < last; j++) {
      const group = Number(groupOf[j]);
      const count = Number(election.profile.counts[group]);
      if (exhaustedAt[group] === round) poorError += count * Number(this.error[group]);
      else if (Number(this.money[group]) > 0) {
        rich += count * (weightOf === null ? 1 : Number(weightOf[j]));
      }
    }
    const priceError = poorError / rich + price * (last + 8) * EPS;
    for (let j = Number(projectStarts[c]); j < last; j++) {
      const group = Number(groupOf[j]);
      const money = Number(this.money[group]);
      if (money === 0) continue;
      const weight = weightOf === null ? 1 : Number(weightOf[j]);
      const grows = Number(this.grows[group]) + weight * falls;
      if (exhaustedAt[group] === round) {
        this.limit(price * weight - money, money, grows, grows);
        this.money[group] = 0;
        continue;
      }
      this.money[group] = Math.max(money - price * weight, Number.MIN_VALUE);
      this.grows[group] = grows;
      const error = Number(this.error[group]) + priceError * weight + money * EPS;
      this.error[group] = error;
      if (error > this.most) this.slack = 0;
    }
  }
}

/** Whether two runs took the same decisions. */
export function sameDecisions(a: RunTrace, b: RunTrace): boolean {
  return (
    a.order.length === b.order.length &&
    a.order.every((c, round) => c === b.order[round]) &&
    a.exhaustedAt.every((round, group) => round === b.exhaustedAt[group])
  );
}

/**
 * Skips steps of Add1 that are proven to change nothing. The far end is counted all the same, and if
 * it is not the same after all, nothing is skipped.
 */
export function leap<Run extends { readonly trace: RunTrace }>(
  now: { readonly run: Run; readonly steps: number },
  more: number,
  runAt: (steps: number) => Run,
): { readonly run: Run; readonly steps: number } {
  if (more < 2 || !Number.isSafeInteger(more)) return now;
  const steps = now.steps + more;
  const run = runAt(steps);
  return sameDecisions(now.run.trace, run.trace) ? { run, steps } : now;
}
