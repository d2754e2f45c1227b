import { at } from '../at';
import { classOf, type SharesContest } from '../equal-shares-contest';
import { compare, fraction, minus, type Fraction } from '../fraction';

const ZERO = fraction(0n);
const plus = (a: Fraction, b: Fraction) => fraction(a.num * b.den + b.num * a.den, a.den * b.den);
const times = (a: Fraction, by: bigint) => fraction(a.num * by, a.den);
const over = (a: Fraction, by: bigint) => fraction(a.num, a.den * by);

/** A group that has money, and how it stands to a project. */
export interface Giver {
  readonly group: number;
  readonly count: bigint;
  readonly weight: bigint;
}

/** The payments of an Equal Shares run, voter by voter in fractions, as a textbook would write them. */
export class Ledger {
  /** What each voter of a group holds. */
  readonly money: Fraction[];

  constructor(
    private readonly contest: SharesContest,
    endowment: Fraction,
  ) {
    this.money = Array.from({ length: contest.election.profile.groups }, (_, group) => {
      const share = at(contest.shares, classOf(contest, group));
      return fraction(endowment.num * share.num, endowment.den * share.den);
    });
  }

  /** Supporters of c that have money. */
  givers(c: number): Giver[] {
    const { projectStarts, groupOf, weightOf } = this.contest.supports;
    const found: Giver[] = [];
    for (let j = Number(projectStarts[c]); j < Number(projectStarts[c + 1]); j++) {
      const group = Number(groupOf[j]);
      const count = BigInt(Number(this.contest.election.profile.counts[group]));
      found.push({ group, count, weight: BigInt(weightOf === null ? 1 : Number(weightOf[j])) });
    }
    return found.filter(({ group }) => at(this.money, group).num > 0n);
  }

  together(c: number): Fraction {
    return this.givers(c).reduce(
      (sum, { group, count }) => plus(sum, times(at(this.money, group), count)),
      ZERO,
    );
  }

  /** Per unit of weight; null when they cannot pay. */
  price(c: number): Fraction | null {
    const cost = fraction(at(this.contest.costs, c));
    if (compare(this.together(c), cost) < 0) return null;
    const givers = this.givers(c).sort((a, b) =>
      compare(over(at(this.money, a.group), a.weight), over(at(this.money, b.group), b.weight)),
    );
    let left = cost;
    let weight = givers.reduce((sum, one) => sum + one.weight * one.count, 0n);
    for (const one of givers) {
      const price = over(left, weight);
      if (compare(at(this.money, one.group), times(price, one.weight)) >= 0) return price;
      left = minus(left, times(at(this.money, one.group), one.count));
      weight -= one.weight * one.count;
    }
    throw new Error('Who can pay has a price');
  }

  /** What a giver has left after paying a price per unit of weight: negative when it is short. */
  rest({ group, weight }: Giver, price: Fraction): Fraction {
    return minus(at(this.money, group), times(price, weight));
  }

  buy(c: number, price: Fraction): void {
    for (const giver of this.givers(c)) {
      const rest = this.rest(giver, price);
      this.money[giver.group] = rest.num < 0n ? ZERO : rest;
    }
  }
}
