/** A slot of the table is four words: number + 1 (0: free), hash, length, place in the pool. */
const SLOT = 4;
const HASH = 1;
const LENGTH = 2;
const PLACE = 3;
/** Up to so many bytes the hash is the bytes themselves: equal hashes need no further look. */
const WHOLE_IN_HASH = 4;

/** Numbers byte strings without decoding them: an open-addressing table over one pool of bytes. */
export class ByteTable {
  private pool = new Uint8Array(4096);
  private used = 0;
  private table = new Int32Array(SLOT * 1024);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The number of bytes `[start, end)`, or -1. `hash` must come from `hashOf` over the same. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    return Number(this.table[this.slotOf(bytes, start, end, hash)]) - 1;
  }

  /** The number of these bytes, a new one if they are new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const slot = this.slotOf(bytes, start, end, hash);
    const { table } = this;
    if (table[slot] !== 0) return Number(table[slot]) - 1;
    const length = end - start;
    if (this.used + length > this.pool.length) {
      const larger = new Uint8Array(2 * (this.used + length));
      larger.set(this.pool);
      this.pool = larger;
    }
    this.pool.set(bytes.subarray(start, end), this.used);
    table[slot] = this.count + 1;
    table[slot + HASH] = hash;
    table[slot + LENGTH] = length;
    table[slot + PLACE] = this.used;
    this.used += length;
    if (++this.count * SLOT * 2 > table.length) this.rehash();
    return this.count - 1;
  }

  /** The slot where these bytes are, or would be. */
  private slotOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const { table } = this;
    const mask = table.length - SLOT;
    const length = end - start;
    for (let slot = spread(hash) & mask; ; slot = (slot + SLOT) & mask) {
      if (table[slot] === 0) return slot;
      if (table[slot + HASH] !== hash || table[slot + LENGTH] !== length) continue;
      if (length <= WHOLE_IN_HASH || this.isAt(Number(table[slot + PLACE]), bytes, start, end)) {
        return slot;
      }
    }
  }

  private isAt(place: number, bytes: Uint8Array, start: number, end: number): boolean {
    for (let i = start; i < end; i++) {
      if (this.pool[place + i - start] !== bytes[i]) return false;
    }
    return true;
  }

  private rehash(): void {
    const { table: old } = this;
    const table = new Int32Array(old.length * 4);
    const mask = table.length - SLOT;
    for (let from = 0; from < old.length; from += SLOT) {
      if (old[from] === 0) continue;
      let slot = spread(Number(old[from + HASH])) & mask;
      while (table[slot] !== 0) slot = (slot + SLOT) & mask;
      table.set(old.subarray(from, from + SLOT), slot);
    }
    this.table = table;
  }
}

export const HASH_START = 0;

/** Turns the bytes so far by one byte and adds the next: four of them stand side by side. */
export const hashStep = (hash: number, byte: number): number =>
  ((hash << 8) | (hash >>> 24)) ^ byte;

/** The hash of bytes `[start, end)`. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_START;
  for (let i = start; i < end; i++) hash = hashStep(hash, Number(bytes[i]));
  return hash;
}

/** Where in a table a hash belongs: neighbouring ids far from each other. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x9e3779b1);
  return (mixed ^ (mixed >>> 13)) << 2;
}
