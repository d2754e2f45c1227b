import { BALLOTS_PER_FILE, RECORD_FILES } from '@/lib/record/format';
import type { MerkleTree } from '@/lib/record/tree';
import { BallotStore } from './ballot-store';
import type { ReadManifest } from './checks/v01-manifest';
import { ballotPositions, checkBallotLeaf } from './checks/v05-contents';
import { checkToken } from './checks/v06-token';
import { checkSignature } from './checks/v07-signature';
import { checkRule } from './checks/v08-rule';
import type { VerifierCrypto } from './crypto';
import { LF, linesIn, reasonOf, type CheckedPortion } from './lines';
import type { Findings } from './report';
import { MAX_BYTES, readFileFor, type RecordSource } from './source';

const HASH = 32;

/** What the ballot files are compared with. */
export interface ExpectedBallots {
  readonly frozen: ReadManifest;
  /** Files that the index lists. */
  readonly files: number;
  readonly tree: MerkleTree;
  /** Leaf indexes that are notes. */
  readonly notes: ReadonlySet<number>;
}

/**
 * Reads the ballot files one after the other (V5 to V8, and twins for V9): portions of lines go to
 * the crypto side, several at once, and come back in order as columns.
 */
export async function readBallots(
  source: RecordSource,
  crypto: VerifierCrypto,
  { frozen, files, tree, notes }: ExpectedBallots,
  findings: Findings,
  onProgress: (done: number, all: number) => void,
): Promise<BallotStore> {
  const store = new BallotStore(frozen.manifest);
  const expected = tree.size - 1 - notes.size;
  const positions = ballotPositions(tree.size, notes);
  const checker = crypto.ballots({ text: frozen.text, hash: frozen.hash });
  const running: { file: string; line: number; checked: Promise<CheckedPortion> }[] = [];

  const take = async (): Promise<void> => {
    const next = running.shift();
    if (next === undefined) return;
    const portion = await next.checked;
    addPortion(portion, next, { store, positions, tree }, findings);
    onProgress(store.lines, expected);
  };
  try {
    for (let number = 0; number < files; number++) {
      const file = RECORD_FILES.ballots(number);
      const bytes = await readFileFor('V5', source, file, MAX_BYTES.ballots, findings);
      if (bytes === null) continue;
      if (bytes.length > 0 && bytes.at(-1) !== LF) {
        findings.add('V5', 'file-malformed', { file });
      }
      let line = 1;
      for (const portion of portionsOf(bytes, checker.portionBytes)) {
        if (running.length >= checker.parallel) await take();
        const checked = checker.check(portion);
        checked.catch(() => undefined);
        running.push({ file, line, checked });
        line += linesIn(portion);
      }
      const isLast = number === files - 1;
      if (!isLast && line - 1 !== BALLOTS_PER_FILE) {
        findings.add('V5', 'file-malformed', { file });
      }
    }
    while (running.length > 0) await take();
  } finally {
    await checker.close();
  }
  if (store.lines < expected) {
    findings.add('V5', 'ballot-missing', { missing: expected - store.lines });
  }
  for (const id of ['V5', 'V6', 'V7', 'V8'] as const) {
    findings.finish(id, { ballots: store.lines, notes: notes.size });
  }
  return store;
}

function addPortion(
  portion: CheckedPortion,
  begin: { readonly file: string; readonly line: number },
  into: {
    readonly store: BallotStore;
    readonly positions: Generator<number>;
    readonly tree: MerkleTree;
  },
  findings: Findings,
): void {
  into.store.beginPortion(portion);
  for (let index = 0; index < portion.count; index++) {
    const place = { file: begin.file, line: begin.line + index };
    const reason = reasonOf(portion.status[index] ?? 0);
    if (reason !== null) {
      checkToken(reason, place, findings);
      checkSignature(reason, place, findings);
      checkRule(reason, place, findings);
    }
    const next = into.positions.next();
    if (next.done === true) {
      findings.add('V5', 'ballot-extra', { ...place });
      continue;
    }
    const leaf = portion.leaves.subarray(index * HASH, (index + 1) * HASH);
    checkBallotLeaf(leaf, next.value, place, into.tree, findings);
    const { taken, otherGroup } = into.store.add(portion, index, next.value);
    const sequence = portion.sequences[index] ?? 0;
    if (taken) findings.add('V9', 'sequence-twice', { ...place, sequence });
    if (otherGroup) findings.add('V9', 'credential-two-groups', { ...place });
  }
}

/** Whole lines, about so many bytes at a time; a last line without its end is left out. */
function* portionsOf(bytes: Uint8Array, portionBytes: number): Generator<Uint8Array> {
  let from = 0;
  while (from < bytes.length) {
    const wanted = Math.min(from + portionBytes, bytes.length) - 1;
    let end = bytes.lastIndexOf(LF, wanted);
    if (end < from) end = bytes.indexOf(LF, wanted);
    if (end < 0) return;
    yield bytes.subarray(from, end + 1);
    from = end + 1;
  }
}
