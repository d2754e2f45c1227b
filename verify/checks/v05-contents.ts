import { parseNote, parseNoteLine, type PlacedNote } from '@/lib/record/notes';
import { recordNote, RECORD_FILES, type RecordNote } from '@/lib/record/format';
import { leafHash, sameBytes, type Sha256 } from '@/lib/record/merkle';
import type { MerkleTree } from '@/lib/record/tree';
import { utf8 } from '@/lib/shared/bytes';
import type { CheckId, Findings } from '../report';
import { textOf } from '../source';

/** V5: every note and every ballot line is the leaf it claims to be; none is missing, none is extra. */

/** Which check a note that cannot be read belongs to, by its type. */
const CHECK_OF: Record<RecordNote['type'], CheckId> = {
  'audit-head': 'V14',
  'paper-minutes': 'V13',
  'paper-ballots': 'V13',
  'tablet-minutes': 'V13',
  issuance: 'V12',
  closing: 'V15',
};

export interface ReadNotes {
  /** In the order of their leaves. */
  readonly notes: readonly PlacedNote[];
  /** Leaf indexes that are notes, those that could not be understood included. */
  readonly positions: ReadonlySet<number>;
}

export function checkNotes(
  bytes: Uint8Array,
  round: string,
  tree: MerkleTree,
  /** While voting goes on, notes may be newer than the checkpoint that is verified. */
  growing: boolean,
  sha256: Sha256,
  findings: Findings,
): ReadNotes {
  const notes: PlacedNote[] = [];
  const positions = new Set<number>();
  const lines = (textOf(bytes) ?? '\u0000').split('\n');
  if (lines.pop() !== '') findings.add('V5', 'file-malformed', { file: RECORD_FILES.notes });
  let before = 0;
  for (const [index, line] of lines.entries()) {
    const placed = parseNoteLine(line);
    if (placed === null) {
      findings.add('V5', 'note-malformed', { line: index + 1 });
      continue;
    }
    const { position, text } = placed;
    if (position >= tree.size && growing) continue;
    if (position <= before || position >= tree.size) {
      findings.add('V5', 'note-out-of-place', { line: index + 1, position });
    }
    if (position >= tree.size) continue;
    before = position;
    positions.add(position);
    if (!sameBytes(leafHash(utf8(text), sha256), tree.leaf(position))) {
      findings.add('V5', 'note-not-its-leaf', { position });
      continue;
    }
    const note = parseNote(text);
    if (note === null) {
      const type = typeIn(text);
      findings.add(type === null ? 'V5' : CHECK_OF[type], 'note-malformed', { line: index + 1 });
    } else if (note.round !== round) {
      findings.add('V5', 'note-of-other-round', { position, round: note.round });
    } else {
      notes.push({ position, text, note });
    }
  }
  return { notes: notes.sort((a, b) => a.position - b.position), positions };
}

/** The type a malformed note claims to have, when it is one of ours. */
function typeIn(text: string): RecordNote['type'] | null {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('type' in json)) return null;
    const { type } = json;
    return (
      recordNote.options.map((option) => option.shape.type.value).find((one) => one === type) ??
      null
    );
  } catch {
    return null;
  }
}

/** The leaf indexes that are ballots, in order: all but the manifest and the notes. */
export function* ballotPositions(size: number, notes: ReadonlySet<number>): Generator<number> {
  for (let position = 1; position < size; position++) {
    if (!notes.has(position)) yield position;
  }
}

/** Whether the line that hashes to this leaf stands where the tree has that leaf. */
export function checkBallotLeaf(
  leaf: Uint8Array,
  position: number,
  place: { readonly file: string; readonly line: number },
  tree: MerkleTree,
  findings: Findings,
): void {
  if (!sameBytes(leaf, tree.leaf(position))) findings.add('V5', 'ballot-not-its-leaf', place);
}
