/** Numbers byte strings without decoding them: an open-addressing table over one pool of bytes. */
export class ByteTable {
  private pool = new Uint8Array(4096);
  private starts: number[] = [0];
  private table = new Int32Array(1024).fill(-1);

  get size(): number {
    return this.starts.length - 1;
  }

  /** The number of bytes `[start, end)`, or -1. `hash` must come from `hashOf` over the same. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.table.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const found = Number(this.table[slot]);
      if (found === -1 || this.isSame(found, bytes, start, end)) return found;
    }
  }

  /** The number of these bytes, a new one if they are new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const known = this.find(bytes, start, end, hash);
    if (known !== -1) return known;
    const from = Number(this.starts.at(-1));
    if (from + end - start > this.pool.length) {
      const larger = new Uint8Array(2 * (from + end - start));
      larger.set(this.pool);
      this.pool = larger;
    }
    this.pool.set(bytes.subarray(start, end), from);
    this.starts.push(from + end - start);
    const added = this.size - 1;
    this.place(added, hash);
    if (this.size * 2 > this.table.length) this.rehash();
    return added;
  }

  private place(number: number, hash: number): void {
    const mask = this.table.length - 1;
    let slot = hash & mask;
    while (this.table[slot] !== -1) slot = (slot + 1) & mask;
    this.table[slot] = number;
  }

  private rehash(): void {
    this.table = new Int32Array(this.table.length * 4).fill(-1);
    for (let number = 0; number < this.size; number++) {
      const from = Number(this.starts[number]);
      this.place(number, hashOf(this.pool, from, Number(this.starts[number + 1])));
    }
  }

  private isSame(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = Number(this.starts[number]);
    if (Number(this.starts[number + 1]) - from !== end - start) return false;
    for (let i = start; i < end; i++) {
      if (this.pool[from + i - start] !== bytes[i]) return false;
    }
    return true;
  }
}

export const hashStep = (hash: number, byte: number): number =>
  Math.imul(hash ^ byte, 0x01000193) >>> 0;

export const HASH_START = 0x811c9dc5;

/** FNV-1a. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_START;
  for (let i = start; i < end; i++) hash = hashStep(hash, Number(bytes[i]));
  return hash;
}
