import { FileProblem } from './types';

const FIRST_BYTES = 1024 * 1024;
const FIRST_STRINGS = 64 * 1024;
const MAX_BYTES = 160 * 1024 * 1024;
const MAX_STRINGS = 5_000_000;

/** The texts that cells refer to by number, packed: a million names take thirty megabytes. */
export class SharedStrings {
  #bytes = Buffer.alloc(FIRST_BYTES);
  #ends = new Uint32Array(FIRST_STRINGS);
  #count = 0;
  #used = 0;

  add(text: string): void {
    const length = Buffer.byteLength(text);
    if (this.#used + length > MAX_BYTES || this.#count >= MAX_STRINGS) {
      throw new FileProblem('zip-bomb');
    }
    if (this.#used + length > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#used + length));
      this.#bytes.copy(grown);
      this.#bytes = grown;
    }
    if (this.#count === this.#ends.length) {
      const grown = new Uint32Array(this.#ends.length * 2);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    this.#used += this.#bytes.write(text, this.#used);
    this.#ends[this.#count] = this.#used;
    this.#count += 1;
  }

  /** The text with this number; a number that is none is a broken file. */
  get(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.#count) {
      throw new FileProblem('broken-xlsx');
    }
    return this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]);
  }
}
