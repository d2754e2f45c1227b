import { concatBytes } from '@/lib/shared/bytes';

/**
 * Merkle trees of RFC 6962 §2.1 (the same as RFC 9162 §2.1): root, inclusion and consistency.
 * Everything works on leaf hashes, SHA-256(0x00 || data); the hash function comes from outside, so
 * that this runs in Node and in a browser alike. Hashes are 32 bytes.
 */

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** SHA-256(0x00 || data). */
export function leafHash(data: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(0), data));
}

function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(1), left, right));
}

/** Largest power of two smaller than n (n ≥ 2). */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** MTH over leaf hashes; of no leaves at all it is SHA-256 of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  return leaves.length === 0 ? sha256(new Uint8Array()) : rootOf(leaves, 0, leaves.length, sha256);
}

function at(leaves: readonly Uint8Array[], index: number): Uint8Array {
  const leaf = leaves[index];
  if (leaf === undefined) throw new Error(`No leaf ${index}`);
  return leaf;
}

function rootOf(
  leaves: readonly Uint8Array[],
  from: number,
  to: number,
  sha256: Sha256,
): Uint8Array {
  if (to - from === 1) return at(leaves, from);
  const middle = from + split(to - from);
  return nodeHash(rootOf(leaves, from, middle, sha256), rootOf(leaves, middle, to, sha256), sha256);
}

/** PATH(m, D[n]) of RFC 6962 §2.1.1, nearest neighbour first. */
export function inclusionProof(
  index: number,
  leaves: readonly Uint8Array[],
  sha256: Sha256,
): Uint8Array[] {
  if (index < 0 || index >= leaves.length) throw new Error(`No leaf ${index}`);
  const path: Uint8Array[] = [];
  let from = 0;
  let to = leaves.length;
  while (to - from > 1) {
    const middle = from + split(to - from);
    if (index < middle) {
      path.unshift(rootOf(leaves, middle, to, sha256));
      to = middle;
    } else {
      path.unshift(rootOf(leaves, from, middle, sha256));
      from = middle;
    }
  }
  return path;
}

export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** RFC 9162 §2.1.3.2. */
export function inclusionHolds(claim: Inclusion, sha256: Sha256): boolean {
  if (claim.index < 0 || claim.index >= claim.size) return false;
  let node = claim.index;
  let last = claim.size - 1;
  let hash = claim.leaf;
  for (const sibling of claim.proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash, sha256);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling, sha256);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(hash, claim.root);
}

/** PROOF(m, D[n]) of RFC 6962 §2.1.2: that the first `size` leaves are a prefix of `leaves`. */
export function consistencyProof(
  size: number,
  leaves: readonly Uint8Array[],
  sha256: Sha256,
): Uint8Array[] {
  if (size < 1 || size > leaves.length) throw new Error(`No tree of ${size} in ${leaves.length}`);
  return subProof(size, 0, leaves.length, true, leaves, sha256);
}

function subProof(
  size: number,
  from: number,
  to: number,
  whole: boolean,
  leaves: readonly Uint8Array[],
  sha256: Sha256,
): Uint8Array[] {
  if (size === to - from) return whole ? [] : [rootOf(leaves, from, to, sha256)];
  const k = split(to - from);
  return size <= k
    ? [
        ...subProof(size, from, from + k, whole, leaves, sha256),
        rootOf(leaves, from + k, to, sha256),
      ]
    : [
        ...subProof(size - k, from + k, to, false, leaves, sha256),
        rootOf(leaves, from, from + k, sha256),
      ];
}

export interface Consistency {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** RFC 9162 §2.1.4.2. */
export function consistencyHolds(claim: Consistency, sha256: Sha256): boolean {
  const { oldSize, size } = claim;
  if (oldSize < 1 || oldSize > size) return false;
  if (oldSize === size) return claim.proof.length === 0 && sameBytes(claim.oldRoot, claim.root);
  // A power of two is a complete subtree: the proof leaves its root out.
  const complete = split(oldSize + 1) === oldSize;
  const path = complete ? [claim.oldRoot, ...claim.proof] : [...claim.proof];
  const first = path.shift();
  if (first === undefined) return false;
  let node = oldSize - 1;
  let last = size - 1;
  while (node % 2 === 1) {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  let oldHash = first;
  let hash = first;
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldHash = nodeHash(sibling, oldHash, sha256);
      hash = nodeHash(sibling, hash, sha256);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling, sha256);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(oldHash, claim.oldRoot) && sameBytes(hash, claim.root);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
