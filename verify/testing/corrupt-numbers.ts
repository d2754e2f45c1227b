import { codeFromDigest } from '@/lib/ballots/receipt';
import { RECORD_FILES, type NoteOf } from '@/lib/record/format';
import { present } from '@/lib/shared/assert';
import { utf8 } from '@/lib/shared/bytes';
import type { Corruption } from './corruptions';
import { sha256, type RecordDraft } from './record-draft';
import {
  ballotAt,
  edit,
  editIndex,
  editLive,
  editTally,
  noteOf,
  placeOf,
  refiled,
  resigned,
  singleBallots,
  type GoodRecord,
} from './tampering';

/** V10 to V14: the count, what screens showed, rights and receipts, minutes, the audit heads. */

function tally(
  name: string,
  change: (tally: Parameters<Parameters<typeof editTally>[1]>[0]) => void,
): Corruption {
  return {
    name,
    own: 'V10',
    make: (good) =>
      refiled(good, (files) => {
        editTally(files, change);
      }),
  };
}

function note<Type extends 'paper-minutes' | 'paper-ballots' | 'tablet-minutes' | 'issuance'>(
  name: string,
  own: 'V12' | 'V13',
  type: Type,
  change: (note: NoteOf<Type>, draft: RecordDraft) => void,
): Corruption {
  return {
    name,
    own,
    make: (good) =>
      resigned(good, (draft) => {
        change(noteOf(draft, type), draft);
      }),
  };
}

function receipts(name: string, change: (codes: string[]) => void): Corruption {
  return {
    name,
    own: 'V12',
    make: (good) =>
      refiled(good, (files) => {
        edit(files, RECORD_FILES.receipts(secondOf(good)), (text) => {
          const codes = text.split('\n').slice(0, -1);
          change(codes);
          return codes.map((code) => `${code}\n`).join('');
        });
      }),
  };
}

const secondOf = ({ draft }: GoodRecord): number => present(draft.checkpoints[1], 'a checkpoint');
const liveOf = ({ draft }: GoodRecord): number => present(draft.live[0], 'a live file');

