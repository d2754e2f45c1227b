import { ok, refuse, type Result } from '@/lib/shared/result';
import { recordNote, type RecordNote } from './format';

/** A published note, its exact text (whose bytes are the leaf's) and the index of that leaf. */
export interface PlacedNote {
  readonly position: number;
  readonly text: string;
  readonly note: RecordNote;
}

/** One line of `notes.ndjson`, or null when it is not exactly `[position, text]`. */
export function parseNoteLine(line: string): { position: number; text: string } | null {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return null;
  }
  if (!Array.isArray(json) || json.length !== 2) return null;
  const [position, text] = json as unknown[];
  if (typeof position !== 'number' || typeof text !== 'string') return null;
  if (!Number.isSafeInteger(position) || position < 1) return null;
  return JSON.stringify([position, text]) === line ? { position, text } : null;
}

/** The note of an exact text, or null when it is none. */
export function parseNote(text: string): RecordNote | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = recordNote.safeParse(json);
  return parsed.success ? parsed.data : null;
}

/** All notes of `notes.ndjson`: ascending, well-formed, of this round; else the line at fault. */
export function readNotes(
  file: string,
  round: string,
): Result<PlacedNote[], 'notes-invalid'> & { readonly line: number } {
  const notes: PlacedNote[] = [];
  const lines = file.split('\n');
  if (lines.pop() !== '') return { ...refuse('notes-invalid'), line: lines.length + 1 };
  let before = 0;
  for (const [index, line] of lines.entries()) {
    const placed = parseNoteLine(line);
    const note = placed === null ? null : parseNote(placed.text);
    if (placed === null || note?.round !== round || placed.position <= before) {
      return { ...refuse('notes-invalid'), line: index + 1 };
    }
    before = placed.position;
    notes.push({ ...placed, note });
  }
  return { ...ok(notes), line: 0 };
}
