import type { Corruption } from './corruptions';
import { noteOf, placeOf, resigned } from './tampering';

/** V15: the closing note, and what must not come after it. */

export const closingCorruptions: readonly Corruption[] = [
  {
    name: 'a leaf stands after the closing note',
    own: 'V15',
    make: (good) =>
      resigned(good, (draft) => {
        const head = noteOf(draft, 'audit-head', 3);
        const later = { ...head, day: '2026-11-05', seq: head.seq + 1 };
        draft.items.push({ kind: 'note', note: later });
        draft.checkpoints.push(draft.items.length + 1);
      }),
  },
  {
    name: 'the closing note is missing',
    own: 'V15',
    make: (good) =>
      resigned(good, (draft) => {
        draft.items.pop();
        draft.checkpoints[draft.checkpoints.length - 1] = draft.items.length + 1;
      }),
  },
  {
    name: 'there are two closing notes',
    own: 'V15',
    make: (good) =>
      resigned(good, (draft) => {
        draft.items.push({ kind: 'note', note: noteOf(draft, 'closing') });
        draft.checkpoints[draft.checkpoints.length - 1] = draft.items.length + 1;
      }),
  },
  {
    name: 'the closing note counts one ballot more',
    own: 'V15',
    make: (good) =>
      resigned(good, (draft) => {
        noteOf(draft, 'closing').lines += 1;
      }),
  },
  {
    name: 'the closing note counts one voter less',
    own: 'V15',
    make: (good) =>
      resigned(good, (draft) => {
        noteOf(draft, 'closing').voters -= 1;
      }),
  },
  {
    name: 'the record says it is still open after its closing note',
    own: 'V15',
    make: (good) =>
      resigned(good, (draft) => {
        draft.state = 'closed';
      }),
  },
  {
    name: 'the closing note is malformed',
    own: 'V15',
    make: (good) =>
      resigned(good, (draft) => {
        const note = noteOf(draft, 'closing');
        const at = placeOf(draft, note);
        draft.items[at] = { kind: 'note', note, text: JSON.stringify({ ...note, lines: -1 }) };
      }),
  },
];