export const numberCorruptions: readonly Corruption[] = [
  tally('the announced winners are others', ({ contests }) => {
    const [, fund] = contests;
    if (fund?.kind === 'allocate') fund.winners.reverse().pop();
  }),
  tally('the announced cost is another', ({ contests }) => {
    const [, fund] = contests;
    if (fund?.kind === 'allocate') fund.costCents = String(Number(fund.costCents) + 1);
  }),
  tally('the announced points are others', ({ contests }) => {
    const [rank] = contests;
    if (rank?.kind === 'rank') present(rank.ranking[0], 'first').score += 1;
  }),
  tally('the announced order is another', ({ contests }) => {
    const [rank] = contests;
    if (rank?.kind === 'rank') rank.ranking.reverse();
  }),
  tally('the announced ties are others', ({ contests }) => {
    present(contests[1], 'a contest').ties.push({ place: 1, tied: ['x'], chosen: 'x' });
  }),
  tally('the announced number of ballots is another', (announced) => {
    announced.ballots += 1;
  }),
  tally('the announced blank ballots are others', ({ contests }) => {
    present(contests[0], 'a contest').blank += 1;
  }),
  tally('a contest is left out of the count', ({ contests }) => {
    contests.pop();
  }),
  tally('the count was made over another record', (announced) => {
    announced.root = Buffer.from(sha256(utf8('another'))).toString('base64');
  }),
  tally('the count is of another manifest', (announced) => {
    announced.manifestHash = announced.manifestHash.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'));
  }),
  tally('the count was made by another engine', (announced) => {
    announced.engine = 'minka-tally/0';
  }),
  {
    name: 'the lot is drawn with a seed that was not committed to',
    own: 'V10',
    make: (good) =>
      refiled(good, (files) => {
        editTally(files, (announced) => {
          announced.lotSeed = 'another-seed';
        });
      }),
  },
  {
    name: 'the count is no count',
    own: 'V10',
    make: (good) =>
      refiled(good, (files) => {
        files.set(RECORD_FILES.tally, utf8('{"v":1'));
      }),
  },
  {
    name: 'the count is missing although it was announced',
    own: 'V10',
    make: (good) =>
      refiled(good, (files) => {
        files.delete(RECORD_FILES.tally);
      }),
  },
  {
    name: 'a screen showed one vote more',
    own: 'V11',
    make: (good) =>
      refiled(good, (files) => {
        editLive(files, liveOf(good), ({ contests }) => {
          present(contests['prioridades']?.bars[0], 'a bar').votes += 1;
        });
      }),
  },
  {
    name: 'a screen showed another winner',
    own: 'V11',
    make: (good) =>
      refiled(good, (files) => {
        editLive(files, liveOf(good), ({ contests }) => {
          const bar = present(contests['fondo-provincia']?.bars[0], 'a bar');
          bar.funded = !bar.funded;
        });
      }),
  },
  {
    name: 'a screen showed more voters',
    own: 'V11',
    make: (good) =>
      refiled(good, (files) => {
        editLive(files, liveOf(good), (live) => {
          live.voters += 1;
        });
      }),
  },
  {
    name: 'a live file is that of other leaves',
    own: 'V11',
    make: (good) =>
      refiled(good, (files) => {
        const [first = 0, second = 0] = good.draft.live;
        const bytes = present(files.get(RECORD_FILES.live(second)), 'a live file');
        files.set(RECORD_FILES.live(first), bytes);
      }),
  },
  {
    name: 'a listed live file is missing',
    own: 'V11',
    make: (good) =>
      refiled(good, (files) => {
        files.delete(RECORD_FILES.live(liveOf(good)));
      }),
  },
  {
    name: 'figures were shown for too few ballots',
    own: 'V11',
    make: (good) => {
      // The screen showed the figures of the second leaf file's predecessor: one voter only.
      const size = 3;
      return refiled(good, (files) => {
        const live = { v: 1, round: good.draft.manifest.round, size, voters: 1, contests: {} };
        files.set(RECORD_FILES.live(size), utf8(JSON.stringify(live)));
        editIndex(files, (index) => {
          index.live.unshift(size);
        });
      });
    },
  },
  {
    name: 'figures were shown although the rules forbid it',
    own: 'V11',
    also: ['V8'],
    make: (good) => {
      const files = resigned(good, ({ manifest }) => {
        manifest.livePolicy = 'at-close';
      });
      const size = liveOf(good);
      files.set(RECORD_FILES.live(size), present(good.files.get(RECORD_FILES.live(size)), 'live'));
      editIndex(files, (index) => {
        index.live = [size];
      });
      return files;
    },
  },
  note('more people voted than were given a right', 'V12', 'issuance', ({ phone }) => {
    phone['120101'] = 0;
  }),
  note('more rights were given out than the roll has people', 'V12', 'issuance', ({ desk }) => {
    desk['zona-1'] = 100_000;
  }),
  note('more paper was voted than given out', 'V12', 'issuance', ({ paper }) => {
    paper['zona-1'] = 0;
  }),
  note(
    'more people checked in on paper than were given a right',
    'V12',
    'issuance',
    ({ paper }) => {
      paper['zona-1'] = (paper['zona-1'] ?? 0) - 1;
    },
  ),
  note('rights were given out in a group that does not exist', 'V12', 'issuance', ({ desk }) => {
    desk['zona-9'] = 1;
  }),
  {
    name: 'the account of rights is missing',
    own: 'V12',
    make: (good) =>
      resigned(good, (draft) => {
        draft.items.splice(placeOf(draft, noteOf(draft, 'issuance')), 1);
        draft.checkpoints[draft.checkpoints.length - 1] = draft.items.length + 1;
      }),
  },
  {
    name: 'there are two accounts of rights',
    own: 'V12',
    make: (good) =>
      resigned(good, (draft) => {
        const issued = noteOf(draft, 'issuance');
        draft.items.splice(placeOf(draft, issued), 0, { kind: 'note', note: { ...issued } });
        draft.checkpoints[draft.checkpoints.length - 1] = draft.items.length + 1;
      }),
  },
  receipts('a receipt is missing', (codes) => {
    codes.pop();
  }),
  receipts('a receipt is added', (codes) => {
    codes.push(codeFromDigest(sha256(utf8('one more'))));
    codes.sort();
  }),
  receipts('a receipt has a wrong check character', (codes) => {
    const code = codes.pop() ?? '';
    const wrong = code.endsWith('0') ? '1' : '0';
    codes.push(code.slice(0, -1) + wrong);
  }),
  receipts('the receipts are not sorted', (codes) => {
    codes.reverse();
  }),
  {
    name: 'two people were shown the same receipt',
    own: 'V12',
    make: (good) =>
      resigned(good, (draft) => {
        const [a = -1, b = -1] = singleBallots(draft);
        draft.items[b] = { ...ballotAt(draft, b), receipt: ballotAt(draft, a).receipt };
      }),
  },
  note('the minutes say one ballot more', 'V13', 'paper-minutes', (minutes) => {
    minutes.ballots += 1;
  }),
  note('more ballots came out than people walked in', 'V13', 'paper-minutes', (minutes) => {
    minutes.checkIns = minutes.ballots;
    minutes.spoiled = 1;
  }),
  note('the minutes are of a group that does not exist', 'V13', 'paper-minutes', (minutes) => {
    minutes.group = 'zona-9';
  }),
  note('one officer keyed a pile twice', 'V13', 'paper-ballots', (pile) => {
    pile.keyedBy = [pile.keyedBy[0], pile.keyedBy[0]];
  }),
  note('the third person had keyed too', 'V13', 'paper-ballots', (pile) => {
    pile.arbitratedBy = pile.keyedBy[1];
  }),
  note('the order of a pile is kept', 'V13', 'paper-ballots', (pile) => {
    pile.ballots.reverse();
  }),
  note('a pile has no minutes', 'V13', 'paper-ballots', (pile) => {
    pile.minutes = 'mesa-9';
  }),
  {
    name: 'a pile was keyed before its minutes were recorded',
    own: 'V13',
    make: (good) =>
      resigned(good, (draft) => {
        const minutes = placeOf(draft, noteOf(draft, 'paper-minutes'));
        const pile = placeOf(draft, noteOf(draft, 'paper-ballots'));
        const [a, b] = [draft.items[minutes], draft.items[pile]];
        draft.items[minutes] = present(b, 'a pile');
        draft.items[pile] = present(a, 'minutes');
      }),
  },
  {
    name: 'a pile of recorded minutes is missing',
    own: 'V13',
    make: (good) =>
      resigned(good, (draft) => {
        draft.items.splice(placeOf(draft, noteOf(draft, 'paper-ballots')), 1);
        draft.checkpoints[draft.checkpoints.length - 1] = draft.items.length + 1;
      }),
  },
  {
    name: 'the same minutes are recorded twice with other numbers',
    own: 'V13',
    make: (good) =>
      resigned(good, (draft) => {
        const minutes = noteOf(draft, 'paper-minutes');
        const again = { ...minutes, checkIns: minutes.checkIns + 1 };
        draft.items.splice(placeOf(draft, noteOf(draft, 'issuance')), 0, {
          kind: 'note',
          note: again,
        });
        draft.checkpoints[draft.checkpoints.length - 1] = draft.items.length + 1;
      }),
  },
  note('a tablet has more ballots than people', 'V13', 'tablet-minutes', (minutes) => {
    minutes.ballots = minutes.checkIns + 1;
  }),
  note(
    'a tablet checked in more people than it had vouchers',
    'V13',
    'tablet-minutes',
    (minutes) => {
      minutes.checkIns = minutes.vouchers + 1;
    },
  ),
  {
    name: 'the audit chain lost acts',
    own: 'V14',
    make: (good) =>
      resigned(good, (draft) => {
        noteOf(draft, 'audit-head', 1).seq = 12;
      }),
  },
  {
    name: 'an audit head is of an earlier day than the one before it',
    own: 'V14',
    make: (good) =>
      resigned(good, (draft) => {
        noteOf(draft, 'audit-head', 1).day = '2026-10-31';
      }),
  },
  {
    name: 'an audit head changed although nothing was done',
    own: 'V14',
    make: (good) =>
      resigned(good, (draft) => {
        noteOf(draft, 'audit-head', 2).hash = 'ab'.repeat(32);
      }),
  },
  {
    name: 'an audit head is malformed',
    own: 'V14',
    make: (good) =>
      resigned(good, (draft) => {
        const head = noteOf(draft, 'audit-head', 2);
        const at = placeOf(draft, head);
        draft.items[at] = { kind: 'note', note: head, text: JSON.stringify({ ...head, seq: 'x' }) };
      }),
  },
];
