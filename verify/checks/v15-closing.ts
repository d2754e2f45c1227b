import type { PlacedNote } from '@/lib/record/notes';
import type { Findings } from '../report';

/** V15: the closing note is the last leaf, there is one, and it knew how many ballots there are. */
export function checkClosing(
  notes: readonly PlacedNote[],
  size: number,
  /** Null while the record is open: then there must be no closing note. */
  read: { readonly lines: number; readonly voters: number } | null,
  findings: Findings,
): void {
  const closings = notes.flatMap(({ position, note }) =>
    note.type === 'closing' ? [{ position, note }] : [],
  );
  const last = closings.at(-1);
  if (read === null) {
    if (last) findings.add('V15', 'closing-before-seal', { position: last.position });
    findings.wait('V15');
    return;
  }
  findings.finish('V15', { size, closedAt: last?.note.closedAt ?? '' });
  if (last === undefined) {
    findings.add('V15', 'closing-missing');
    return;
  }
  if (closings.length > 1) findings.add('V15', 'closing-twice', { count: closings.length });
  if (last.position !== size - 1) {
    findings.add('V15', 'closing-not-last', { after: size - 1 - last.position });
  }
  const { lines, voters } = last.note;
  if (lines !== read.lines) {
    findings.add('V15', 'closing-other-lines', { said: lines, read: read.lines });
  }
  if (voters !== read.voters) {
    findings.add('V15', 'closing-other-voters', { said: voters, read: read.voters });
  }
}
