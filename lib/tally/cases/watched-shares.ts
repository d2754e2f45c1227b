import { at } from '../at';
import { classOf, type SharesContest } from '../equal-shares-contest';
import { FROM_THE_START, NEVER } from '../equal-shares-exact';
import { EqualShares, type SharesRun } from '../equal-shares-run';
import { compare, fraction, minus, type Fraction } from '../fraction';
import { BITS, exactly, INVERSE, rightBound, scaled, size, within } from './exact-doubles';
import { insideOf, type Inside } from './inside-shares';
import { Ledger, type Giver } from './ledger';

/** Amounts of small elections that are not equal are never nearer than this, by far. */
const FAR = 1e-9;
const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((c, i) => c === b[i]);

/**
 * Runs Equal Shares and compares each step with a ledger in fractions: every decision must be the
 * ledger's, every double within its bound, every bound what may have gone wrong so far and no more,
 * exact arithmetic where amounts are equal and only there, and no candidate looked at in vain.
 */
export class WatchedShares {
  readonly engine: EqualShares;
  readonly inside: Inside;
  /** Promises that were not kept. */
  readonly broken: string[] = [];
  private ledger: Ledger;
  private exactly = 0;
  private tied: readonly number[] = [];
  private opening: number[] = [];
  private last = fraction(0n);
  private foregone = true;

  constructor(private readonly contest: SharesContest) {
    this.engine = new EqualShares(contest);
    const inside = insideOf(this.engine);
    this.inside = inside;
    this.ledger = new Ledger(contest, this.last);
    const { endow, cheapest, evaluate, buy } = inside;
    inside.endow = (average) => {
      endow.call(inside, average);
      this.afterEndow(average);
    };
    inside.cheapest = (open) => this.watchCheapest(open, cheapest.bind(inside));
    inside.evaluate = (c) => this.watchEvaluate(c, evaluate.bind(inside));
    inside.buy = (c) => this.watchBuy(c, buy.bind(inside));
    for (const name of ['evaluateExactly', 'settle', 'exactlyCheapest'] as const) {
      const method: (...args: never[]) => unknown = inside[name];
      Object.assign(inside, {
        [name]: (...args: never[]) => {
          this.called.push(name);
          return method.apply(inside, args);
        },
      });
    }
  }

  private called: string[] = [];
  private gone = new Set<number>();
  private best = Infinity;

  private must(holds: boolean, promise: string): void {
    if (!holds) this.broken.push(promise);
  }

  run(endowment: Fraction): SharesRun {
    this.gone = new Set();
    if (compare(endowment, this.last) < 0) this.opening = [];
    this.last = endowment;
    this.foregone = true;
    const run = this.engine.run(endowment, null);
    this.must(this.engine.exactFallbacks === this.exactly, 'exact decisions are counted');
    this.must(same(this.inside.opening.order, this.opening), 'the opening is remembered');
    return run;
  }

  private purse(group: number): { money: number; error: number; count: number } {
    const [money, error, count] = this.inside.purses.subarray(group * 4, group * 4 + 3);
    return { money: Number(money), error: Number(error), count: Number(count) };
  }

  private afterEndow(average: Fraction): void {
    const { contest, inside, opening } = this;
    this.ledger = new Ledger(contest, average);
    const start = [...this.ledger.money];
    for (const c of contest.candidates) {
      const whole = scaled(Number(inside.whole[c])) * BigInt(Number(contest.supports.totals[c]));
      const cost = at(contest.costs, c) << BigInt(BITS);
      this.must(whole <= cost, 'with nobody short the price is rounded down');
      this.must(whole * INVERSE >= cost * (INVERSE - 3n), 'and hardly');
    }
    for (const c of opening) {
      const price = this.ledger.price(c);
      if (price !== null) this.ledger.buy(c, price);
    }
    this.ledger.money.forEach((exact, group) => {
      const { money, error, count } = this.purse(group);
      const share = at(contest.shares, classOf(contest, group));
      const given = fraction(average.num * share.num, average.den * share.den);
      const first = Number(given.num) / Number(given.den);
      const poor = inside.trace.exhaustedAt[group] === FROM_THE_START;
      this.must(poor === (at(start, group).num === 0n), 'who begins with nothing is marked');
      this.must(count === contest.election.profile.counts[group], 'voters are counted');
      this.must(within(money, exact, error), 'money at the start is within its bound');
      const base = given.den === 1n && first <= 2 ** 53 ? 0n : scaled(first);
      const paid = Number(inside.opening.paid[group]);
      if (paid === 0) this.must(scaled(error) * INVERSE === base, 'first bounds are roundings');
      else {
        const sum = base + scaled(Number(inside.opening.error[group])) * INVERSE + scaled(first);
        this.must(rightBound(error, sum, 1n, 4n), 'a bound behind an opening is that of its parts');
      }
    });
  }

