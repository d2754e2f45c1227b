import { nodeHash, type Sha256 } from './merkle';

/**
 * The append-only Merkle tree of RFC 6962 §2.1 (the same as RFC 9162 §2.1) over leaf hashes, for
 * trees of millions of leaves in Node and in browsers. Every second level of complete nodes is kept
 * (leaves, groups of 4, of 16, …); a node of the levels between is one hash of two kept ones. That
 * is 32 · (1 + 1/4 + 1/16 + …) ≈ 43 bytes per leaf, and below 64 with the room kept for growth.
 */

const HASH = 32;
/** Hashes per chunk: what is allocated ahead of need is at most one chunk per kept level. */
const CHUNK = 256;
const FIRST = 16;

/** 32-byte hashes in chunks, so that growing never copies what is there but the small first chunk. */
class Hashes {
  count = 0;
  private readonly chunks: Uint8Array[] = [];

  get allocated(): number {
    return this.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  push(hash: Uint8Array): void {
    const at = Math.floor(this.count / CHUNK);
    const within = (this.count % CHUNK) * HASH;
    let chunk = this.chunks[at];
    if (chunk === undefined) {
      chunk = new Uint8Array((at === 0 ? FIRST : CHUNK) * HASH);
      this.chunks[at] = chunk;
    } else if (within === chunk.length) {
      const wider = new Uint8Array(chunk.length * 2);
      wider.set(chunk);
      this.chunks[at] = chunk = wider;
    }
    chunk.set(hash, within);
    this.count += 1;
  }

  /** A view, not a copy: good until the next push. */
  at(index: number): Uint8Array {
    const chunk = this.chunks[Math.floor(index / CHUNK)];
    if (chunk === undefined || index >= this.count) throw new RangeError(`No hash ${index}`);
    const from = (index % CHUNK) * HASH;
    return chunk.subarray(from, from + HASH);
  }
}

export class MerkleTree {
  /** `kept[k]` holds the complete nodes of 4^k leaves each, from the left. */
  private readonly kept: Hashes[] = [new Hashes()];

  constructor(private readonly sha256: Sha256) {}

  /** The tree of concatenated 32-byte leaf hashes, as in `leaves/*.bin`. */
  static fromLeaves(bytes: Uint8Array, sha256: Sha256): MerkleTree {
    const tree = new MerkleTree(sha256);
    tree.appendLeaves(bytes);
    return tree;
  }

  /** Leaves. */
  get size(): number {
    return this.level(0).count;
  }

  /** Bytes held for the tree, room for growth included. */
  get bytes(): number {
    return this.kept.reduce((sum, hashes) => sum + hashes.allocated, 0);
  }

  /** Adds one leaf hash of 32 bytes; about one hash of work, amortised. */
  append(leaf: Uint8Array): void {
    if (leaf.length !== HASH) throw new RangeError(`A leaf hash has 32 bytes, not ${leaf.length}`);
    this.level(0).push(leaf);
    for (let k = 0; this.level(k).count % 4 === 0; k++) {
      const below = this.level(k);
      const from = below.count - 4;
      const left = this.join(below.at(from), below.at(from + 1));
      const right = this.join(below.at(from + 2), below.at(from + 3));
      if (k + 1 === this.kept.length) this.kept.push(new Hashes());
      this.level(k + 1).push(this.join(left, right));
    }
  }

  /** Adds concatenated leaf hashes; throws unless the length is a multiple of 32. */
  appendLeaves(bytes: Uint8Array): void {
    if (bytes.length % HASH !== 0) throw new RangeError('Leaf hashes have 32 bytes each');
    for (let from = 0; from < bytes.length; from += HASH) {
      this.append(bytes.subarray(from, from + HASH));
    }
  }

  /** A copy of the leaf hash at this index, from 0. */
  leaf(index: number): Uint8Array {
    return this.level(0).at(index).slice();
  }

  /** Root over the first `size` leaves; of none at all it is SHA-256 of nothing. */
  rootAt(size: number = this.size): Uint8Array {
    this.mustHave(size);
    return size === 0 ? this.sha256(new Uint8Array()) : this.range(0, size);
  }

  /** PATH(index, D[size]) of RFC 6962 §2.1.1, nearest neighbour first: at most log2(size) hashes. */
  inclusionProof(index: number, size: number = this.size): Uint8Array[] {
    this.mustHave(size);
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`No leaf ${index} among ${size}`);
    }
    const path: Uint8Array[] = [];
    let from = 0;
    let to = size;
    while (to - from > 1) {
      const middle = from + split(to - from);
      if (index < middle) {
        path.push(this.range(middle, to));
        to = middle;
      } else {
        path.push(this.range(from, middle));
        from = middle;
      }
    }
    return path.reverse();
  }

  /** PROOF(oldSize, D[size]) of RFC 6962 §2.1.2, for 1 ≤ oldSize ≤ size ≤ `this.size`. */
  consistencyProof(oldSize: number, size: number = this.size): Uint8Array[] {
    this.mustHave(size);
    if (!Number.isSafeInteger(oldSize) || oldSize < 1 || oldSize > size) {
      throw new RangeError(`No tree of ${oldSize} leaves before ${size}`);
    }
    const proof: Uint8Array[] = [];
    let from = 0;
    let to = size;
    // Down to the subtree that ends where the old tree ended.
    while (oldSize < to) {
      const middle = from + split(to - from);
      if (oldSize <= middle) {
        proof.push(this.range(middle, to));
        to = middle;
      } else {
        proof.push(this.range(from, middle));
        from = middle;
      }
    }
    // When that is the whole old tree, its root is what the verifier already holds.
    if (from > 0) proof.push(this.range(from, to));
    return proof.reverse();
  }

  /** Root of the leaves [from, to) where `from` is a multiple of the power of two that covers them. */
  private range(from: number, to: number): Uint8Array {
    const width = to - from;
    const whole = split(width + 1);
    const left = this.complete(from / whole, whole);
    return whole === width ? left : this.join(left, this.range(from + whole, to));
  }

  /** The complete node of `width` leaves (a power of two) at this index among its like. */
  private complete(index: number, width: number): Uint8Array {
    let level = 0;
    let size = 1;
    while (size * 4 <= width) {
      size *= 4;
      level += 1;
    }
    if (size === width) return this.level(level).at(index).slice();
    return this.join(this.level(level).at(index * 2), this.level(level).at(index * 2 + 1));
  }

  private join(left: Uint8Array, right: Uint8Array): Uint8Array {
    return nodeHash(left, right, this.sha256);
  }

  private level(k: number): Hashes {
    const hashes = this.kept[k];
    if (hashes === undefined) throw new RangeError(`No level ${k}`);
    return hashes;
  }

  private mustHave(size: number): void {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.size) {
      throw new RangeError(`No tree of ${size} leaves in one of ${this.size}`);
    }
  }
}

/** Largest power of two smaller than n (n ≥ 2). */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
