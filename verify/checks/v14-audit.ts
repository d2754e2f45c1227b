import type { NoteOf } from '@/lib/record/format';
import type { PlacedNote } from '@/lib/record/notes';
import type { Findings } from '../report';

/**
 * V14: the heads of the administrative audit chain go forward, one a day and one more with the seal:
 * later acts were added, none was taken away. (That the chain behind them is whole is for whoever is
 * shown the audit log.)
 */
export function checkAuditHeads(notes: readonly PlacedNote[], findings: Findings): void {
  let heads = 0;
  let before: NoteOf<'audit-head'> | null = null;
  for (const { note } of notes) {
    if (note.type !== 'audit-head') continue;
    heads += 1;
    const { day, seq, hash } = note;
    if (before !== null) {
      if (day < before.day) findings.add('V14', 'audit-day-earlier', { day, after: before.day });
      if (seq < before.seq) findings.add('V14', 'audit-seq-smaller', { day, seq });
      if (seq === before.seq && hash !== before.hash) {
        findings.add('V14', 'audit-hash-differs', { day, seq });
      }
    }
    before = note;
  }
  findings.finish('V14', { heads });
}
