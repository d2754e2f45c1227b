import { hash } from 'node:crypto';
import { RFC9162 } from '@transmute/rfc9162';
import { describe, expect, it } from 'vitest';
import { concatBytes, toHex, utf8 } from '@/lib/shared/bytes';
import { EMPTY_RANGE, extendRange, rangeFits, rangeRoot } from './compact-range';
import { consistencyHolds, inclusionHolds, leafHash, merkleRoot, sameBytes } from './merkle';
import { MerkleTree } from './tree';

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
const MANY = 200;
const entries = Array.from({ length: MANY }, (_, i) => utf8(`entry ${i}`));
const leaves = entries.map((entry) => leafHash(entry, sha256));
const tree = MerkleTree.fromLeaves(concatBytes(...leaves), sha256);
const roots = Array.from({ length: MANY + 1 }, (_, size) =>
  merkleRoot(leaves.slice(0, size), sha256),
);
const root = (size: number): Uint8Array => roots[size]!;

/** Everything that differs from a proof in one place: a hash flipped, dropped, doubled, added. */
function spoilt(proof: readonly Uint8Array[]): Uint8Array[][] {
  const flipped = proof.map((node, at) =>
    proof.with(at, node.with(at % 32, (node[at % 32]! + 1) % 256)),
  );
  const dropped = proof.map((_, at) => proof.toSpliced(at, 1));
  const doubled = proof.map((node, at) => proof.toSpliced(at, 0, node));
  return [...flipped, ...dropped, ...doubled, [...proof, root(1)], [root(1), ...proof]];
}

/** Tens of thousands of proofs: seconds of hashing on a busy machine. */
const PATIENCE = { timeout: 60_000 };