  /** All that ask the least, by the ledger. */
  private least(open: ReadonlySet<number>): number[] {
    let best: Fraction | null = null;
    let tied: number[] = [];
    for (const c of open) {
      const price = this.ledger.price(c);
      if (price === null) continue;
      const asked = fraction(price.num, price.den * at(this.contest.divisors, c));
      const order = best === null ? -1 : compare(asked, best);
      if (order < 0) [best, tied] = [asked, []];
      if (order <= 0) tied.push(c);
    }
    return tied.sort((a, b) => a - b);
  }

  private perUtility(c: number, price: number): number {
    return price / Number(this.contest.floatDivisors[c]);
  }

  private watchCheapest(open: Set<number>, cheapest: Inside['cheapest']): number[] {
    const expected = this.least(open);
    this.best = Infinity;
    this.called = [];
    this.levels.clear();
    const tied = cheapest(open);
    const compared = this.called.includes('exactlyCheapest');
    this.must(same(tied, expected), 'the cheapest are those of the ledger, ascending');
    this.must(compared === expected.length > 1, 'only equal prices are compared exactly');
    if (compared && expected.some((c) => this.levels.get(c) !== 1)) this.exactly++;
    this.tied = tied;
    return tied;
  }

  /** Level flag of what was evaluated this round. */
  private readonly levels = new Map<number, number>();

  private watchEvaluate(c: number, evaluate: Inside['evaluate']): boolean {
    const { ledger, inside, contest } = this;
    const before = Number(inside.low[c]);
    const least = this.perUtility(c, before);
    this.must(least <= this.best * (1 + FAR), 'nothing dearer than the best is looked at');
    this.must(!this.gone.has(c), 'what nobody can pay is not looked at again');
    const cost = Number(contest.floatCosts[c]);
    this.must(before >= Number(inside.whole[c]), 'as if nobody were short is a beginning');
    this.called = this.called.filter((name) => name !== 'evaluateExactly');
    const can = evaluate(c);
    const exact = this.called.includes('evaluateExactly');
    if (exact) this.exactly++;
    const asked = ledger.price(c);
    this.must(can === (asked !== null), 'who can be paid for is known');
    const together = minus(ledger.together(c), fraction(at(contest.costs, c)));
    this.must(together.num !== 0n || exact, 'all or nothing is settled exactly');
    if (!can) this.gone.add(c);
    if (asked === null || !can) {
      this.must(
        !exact || size(together) < FAR * cost,
        'what is far out of reach needs no fraction',
      );
      return can;
    }
    const price = Number(inside.price[c]);
    const margin = Number(inside.margin[c]);
    const low = Number(inside.low[c]);
    this.best = Math.min(this.best, this.perUtility(c, price + margin));
    this.must(within(price, asked, margin), 'a price is within its margin');
    this.must(low >= before, 'the least a candidate asks never falls');
    this.must(compare(exactly(low), asked) <= 0, 'the least is no more than the price');
    const sure = scaled(price) - scaled(margin);
    this.must(low === before || scaled(low) <= sure, 'the least is rounded down');
    this.must(scaled(low) * INVERSE >= sure * (INVERSE - 4n), 'the least is close to the price');
    const givers = ledger.givers(c);
    const rests = givers.map((giver) => ledger.rest(giver, asked));
    const nearest = Math.min(size(together), ...rests.map(size));
    if (exact) {
      this.must(nearest < FAR * cost, 'fractions are for what is close');
      this.must(rightBound(margin, scaled(price)), 'a settled price is only rounded');
      this.must(inside.level[c] === 0, 'a settled price is compared as such');
    } else if (nearest > 0) this.boundOfPrice(c, givers, rests);
    this.levels.set(c, Number(inside.level[c]));
    return can;
  }

