import { createHmac, hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

/**
 * What the manifest commits to of a roll: a Merkle root (RFC 6962 §2.1) per group over
 * SHA-256(0x00 || salt(32) || dniHash(32)), ascending. The salt of a resident is
 * HMAC-SHA-256(salt of the round, resident's id): a row can be opened to an auditor, who hashes it
 * up to the root, without a word about any other row.
 */

const HASH_BYTES = 32;
/** Values of the two bytes that leaves are parted by. */
const PREFIXES = 1 << 16;
const LEAVES_PER_TURN = 5000;

/** Leaves of one group, packed: 600,000 of them are 19 MB. */
export class RollLeaves {
  readonly #packed: Buffer;
  #count = 0;

  /** `size`: how many residents the group has on the roll. */
  constructor(size: number) {
    this.#packed = Buffer.alloc(size * HASH_BYTES);
  }

  /** `dniHash` is the 32 bytes the roll keeps; `rollSalt` the round's. */
  add(rollSalt: Uint8Array, resident: { readonly id: string; readonly dniHash: Uint8Array }): void {
    const at = this.#count * HASH_BYTES;
    if (at >= this.#packed.length)
      throw new Error('More residents than the group was said to have');
    rollLeaf(rollSalt, resident).copy(this.#packed, at);
    this.#count += 1;
  }

  /**
   * Hex Merkle root; lets other work have its turn on the way. Throws when residents are missing.
   */
  async root(): Promise<string> {
    if (this.#count * HASH_BYTES !== this.#packed.length) {
      throw new Error('Fewer residents than the group was said to have');
    }
    const tree = new GrowingRoot();
    let turn = 0;
    for (const index of this.#ascending()) {
      tree.append(this.#packed.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES));
      turn += 1;
      if (turn % LEAVES_PER_TURN === 0) await setImmediate();
    }
    return tree.root().toString('hex');
  }

  /**
   * For places among the ascending leaves: which leaf stands there, in the order they were added,
   * and the hex hashes of its siblings from the leaf up.
   */
  open(places: readonly number[]): { readonly added: number; readonly path: string[] }[] {
    const order = [...this.#ascending()];
    const leaves = order.map((index) =>
      this.#packed.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
    );
    const levels: Uint8Array[][] = [leaves];
    for (
      let level = levels.at(-1);
      level !== undefined && level.length > 1;
      level = levels.at(-1)
    ) {
      levels.push(pairsOf(level));
    }
    return places.map((place) => {
      const added = order[place];
      if (added === undefined) throw new RangeError(`Nobody stands at ${place}`);
      const path = levels.flatMap((level, height) => {
        const sibling = level[Math.floor(place / 2 ** height) ^ 1];
        return sibling === undefined ? [] : [Buffer.from(sibling).toString('hex')];
      });
      return { added, path };
    });
  }

  /** Indices of the leaves in ascending order: parted by their first two bytes, then compared. */
  *#ascending(): Generator<number> {
    const prefix = (index: number): number => this.#packed.readUInt16BE(index * HASH_BYTES);
    const starts = new Uint32Array(PREFIXES + 1);
    for (let index = 0; index < this.#count; index += 1) {
      const after = prefix(index) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
    for (let at = 0; at < PREFIXES; at += 1) {
      starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
    }
    const parted = new Uint32Array(this.#count);
    const next = starts.slice();
    for (let index = 0; index < this.#count; index += 1) {
      const part = prefix(index);
      const place = next[part] ?? 0;
      parted[place] = index;
      next[part] = place + 1;
    }
    for (let part = 0; part < PREFIXES; part += 1) {
      const indices = parted.subarray(starts[part], starts[part + 1]);
      if (indices.length > 1) indices.sort((a, b) => this.#compare(a, b));
      yield* indices;
    }
  }

  #compare(a: number, b: number): number {
    const at = (index: number): [number, number] => [index * HASH_BYTES, (index + 1) * HASH_BYTES];
    return this.#packed.compare(this.#packed, ...at(b), ...at(a));
  }
}

/** What a row is opened with, besides the hash of its DNI. */
export function residentSalt(rollSalt: Uint8Array, id: string): Buffer {
  return createHmac('sha256', rollSalt).update(id).digest();
}

function rollLeaf(
  rollSalt: Uint8Array,
  resident: { readonly id: string; readonly dniHash: Uint8Array },
): Buffer {
  const salt = residentSalt(rollSalt, resident.id);
  return sha256(Buffer.concat([Buffer.of(0), salt, resident.dniHash]));
}

function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/**
 * The root alone, leaf by leaf. The record's own tree is of no use here: the roll knows no ballots
 * and imports nothing of theirs; a test holds the two together.
 */
class GrowingRoot {
  /** Roots of complete subtrees, the largest first. */
  readonly #subtrees: { readonly size: number; readonly hash: Buffer }[] = [];

  append(leaf: Buffer): void {
    let grown = { size: 1, hash: leaf };
    for (
      let last = this.#subtrees.at(-1);
      last?.size === grown.size;
      last = this.#subtrees.at(-1)
    ) {
      this.#subtrees.pop();
      grown = { size: last.size * 2, hash: nodeHash(last.hash, grown.hash) };
    }
    this.#subtrees.push(grown);
  }

  root(): Buffer {
    const hashes = this.#subtrees.map((subtree) => subtree.hash);
    if (hashes.length === 0) return sha256(Buffer.alloc(0));
    return hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** One level up: a node without a sibling rises as it is. */
function pairsOf(level: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = level.slice(at, at + 2);
    if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right));
  }
  return above;
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.of(1), left, right]));
}
