import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toHex } from '@/lib/shared/bytes';
import {
  consistencyHolds,
  consistencyProof,
  inclusionHolds,
  inclusionProof,
  leafHash,
  merkleRoot,
} from './merkle';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

// The tree of the certificate-transparency reference implementation (RFC 6962).
const DATA = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = DATA.map((hex) => leafHash(Buffer.from(hex, 'hex'), sha256));

describe('the Merkle tree', () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))(
    'of %i leaves has the root of the certificate-transparency vectors',
    (size, root) => {
      expect(toHex(merkleRoot(leaves.slice(0, size), sha256))).toBe(root);
    },
  );

  const many = Array.from({ length: 40 }, (_, i) => leafHash(Uint8Array.of(i), sha256));

  it('proves every leaf of every size up to 40, and no other leaf, index or root', () => {
    for (let size = 1; size <= many.length; size++) {
      const tree = many.slice(0, size);
      const root = merkleRoot(tree, sha256);
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(index, tree, sha256);
        const claim = { index, size, leaf: many[index]!, proof, root };
        expect(inclusionHolds(claim, sha256)).toBe(true);
        expect(inclusionHolds({ ...claim, leaf: sha256(claim.leaf) }, sha256)).toBe(false);
        expect(inclusionHolds({ ...claim, root: sha256(root) }, sha256)).toBe(false);
        expect(inclusionHolds({ ...claim, proof: [...proof, root] }, sha256)).toBe(false);
        if (size > 1) {
          expect(inclusionHolds({ ...claim, index: (index + 1) % size }, sha256)).toBe(false);
          expect(inclusionHolds({ ...claim, proof: proof.slice(1) }, sha256)).toBe(false);
        }
      }
      expect(inclusionHolds({ index: size, size, leaf: many[0]!, proof: [], root }, sha256)).toBe(
        false,
      );
    }
  });

  it('proves that every smaller tree is its beginning, and that an altered one is not', () => {
    for (let size = 1; size <= many.length; size++) {
      const tree = many.slice(0, size);
      const root = merkleRoot(tree, sha256);
      for (let oldSize = 1; oldSize <= size; oldSize++) {
        const oldRoot = merkleRoot(many.slice(0, oldSize), sha256);
        const proof = consistencyProof(oldSize, tree, sha256);
        const claim = { oldSize, oldRoot, size, root, proof };
        expect(consistencyHolds(claim, sha256)).toBe(true);
        expect(consistencyHolds({ ...claim, oldRoot: sha256(oldRoot) }, sha256)).toBe(false);
        expect(consistencyHolds({ ...claim, root: sha256(root) }, sha256)).toBe(false);
        expect(consistencyHolds({ ...claim, proof: [...proof, root] }, sha256)).toBe(false);
      }
    }
  });
});
