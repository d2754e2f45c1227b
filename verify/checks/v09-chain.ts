import { MAX_SEQUENCE } from '@/lib/ballots/body';
import { sameBytes } from '@/lib/record/merkle';
import type { MerkleTree } from '@/lib/record/tree';
import type { BallotStore } from '../ballot-store';
import type { Findings } from '../report';

/**
 * V9: of each credential only the ballot with the highest number counts, and its ballots form one
 * chain 1, 2, … in which each names the leaf of the one it replaces: none was dropped, none slipped
 * in. (Two ballots with one number are reported where they are read.)
 */
export function checkChain(store: BallotStore, tree: MerkleTree, findings: Findings): void {
  const { credentials } = store;
  for (let slot = 0; slot < credentials.count; slot++) {
    let gap = false;
    for (let sequence = 1; sequence <= MAX_SEQUENCE; sequence++) {
      const position = credentials.positionOf(slot, sequence);
      if (position === 0) gap = true;
      else if (gap) {
        findings.add('V9', 'chain-gap', { position, sequence });
        break;
      }
    }
  }
  for (const { position, slot, sequence, previous } of store.links()) {
    const before = credentials.positionOf(slot, sequence - 1);
    if (before !== 0 && !sameBytes(tree.leaf(before), previous)) {
      findings.add('V9', 'chain-broken', { position, sequence });
    }
  }
  const replaced = store.lines - credentials.count;
  findings.finish('V9', { voters: credentials.count, replaced });
}
