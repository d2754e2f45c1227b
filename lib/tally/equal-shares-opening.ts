import { EPS, type SharesContest } from './equal-shares-contest';
import { FROM_THE_START, type RunTrace } from './equal-shares-exact';
import { compare, fraction, type Fraction } from './fraction';

/**
 * The first purchases of every run from some endowment on: nobody was short of money, and nothing
 * else could have come first. Payments in them do not depend on the endowment, so each step of Add1
 * starts behind them, and may find that there are more of them.
 */
export class Opening {
  readonly order: number[] = [];
  /** What each group has paid in it, and the bound on the error of that. */
  readonly paid: Float64Array;
  readonly error: Float64Array;
  private readonly contest: SharesContest;
  private endowment = fraction(0n);

  constructor(contest: SharesContest) {
    const { groups } = contest.election.profile;
    this.contest = contest;
    this.paid = new Float64Array(groups);
    this.error = new Float64Array(groups);
  }

  /** A smaller endowment than before may leave somebody short: then nothing is known. */
  startFrom(endowment: Fraction): void {
    if (compare(endowment, this.endowment) < 0) {
      this.order.length = 0;
      this.paid.fill(0);
      this.error.fill(0);
    }
    this.endowment = endowment;
  }

  /** Adds a purchase at a price per unit of weight, known within a margin. */
  extend(
    c: number,
    trace: RunTrace,
    { price, margin }: { readonly price: number; readonly margin: number },
  ): void {
    const { projectStarts, groupOf, weightOf } = this.contest.supports;
    this.order.push(c);
    const end = Number(projectStarts[c + 1]);
    for (let j = Number(projectStarts[c]); j < end; j++) {
      const group = Number(groupOf[j]);
      if (trace.exhaustedAt[group] === FROM_THE_START) continue;
      const weight = weightOf === null ? 1 : Number(weightOf[j]);
      const paid = Number(this.paid[group]) + price * weight;
      this.paid[group] = paid;
      this.error[group] = (Number(this.error[group]) + margin * weight + paid * EPS) * (1 + EPS);
    }
  }
}
