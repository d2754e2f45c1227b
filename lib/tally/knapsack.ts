import { at } from './at';
import { gcd } from './fraction';

export interface Item {
  readonly cost: bigint;
  readonly value: bigint;
}

export interface BestSet {
  /** Positions of the chosen items, ascending. */
  readonly chosen: readonly number[];
  readonly value: bigint;
}

/**
 * The most valuable set of items within a capacity; of several, the one that comes first when sets
 * are compared item by item in the given order.
 *
 * Balanced dynamic programming over an expanding core (Pisinger 1997, "A minimal algorithm for the
 * 0-1 knapsack problem"): start from the items of highest value per cost that fit together, then
 * decide item after item outwards from where they stop fitting, keeping the undominated sets and
 * pruning by the fractional bound. Only the pruning uses doubles, with a margin on the safe side.
 */
export function bestSet(items: readonly Item[], capacity: bigint): BestSet {
  const free = items.map((_, i) => i).filter((i) => at(items, i).cost === 0n);
  const paid = items.map((_, i) => i).filter((i) => at(items, i).cost > 0n);
  const costUnit = commonDivisor(paid.map((i) => at(items, i).cost));
  const valueUnit = commonDivisor(paid.map((i) => at(items, i).value));
  const scaled = paid.map((i): Item => {
    const { cost, value } = at(items, i);
    return { cost: cost / costUnit, value: value / valueUnit };
  });
  const set = search(scaled, capacity / costUnit);
  const chosen = [...free, ...paid.filter((_, i) => (set >> BigInt(paid.length - 1 - i)) & 1n)];
  chosen.sort((a, b) => a - b);
  return { chosen, value: chosen.reduce((sum, i) => sum + at(items, i).value, 0n) };
}

const commonDivisor = (numbers: readonly bigint[]): bigint => numbers.reduce(gcd, 0n) || 1n;

/** Exact amounts: doubles where every sum stays below 2^53, big integers elsewhere. */
type Amount = number | bigint;

function search(items: readonly Item[], capacity: bigint): bigint {
  const order = items
    .map((_, i) => i)
    .sort((a, b) => byDensity(at(items, a), at(items, b)) || a - b);
  const bit = (i: number): bigint => 1n << BigInt(items.length - 1 - i);
  const bits = order.map(bit);
  const whole = items.reduce((sum, { cost, value }) => sum + cost + value, capacity);
  // The same additions and comparisons run on either kind of number; mixing never happens.
  const convert = (whole < 1n << 52n ? Number : (amount: bigint): Amount => amount) as (
    amount: bigint,
  ) => number;
  const costs = order.map((i) => convert(at(items, i).cost));
  const values = order.map((i) => convert(at(items, i).value));
  return new Core(costs, values, bits, convert(capacity), convert(0n)).best();
}

function byDensity(a: Item, b: Item): number {
  const left = a.value * b.cost;
  const right = b.value * a.cost;
  return left > right ? -1 : left < right ? 1 : 0;
}

/** Relative error of the products in a bound, generously. */
const SLACK = 2 ** -48;

/** For bounds only: the amount may be a big integer after all. */
const toDouble = (amount: Amount): number => Number(amount);

class Core {
  private readonly costs: readonly number[];
  private readonly values: readonly number[];
  private readonly bits: readonly bigint[];
  private readonly capacity: number;

  // Undominated sets: cost ascending; value ascending too, but for equal values with better bits.
  private cost: number[];
  private value: number[];
  private set: bigint[];
  private bestValue: number;
  private bestSet = 0n;
  /** Items `from` … `to` are decided; before them all are in, after them none. */
  private from: number;
  private to: number;

  constructor(
    costs: readonly number[],
    values: readonly number[],
    bits: readonly bigint[],
    capacity: number,
    zero: number,
  ) {
    this.costs = costs;
    this.values = values;
    this.bits = bits;
    this.capacity = capacity;
    let cost = zero;
    let value = zero;
    let set = 0n;
    let stop = 0;
    while (stop < costs.length && cost + at(costs, stop) <= capacity) {
      cost += at(costs, stop);
      value += at(values, stop);
      set |= at(bits, stop);
      stop++;
    }
    this.from = stop;
    this.to = stop - 1;
    this.bestValue = value;
    this.bestSet = set;
    this.cost = [cost];
    this.value = [value];
    this.set = [set];
  }

  best(): bigint {
    while (this.from > 0 || this.to < this.costs.length - 1) {
      if (this.to < this.costs.length - 1) {
        this.to++;
        this.extend(this.to, 1);
      }
      if (this.from > 0) {
        this.from--;
        this.extend(this.from, -1);
      }
    }
    return this.bestSet;
  }

  /** Lets every set also take item i (sign 1), or do without it (sign -1). */
  private extend(i: number, sign: 1 | -1): void {
    const cost = at(this.costs, i);
    const value = at(this.values, i);
    const bit = at(this.bits, i);
    const old = { cost: this.cost, value: this.value, set: this.set };
    this.cost = [];
    this.value = [];
    this.set = [];
    let stay = 0;
    let move = 0;
    const length = old.cost.length;
    while (stay < length || move < length) {
      const movedCost =
        move < length ? (sign === 1 ? at(old.cost, move) + cost : at(old.cost, move) - cost) : null;
      if (movedCost === null || (stay < length && at(old.cost, stay) <= movedCost)) {
        this.consider(at(old.cost, stay), at(old.value, stay), at(old.set, stay));
        stay++;
      } else {
        const before = at(old.value, move);
        const movedValue = sign === 1 ? before + value : before - value;
        this.consider(movedCost, movedValue, at(old.set, move) ^ bit);
        move++;
      }
    }
  }

  /** Keeps a set unless a cheaper one is as good or it cannot become as good as the best. */
  private consider(cost: number, value: number, set: bigint): void {
    if (cost <= this.capacity && this.isBetter(value, set, this.bestValue, this.bestSet)) {
      this.bestValue = value;
      this.bestSet = set;
    }
    if (this.cannotReachBest(cost, value)) return;
    const last = this.cost.length - 1;
    if (last >= 0) {
      if (!this.isBetter(value, set, at(this.value, last), at(this.set, last))) return;
      if (at(this.cost, last) === cost) {
        this.cost.pop();
        this.value.pop();
        this.set.pop();
      }
    }
    this.cost.push(cost);
    this.value.push(value);
    this.set.push(set);
  }

  private isBetter(value: number, set: bigint, otherValue: number, otherSet: bigint): boolean {
    return value > otherValue || (value === otherValue && set > otherSet);
  }

  /**
   * The fractional bound: room left is filled with the next item's value per cost, cost too much is
   * undone at the previous item's. Strict, so that sets as good as the best are kept for comparison.
   */
  private cannotReachBest(cost: number, value: number): boolean {
    const fits = cost <= this.capacity;
    const next = fits ? this.to + 1 : this.from - 1;
    const behind = toDouble(this.bestValue - value);
    if (next < 0 || next >= this.costs.length) return fits ? behind > 0 : true;
    const missing = behind * toDouble(at(this.costs, next));
    const gained = toDouble(this.capacity - cost) * toDouble(at(this.values, next));
    return gained - missing < -SLACK * (Math.abs(gained) + Math.abs(missing));
  }
}
