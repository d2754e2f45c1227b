import { RECORD_FILES, type RecordIndex } from '@/lib/record/format';
import type { Corruption } from './corruptions';
import type { RecordFileMap } from './record-draft';
import { edit, editIndex, refiled, resigned, type GoodRecord } from './tampering';

/** V5: what the index says, which nobody signs. */

function index(
  name: string,
  also: Corruption['also'] & object,
  change: (index: RecordIndex) => void,
): Corruption {
  const make = (good: GoodRecord): RecordFileMap =>
    refiled(good, (files) => {
      editIndex(files, change);
    });
  return { name: `the index ${name}`, own: 'V5', also, make };
}

export const indexCorruptions: readonly Corruption[] = [
  {
    name: 'the index lies about the size',
    own: 'V5',
    make: (good) =>
      refiled(good, (files) => {
        editIndex(files, (index) => {
          index.size += 1;
        });
      }),
  },
  index('hides every checkpoint', ['V12'], (index) => {
    index.checkpoints = [];
  }),
  index('hides every checkpoint but the first', ['V12'], (index) => {
    index.checkpoints = [1];
  }),
  index('hides the first checkpoint, and with it a batch', ['V12'], (index) => {
    index.checkpoints.shift();
  }),
  index('hides the last checkpoint', [], (index) => {
    index.checkpoints.pop();
  }),
  index('lists a checkpoint twice', [], (index) => {
    index.checkpoints.push(index.size);
  }),
  {
    name: 'the index is not JSON',
    own: 'V5',
    make: (good) =>
      refiled(good, (files) => {
        edit(files, RECORD_FILES.index, (text) => text.slice(1));
      }),
  },
  {
    name: 'the ballots are published before the seal',
    own: 'V5',
    make: (good) =>
      refiled({ ...good, files: resigned(good, unsealed) }, (files) => {
        editIndex(files, (index) => {
          index.ballotFiles = 1;
        });
      }),
  },
];

/** The record before its last checkpoint: nobody has sealed it yet. */
function unsealed(draft: GoodRecord['draft']): void {
  draft.state = 'open';
  draft.checkpoints.pop();
  const last = draft.checkpoints.at(-1) ?? 1;
  draft.items.length = last - 1;
  draft.live = draft.live.filter((size) => size <= last);
}