describe('the tree in typed arrays', PATIENCE, () => {
  it('has, at every size up to 200, the root of the recursive definition and of the oracle', async () => {
    for (let size = 0; size <= MANY; size++) {
      expect(toHex(tree.rootAt(size))).toBe(toHex(root(size)));
      const oracle = await RFC9162.MTH(entries.slice(0, size));
      if (size > 0) expect(toHex(oracle)).toBe(toHex(root(size)));
    }
  });

  it('proves every leaf at every size up to 200, and no altered proof, leaf, index or root', () => {
    for (let size = 1; size <= MANY; size++) {
      for (let index = 0; index < size; index++) {
        const proof = tree.inclusionProof(index, size);
        const claim = { index, size, leaf: leaves[index]!, proof, root: root(size) };
        const holds = (changes: Partial<typeof claim>): boolean =>
          inclusionHolds({ ...claim, ...changes }, sha256);
        if (!holds({})) expect.fail(`${index} of ${size} is not proven`);
        // Every negative at a spread of indices: each size has its first, last and some between.
        if (index % 23 !== size % 23 && index !== 0 && index !== size - 1) continue;
        const negatives: Partial<typeof claim>[] = [
          ...spoilt(proof).map((other) => ({ proof: other })),
          { leaf: sha256(claim.leaf) },
          { root: root(size - 1) },
          { index: size },
          { index: -1 },
          { size: size * 2 + 1 },
          ...(size > 1 ? [{ index: (index + 1) % size }] : []),
        ];
        for (const changes of negatives) {
          if (holds(changes)) {
            expect.fail(`${index} of ${size}: proven with ${Object.keys(changes).join()}`);
          }
        }
      }
    }
  });

  it('proves every smaller tree to be its beginning, and no altered proof, root or size', () => {
    for (let size = 1; size <= MANY; size++) {
      for (let oldSize = 1; oldSize <= size; oldSize++) {
        const proof = tree.consistencyProof(oldSize, size);
        const claim = { oldSize, oldRoot: root(oldSize), size, root: root(size), proof };
        const holds = (changes: Partial<typeof claim>): boolean =>
          consistencyHolds({ ...claim, ...changes }, sha256);
        if (!holds({})) expect.fail(`${oldSize} in ${size} is not proven`);
        if (oldSize % 23 !== size % 23 && oldSize !== 1 && oldSize !== size - 1) continue;
        const negatives: Partial<typeof claim>[] = [
          ...spoilt(proof).map((other) => ({ proof: other })),
          { oldRoot: sha256(claim.oldRoot) },
          { root: sha256(claim.root) },
          { oldSize: size + 1 },
          { oldSize: 0 },
          ...(oldSize < size ? [{ oldRoot: claim.root }] : []),
        ];
        for (const changes of negatives) {
          if (holds(changes)) {
            expect.fail(`${oldSize} in ${size}: proven with ${Object.keys(changes).join()}`);
          }
        }
      }
    }
  });

  it('gives the proofs that an independent implementation gives and accepts', async () => {
    for (let size = 1; size <= MANY; size += size < 34 ? 1 : 11) {
      const all = entries.slice(0, size);
      for (const index of new Set([0, size >> 1, ((size * 2) / 3) | 0, size - 1])) {
        const ours = tree.inclusionProof(index, size);
        expect(ours.map(toHex)).toEqual((await RFC9162.PATH(index, all)).map(toHex));
        const theirs = { log_id: '', tree_size: size, leaf_index: index, inclusion_path: ours };
        expect(await RFC9162.verifyInclusionProof(root(size), leaves[index]!, theirs)).toBe(true);
        const oldSize = index + 1;
        const proof = await RFC9162.PROOF(oldSize, all);
        // The oracle also writes down the old root where the RFC leaves it out.
        const implied = sameBytes(proof[0]!, root(oldSize)) ? proof.slice(1) : proof;
        expect(tree.consistencyProof(oldSize, size).map(toHex)).toEqual(implied.map(toHex));
      }
    }
  });

  it('is the same grown leaf by leaf, in files, or at once', () => {
    const slow = new MerkleTree(sha256);
    for (const leaf of leaves) slow.append(leaf);
    const files = new MerkleTree(sha256);
    files.appendLeaves(concatBytes(...leaves.slice(0, 77)));
    files.appendLeaves(concatBytes(...leaves.slice(77)));
    for (const other of [slow, files]) {
      expect(other.size).toBe(MANY);
      expect(toHex(other.rootAt())).toBe(toHex(tree.rootAt()));
    }
    expect(tree.leaf(133)).toEqual(new Uint8Array(leaves[133]!));
  });

  it('is not altered through what it hands out', () => {
    const one = MerkleTree.fromLeaves(concatBytes(...leaves.slice(0, 5)), sha256);
    one.leaf(0).fill(0);
    one.inclusionProof(4).forEach((node) => node.fill(0));
    one.rootAt(1).fill(0);
    one.consistencyProof(1).forEach((node) => node.fill(0));
    expect(toHex(one.rootAt())).toBe(toHex(root(5)));
  });

  it('refuses what it does not have', () => {
    const none = new MerkleTree(sha256);
    expect(toHex(none.rootAt())).toBe(toHex(sha256(new Uint8Array())));
    for (const ask of [
      () => none.rootAt(1),
      () => none.leaf(0),
      () => none.inclusionProof(0),
      () => none.consistencyProof(1),
      () => tree.rootAt(MANY + 1),
      () => tree.rootAt(-1),
      () => tree.rootAt(1.5),
      () => tree.inclusionProof(5, 5),
      () => tree.inclusionProof(-1, 5),
      () => tree.consistencyProof(0, 5),
      () => tree.consistencyProof(6, 5),
      () => {
        none.append(new Uint8Array(31));
      },
      () => {
        none.appendLeaves(new Uint8Array(33));
      },
    ]) {
      expect(ask).toThrow(RangeError);
    }
    expect(none.size).toBe(0);
  });

  it('holds at most 64 bytes per leaf, and hashes about once per leaf', () => {
    let hashes = 0;
    const counted = new MerkleTree((bytes) => {
      hashes += 1;
      return bytes.subarray(1, 33);
    });
    const leaf = new Uint8Array(32);
    for (let size = 1; size <= 300_000; size++) {
      counted.append(leaf);
      if (size >= 1000 && counted.bytes > 64 * size) expect.fail(`${counted.bytes} at ${size}`);
    }
    expect(hashes).toBeLessThanOrEqual(300_000);
    hashes = 0;
    counted.inclusionProof(123_456);
    counted.consistencyProof(222_221);
    // 19 levels: one hash at most for each node of a path, and one incomplete edge.
    expect(hashes).toBeLessThan(4 * 19 * 2);
  });
});

describe('a compact range', () => {
  it('gives the root of every size from the new leaves alone, however they are cut', () => {
    for (const cut of [1, 7, 64, 200]) {
      let range = EMPTY_RANGE;
      for (let from = 0; from < MANY; from += cut) {
        range = extendRange(range, concatBytes(...leaves.slice(from, from + cut)), sha256);
        expect(toHex(rangeRoot(range, sha256))).toBe(toHex(root(range.size)));
        expect(rangeFits(range)).toBe(true);
      }
      expect(range.size).toBe(MANY);
    }
    expect(toHex(rangeRoot(EMPTY_RANGE, sha256))).toBe(toHex(root(0)));
  });

  it('is not taken from a file with a node too many, too few or too short', () => {
    const range = extendRange(EMPTY_RANGE, concatBytes(...leaves.slice(0, 5)), sha256);
    expect(rangeFits({ ...range, nodes: range.nodes.slice(1) })).toBe(false);
    expect(rangeFits({ ...range, nodes: [...range.nodes, root(1)] })).toBe(false);
    expect(rangeFits({ ...range, nodes: [root(4), root(1).slice(1)] })).toBe(false);
    expect(rangeFits({ ...range, size: -1 })).toBe(false);
    expect(rangeFits({ size: 0, nodes: [] })).toBe(true);
    expect(() => extendRange(range, new Uint8Array(31), sha256)).toThrow(RangeError);
  });
});
