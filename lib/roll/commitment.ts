import { createHash, createHmac } from 'node:crypto';

/**
 * What the manifest commits to of a roll: a Merkle root (RFC 6962 §2.1) per group over
 * SHA-256(0x00 || salt(32) || dniHash(32)), ascending. The salt of a resident is
 * HMAC-SHA-256(salt of the round, resident's id): a row can be opened to an auditor, who hashes it
 * up to the root, without a word about any other row.
 */

const HASH_BYTES = 32;

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

  /** Hex Merkle root. Throws when residents are missing. */
  root(): string {
    if (this.#count * HASH_BYTES !== this.#packed.length) {
      throw new Error('Fewer residents than the group was said to have');
    }
    const leafAt = (index: number): Buffer =>
      this.#packed.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
    const order = new Uint32Array(this.#count).map((_, index) => index);
    order.sort((a, b) =>
      this.#packed.compare(
        this.#packed,
        b * HASH_BYTES,
        (b + 1) * HASH_BYTES,
        a * HASH_BYTES,
        (a + 1) * HASH_BYTES,
      ),
    );
    const tree = new GrowingRoot();
    for (const index of order) tree.append(leafAt(index));
    return tree.root().toString('hex');
  }
}

function rollLeaf(
  rollSalt: Uint8Array,
  resident: { readonly id: string; readonly dniHash: Uint8Array },
): Buffer {
  const salt = createHmac('sha256', rollSalt).update(resident.id).digest();
  return createHash('sha256')
    .update(Uint8Array.of(0))
    .update(salt)
    .update(resident.dniHash)
    .digest();
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
    if (hashes.length === 0) return createHash('sha256').digest();
    return hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest();
}