  /** The margin: what the poor may hold more or less, a rounding per holder, that of the price. */
  private boundOfPrice(c: number, givers: readonly Giver[], rests: readonly Fraction[]): void {
    const { inside } = this;
    let rich = 0n;
    let poorError = 0n;
    let flow = scaled(Number(this.contest.floatCosts[c]));
    givers.forEach(({ group, count, weight }, i) => {
      const { money, error } = this.purse(group);
      flow += scaled(money) * count;
      if (at(rests, i).num > 0n) rich += weight * count;
      else poorError += scaled(error) * count;
    });
    const rounding = BigInt(givers.length + 8) * flow;
    const sum = poorError * INVERSE + rounding + scaled(Number(inside.price[c])) * rich;
    this.must(rightBound(Number(inside.margin[c]), sum, rich), 'a margin is what its parts say');
    this.must(inside.rich[c] === Number(rich), 'the rich are counted');
    const level = rests.every(({ num }) => num > 0n);
    this.must((inside.level[c] === 1) === level, 'level is where nobody gives all');
  }

  private watchBuy(c: number, buy: Inside['buy']): boolean {
    const { ledger, inside } = this;
    const round = inside.trace.order.length;
    const asked = ledger.price(c) ?? fraction(0n);
    const givers = ledger.givers(c);
    const rests = givers.map((giver) => ledger.rest(giver, asked));
    const before = this.contest.election.profile.counts.length;
    const purses = Array.from({ length: before }, (_, group) => this.purse(group));
    if (this.isForegone(c, asked, rests)) this.opening.push(c);
    this.called = [];
    const spare = buy(c);
    const settled = this.called.includes('settle');
    if (settled) this.exactly++;
    const even = rests.some(({ num }) => num === 0n);
    this.must(settled === even, 'only who pays the very last of it is settled exactly');
    this.must(spare === rests.every(({ num }) => num > 0n), 'whether all had more is known');
    ledger.buy(c, asked);
    const margin = scaled(Number(inside.margin[c]));
    purses.forEach((old, group) => {
      const { money, error } = this.purse(group);
      const exact = at(ledger.money, group);
      this.must((money === 0) === (exact.num === 0n), 'who has money left is known');
      this.must(within(money, exact, error), 'money is within its bound');
      const giver = givers.find((one) => one.group === group);
      if (giver === undefined) this.must(money === old.money, 'only supporters pay');
      else if (exact.num === 0n) {
        this.must(error === 0, 'nothing is nothing');
        this.must(inside.trace.exhaustedAt[group] === round, 'the round of the last money is kept');
      } else {
        const sum = (scaled(old.error) + margin * giver.weight) * INVERSE + scaled(old.money);
        this.must(rightBound(error, sum), 'the bound of a purse is what its parts say');
        this.must(inside.trace.exhaustedAt[group] === NEVER, 'who has money is not exhausted');
      }
    });
    return spare;
  }

  /** Bought alone, with nobody short, before anything else could ask as little with more money. */
  private isForegone(c: number, price: Fraction, rests: readonly Fraction[]): boolean {
    const { costs, divisors, supports, candidates } = this.contest;
    const rivals = candidates.filter((r) => r !== c && this.inside.trace.roundOf[r] === -1);
    this.foregone &&=
      this.tied.length === 1 &&
      rests.every(({ num }) => num > 0n) &&
      rivals.every((r) => {
        const total = BigInt(Number(supports.totals[r]));
        const least = fraction(at(costs, r), total * at(divisors, r));
        return compare(least, fraction(price.num, price.den * at(divisors, c))) > 0;
      });
    return this.foregone;
  }
}
