/** Growing columns of numbers: a few fixed bytes per ballot, no object. */

type Column = Uint8Array | Uint16Array | Uint32Array;

export class Growing<T extends Column> {
  length = 0;

  constructor(private values: T) {}

  push(value: number): void {
    this.reserve(1);
    this.values[this.length++] = value;
  }

  append(values: ArrayLike<number>): void {
    this.reserve(values.length);
    this.values.set(values, this.length);
    this.length += values.length;
  }

  at(index: number): number {
    return this.values[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.values[index] = value;
  }

  slice(from: number, to: number): T {
    return this.values.subarray(from, to) as T;
  }

  /** Room for so many more, zero; moves the end there. */
  extend(more: number): void {
    this.reserve(more);
    this.length += more;
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.values.length) return;
    const Kind = this.values.constructor as new (length: number) => T;
    const larger = new Kind(Math.max(needed, this.values.length * 2));
    larger.set(this.values);
    this.values = larger;
  }
}
