import { sign } from 'node:crypto';
import { checkpointText, parseCheckpoint } from '@/lib/record/checkpoint';
import { cosign } from '@/lib/record/cosignature';
import { RECORD_FILES } from '@/lib/record/format';
import { present } from '@/lib/shared/assert';
import { concatBytes, toBase64Url, utf8 } from '@/lib/shared/bytes';
import type { Corruption } from './corruptions';
import { checkpointNote, makeWitness, sha256, type RecordFileMap } from './record-draft';
import {
  ballotAt,
  edit,
  editLine,
  forkedNote,
  noteOf,
  placeOf,
  refiled,
  resigned,
  singleBallots,
  textIn,
  type GoodRecord,
} from './tampering';

/** V1 to V5: the manifest, the signatures, the tree and what belongs to it. */

const LEAVES = RECORD_FILES.leaves(0);

function flipLeaf(files: RecordFileMap, leaf: number): void {
  const bytes = present(files.get(LEAVES), 'leaves');
  bytes[leaf * 32] = (bytes[leaf * 32] ?? 0) ^ 1;
}

const sizeOf = ({ draft }: GoodRecord): number => draft.items.length + 1;
const middle = ({ draft }: GoodRecord): number => present(draft.checkpoints[2], 'a checkpoint');

export const treeCorruptions: readonly Corruption[] = [
  {
    name: 'the manifest is edited and nothing else',
    own: 'V1',
    // Other rules, another hash: no ballot was cast for them, and the count names another manifest.
    also: ['V8', 'V10'],
    make: (good) =>
      refiled(good, (files) => {
        edit(files, RECORD_FILES.manifest, (text) => text.replace('"Votación"', '"Votacion"'));
      }),
  },
  {
    name: 'the manifest is not the one on the poster',
    own: 'V1',
    make: ({ files }) => files,
    manifestHash: () => toBase64Url(sha256(utf8('another manifest'))),
  },
  {
    name: 'the manifest names a witness key that is none',
    own: 'V1',
    make: (good) =>
      resigned(good, ({ manifest }) => {
        manifest.witnesses = [{ name: 'nadie.example', key: 'AAAA' }];
      }),
  },
  {
    name: 'a checkpoint is not signed by the record key',
    own: 'V2',
    make: (good) =>
      refiled(good, (files) => {
        const path = RECORD_FILES.checkpointOf(middle(good));
        edit(files, path, (text) => {
          const [origin = '', size = '', root = '', , ...lines] = text.split('\n');
          return [origin, size, root, '', ...lines.slice(1)].join('\n');
        });
      }),
  },
  {
    name: 'the newest checkpoint is signed with another key',
    own: 'V2',
    make: (good) =>
      refiled(good, (files) => {
        const { privateKey } = makeWitness('x');
        const newest = present(parseCheckpoint(textIn(files, RECORD_FILES.checkpoint)), 'newest');
        const forged = { ...good.draft, recordKey: privateKey, witnesses: [] };
        const { size, root } = newest.checkpoint;
        files.set(RECORD_FILES.checkpoint, utf8(checkpointNote(forged, size, root)));
      }),
  },
  {
    name: 'a cosignature is forged',
    own: 'V2',
    make: (good) =>
      refiled(good, (files) => {
        const [{ name, key } = makeWitness('x')] = good.draft.witnesses;
        const impostor = makeWitness(name).privateKey;
        edit(files, RECORD_FILES.checkpoint, (text) => {
          const { checkpoint } = present(parseCheckpoint(text), 'newest');
          const body = checkpointText(checkpoint);
          const line = cosign(body, 1_790_000_000, { name, key }, sha256, (signed) =>
            sign(null, signed, impostor),
          );
          return text.replace(/\u2014 universidad\.example .*/, line);
        });
      }),
  },
  {
    name: 'a cosignature was given for another checkpoint',
    own: 'V2',
    make: (good) =>
      refiled(good, (files) => {
        const other = textIn(files, RECORD_FILES.checkpointOf(middle(good)));
        const stolen = present(/\u2014 comite\.example .*/.exec(other)?.[0], 'a cosignature');
        edit(files, RECORD_FILES.checkpoint, (text) =>
          text.replace(/\u2014 comite\.example .*/, stolen),
        );
      }),
  },
  {
    name: 'a checkpoint is of another round',
    own: 'V2',
    make: (good) =>
      refiled(good, (files) => {
        const path = RECORD_FILES.checkpointOf(middle(good));
        edit(files, path, (text) => text.replaceAll('minka/pp2027', 'minka/pp2026'));
      }),
  },
  {
    name: 'a checkpoint is cut off',
    own: 'V2',
    make: (good) =>
      refiled(good, (files) => {
        edit(files, RECORD_FILES.checkpointOf(middle(good)), (text) => text.slice(0, 60));
      }),
  },
  {
    name: 'a listed checkpoint is missing',
    own: 'V2',
    make: (good) =>
      refiled(good, (files) => {
        files.delete(RECORD_FILES.checkpointOf(middle(good)));
      }),
  },
  {
    name: 'a checkpoint is far too large',
    own: 'V2',
    make: (good) =>
      refiled(good, (files) => {
        files.set(RECORD_FILES.checkpointOf(middle(good)), new Uint8Array(100_000).fill(10));
      }),
  },
  {
    name: 'an earlier checkpoint, well signed, is of other leaves (a fork)',
    own: 'V3',
    make: (good) =>
      refiled(good, (files) => {
        const size = middle(good);
        files.set(RECORD_FILES.checkpointOf(size), utf8(forkedNote(good.draft, size)));
      }),
  },
  {
    name: 'two well signed checkpoints of the last size contradict each other',
    own: 'V3',
    make: (good) =>
      refiled(good, (files) => {
        const size = sizeOf(good);
        files.set(RECORD_FILES.checkpointOf(size), utf8(forkedNote(good.draft, size)));
      }),
  },
  {
    name: 'a checkpoint stands under the size of another',
    own: 'V3',
    make: (good) =>
      refiled(good, (files) => {
        const [first = 1] = good.draft.checkpoints;
        const bytes = present(files.get(RECORD_FILES.checkpointOf(first)), 'a checkpoint');
        files.set(RECORD_FILES.checkpointOf(middle(good)), bytes);
      }),
  },
  {
    name: 'the record was rewritten since an older copy',
    own: 'V3',
    make: (good) =>
      resigned(good, (draft) => {
        const [a = 0, b = 0] = singleBallots(draft);
        [draft.items[a], draft.items[b]] = [ballotAt(draft, b), ballotAt(draft, a)];
      }),
    since: ({ files }) => textIn(files, RECORD_FILES.checkpoint),
  },
  {
    name: 'the record is shorter than an older copy',
    own: 'V3',
    make: ({ files }) => files,
    since: (good) => forkedNote(good.draft, sizeOf(good) + 5),
  },
  {
    name: 'the older copy is not signed by this record',
    own: 'V3',
    make: ({ files }) => files,
    since: (good) => forkedNote({ ...good.draft, recordKey: makeWitness('x').privateKey }, 3),
  },
  {
    name: 'the last leaf before the notes at the end is flipped',
    own: 'V4',
    also: ['V5'],
    make: (good) =>
      refiled(good, (files) => {
        flipLeaf(files, 1 + placeOf(good.draft, noteOf(good.draft, 'audit-head', 2)));
      }),
  },
  {
    name: 'a ballot leaf is flipped',
    own: 'V4',
    also: ['V3', 'V5'],
    make: (good) =>
      refiled(good, (files) => {
        flipLeaf(files, 1 + (singleBallots(good.draft)[0] ?? 0));
      }),
  },
  {
    name: 'a leaf is dropped',
    own: 'V4',
    make: (good) =>
      refiled(good, (files) => {
        const leaves = present(files.get(LEAVES), 'leaves');
        files.set(LEAVES, leaves.slice(0, -32));
      }),
  },
  {
    name: 'the leaves are cut in the middle of a hash',
    own: 'V4',
    make: (good) =>
      refiled(good, (files) => {
        const leaves = present(files.get(LEAVES), 'leaves');
        files.set(LEAVES, leaves.slice(0, -5));
      }),
  },
  {
    name: 'a leaf is added that nobody signed',
    own: 'V4',
    make: (good) =>
      refiled(good, (files) => {
        const leaves = present(files.get(LEAVES), 'leaves');
        files.set(LEAVES, concatBytes(leaves, sha256(utf8('more'))));
      }),
  },
  {
    name: 'the leaves are missing',
    own: 'V4',
    make: (good) =>
      refiled(good, (files) => {
        files.delete(LEAVES);
      }),
  },
  {
    name: 'a ballot line is missing',
    own: 'V5',
    also: ['V9', 'V10', 'V11', 'V15'],
    make: (good) =>
      refiled(good, (files) => {
        editLine(files, (lines) => {
          lines.splice(3, 1);
        });
      }),
  },
  {
    name: 'a ballot line is added',
    own: 'V5',
    make: (good) =>
      refiled(good, (files) => {
        editLine(files, (lines) => {
          lines.push(lines[0] ?? '');
        });
      }),
  },
  {
    name: 'two ballot lines change places',
    own: 'V5',
    make: (good) =>
      refiled(good, (files) => {
        editLine(files, (lines) => {
          lines.splice(2, 2, lines[3] ?? '', lines[2] ?? '');
        });
      }),
  },
  {
    name: 'a ballot file is cut off in the middle of a line',
    own: 'V5',
    also: ['V10', 'V11', 'V15'],
    make: (good) =>
      refiled(good, (files) => {
        edit(files, RECORD_FILES.ballots(0), (text) => text.slice(0, -200));
      }),
  },
  {
    name: 'a ballot file is missing',
    own: 'V5',
    also: ['V10', 'V11', 'V15'],
    make: (good) =>
      refiled(good, (files) => {
        files.delete(RECORD_FILES.ballots(0));
      }),
  },
  {
    name: 'a note is altered',
    own: 'V5',
    make: (good) =>
      refiled(good, (files) => {
        edit(files, RECORD_FILES.notes, (text) => text.replace('Cullpa', 'Cochas'));
      }),
  },
  {
    name: 'a note is missing',
    own: 'V5',
    also: ['V12'],
    make: (good) =>
      refiled(good, (files) => {
        edit(files, RECORD_FILES.notes, (text) =>
          text
            .split('\n')
            .filter((line) => !line.includes('tablet-minutes'))
            .join('\n'),
        );
      }),
  },
  {
    name: 'notes are out of order',
    own: 'V5',
    make: (good) =>
      refiled(good, (files) => {
        edit(files, RECORD_FILES.notes, (text) => {
          const [first = '', second = '', ...rest] = text.split('\n');
          return [second, first, ...rest].join('\n');
        });
      }),
  },
  {
    name: 'a note is no note',
    own: 'V5',
    make: (good) =>
      resigned(good, (draft) => {
        const at = placeOf(draft, noteOf(draft, 'audit-head', 2));
        const note = noteOf(draft, 'audit-head', 2);
        draft.items[at] = { kind: 'note', note, text: '{"v":1,"type":"gift"}' };
      }),
  },
  {
    name: 'a note is of another round',
    own: 'V5',
    make: (good) =>
      resigned(good, (draft) => {
        noteOf(draft, 'audit-head', 2).round = 'pp2026-votacion';
      }),
  },
];
