import { nodeHash, type Sha256 } from './merkle';

/**
 * What is needed to go on with a Merkle tree without its leaves: the roots of its complete subtrees,
 * one per bit of its size, largest first. A witness keeps this (log2(size) hashes) and computes every
 * later root from the new leaves alone; no proof has to be asked for.
 */
export interface CompactRange {
  /** Leaves. */
  readonly size: number;
  /** 32 bytes each; as many as `size` has one-bits. */
  readonly nodes: readonly Uint8Array[];
}

export const EMPTY_RANGE: CompactRange = { size: 0, nodes: [] };

/** The range after these concatenated 32-byte leaf hashes; `range` itself is unchanged. */
export function extendRange(range: CompactRange, leaves: Uint8Array, sha256: Sha256): CompactRange {
  if (leaves.length % 32 !== 0) throw new RangeError('Leaf hashes have 32 bytes each');
  const nodes = [...range.nodes];
  let size = range.size;
  for (let from = 0; from < leaves.length; from += 32) {
    let node: Uint8Array = leaves.slice(from, from + 32);
    for (let left = size; left % 2 === 1; left = Math.floor(left / 2)) {
      const before = nodes.pop();
      if (before === undefined) throw new Error('A compact range lacks a node');
      node = nodeHash(before, node, sha256);
    }
    nodes.push(node);
    size += 1;
  }
  return { size, nodes };
}

/** Root of the tree; of no leaves at all it is SHA-256 of nothing. */
export function rangeRoot(range: CompactRange, sha256: Sha256): Uint8Array {
  const [last, ...before] = range.nodes.toReversed();
  if (last === undefined) return sha256(new Uint8Array());
  return before.reduce((right, left) => nodeHash(left, right, sha256), last);
}

/** Whether so many nodes belong to a tree of this size: for ranges read from a file. */
export function rangeFits({ size, nodes }: CompactRange): boolean {
  if (!Number.isSafeInteger(size) || size < 0) return false;
  let bits = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2;
  return bits === nodes.length && nodes.every((node) => node.length === 32);
}
