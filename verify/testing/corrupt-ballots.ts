import { generateKeyPairSync } from 'node:crypto';
import { canonicalChoices } from '@/lib/ballots/rules';
import { present } from '@/lib/shared/assert';
import { toBase64Url, utf8 } from '@/lib/shared/bytes';
import type { Corruption } from './corruptions';
import { sha256 } from './record-draft';
import { makeVoter } from './synthetic-record';
import {
  ballotAt,
  ballotOf,
  bodyOf,
  newVoter,
  noteOf,
  replaceVoter,
  resigned,
  secondBallot,
  singleBallots,
  withBody,
} from './tampering';

/**
 * V6 to V9: ballots. The attacker holds the record key, so that tree, receipts and count are made to
 * fit and only the ballot itself is wrong.
 */

const other = (group: string): string => (group === '120101' ? 'zona-1' : '120101');

export const ballotCorruptions: readonly Corruption[] = [
  {
    name: 'a token is signed by the issuer of another group',
    own: 'V6',
    make: (good) =>
      resigned(good, (draft) => {
        replaceVoter(draft, (group, choices) =>
          ballotOf(draft, newVoter(draft, group, other(group)), choices),
        );
      }),
  },
  {
    name: 'a ballot moves to another group',
    own: 'V6',
    // One voter more there than the counts allow nothing: the rights given out still suffice.
    make: (good) =>
      resigned(good, (draft) => {
        replaceVoter(draft, (group) => {
          const voter = { ...newVoter(draft, group), group: other(group) };
          return ballotOf(draft, voter, canonicalChoices(draft.manifest, voter.group, {}));
        });
        const { phone } = noteOf(draft, 'issuance');
        for (const group of Object.keys(phone)) phone[group] = (phone[group] ?? 0) + 1;
      }),
  },
  {
    name: 'a token is invented',
    own: 'V6',
    make: (good) =>
      resigned(good, (draft) => {
        replaceVoter(draft, (group, choices) => {
          const token = newVoter(draft, group).token;
          return ballotOf(draft, { ...newVoter(draft, group), token }, choices);
        });
      }),
  },
  {
    name: 'a ballot names a group that does not exist',
    own: 'V6',
    also: ['V10', 'V11'],
    make: (good) =>
      resigned(good, (draft) => {
        const before = draft.manifest;
        const [group = before.groups[0]] = before.groups;
        const id = present(group, 'a group').id;
        const voter = { ...newVoter(draft, id), group: 'zona-9' };
        const [at = -1] = singleBallots(draft).filter(
          (index) => bodyOf(ballotAt(draft, index)).d === id,
        );
        draft.items[at] = { ...ballotAt(draft, at), ...ballotOf(draft, voter, {}) };
      }),
  },
  {
    name: 'a choice is altered after signing',
    own: 'V7',
    make: (good) =>
      resigned(good, (draft) => {
        replaceVoter(draft, (group) => {
          const ballot = ballotOf(
            draft,
            newVoter(draft, group),
            canonicalChoices(draft.manifest, group, { prioridades: ['SOC-1'] }),
          );
          const altered = canonicalChoices(draft.manifest, group, { prioridades: ['ECO-1'] });
          return withBody(ballot, { c: altered });
        });
      }),
  },
  {
    name: 'a ballot is signed with another key than its credential',
    own: 'V7',
    make: (good) =>
      resigned(good, (draft) => {
        replaceVoter(draft, (group, choices) => {
          const thief = newVoter(draft, group);
          return ballotOf(
            draft,
            { ...newVoter(draft, group), privateKey: thief.privateKey },
            choices,
          );
        });
      }),
  },
  {
    name: 'the salt of a ballot is altered',
    own: 'V7',
    make: (good) =>
      resigned(good, (draft) => {
        const [at = -1] = singleBallots(draft);
        const s = toBase64Url(new Uint8Array(16));
        draft.items[at] = withBody(ballotAt(draft, at), { s });
      }),
  },
  {
    name: 'a ballot is over budget',
    own: 'V8',
    make: (good) =>
      resigned(good, (draft) => {
        replaceVoter(draft, (group, choices) =>
          ballotOf(draft, newVoter(draft, group), {
            ...choices,
            'fondo-provincia': ['2027-001', '2027-002', '2027-003'],
          }),
        );
      }),
  },
  {
    name: 'a ballot ranks more rows than allowed',
    own: 'V8',
    make: (good) =>
      resigned(good, (draft) => {
        replaceVoter(draft, (group, choices) =>
          ballotOf(draft, newVoter(draft, group), {
            ...choices,
            prioridades: ['SOC-1', 'SOC-2', 'SOC-3', 'ECO-1', 'AMB-1', 'INS-1'],
          }),
        );
      }),
  },
  {
    name: 'the order of the choices marks a ballot',
    own: 'V8',
    make: (good) =>
      resigned(good, (draft) => {
        replaceVoter(draft, (group, choices) =>
          ballotOf(draft, newVoter(draft, group), {
            ...choices,
            'fondo-provincia': ['2027-002', '2027-001'],
          }),
        );
      }),
  },
  {
    name: 'a ballot answers a contest of another group',
    own: 'V8',
    make: (good) =>
      resigned(good, (draft) => {
        const [at = -1] = singleBallots(draft).filter(
          (index) => bodyOf(ballotAt(draft, index)).d === 'zona-1',
        );
        const { c } = bodyOf(ballotAt(draft, at));
        const choices = { ...c, 'fondo-120101': ['2027-010'] };
        draft.items[at] = ballotOf(draft, newVoter(draft, 'zona-1'), choices);
      }),
  },
  {
    name: 'a ballot was cast for another manifest',
    own: 'V8',
    make: (good) =>
      resigned(good, (draft) => {
        const [at = -1] = singleBallots(draft);
        const m = toBase64Url(sha256(utf8('other rules')));
        draft.items[at] = withBody(ballotAt(draft, at), { m });
      }),
  },
  {
    name: 'a ballot line has a space too many',
    own: 'V8',
    make: (good) =>
      resigned(good, (draft) => {
        const [at = -1] = singleBallots(draft);
        const item = ballotAt(draft, at);
        draft.items[at] = { ...item, line: [` ${item.line[0]}`, item.line[1]] };
      }),
    also: ['V10', 'V11', 'V15'],
  },
  {
    name: 'a paper ballot is over budget',
    own: 'V8',
    make: (good) =>
      resigned(good, (draft) => {
        const pile = noteOf(draft, 'paper-ballots');
        const ballot = present(pile.ballots.at(-1), 'a paper ballot');
        ballot.choices['fondo-provincia'] = ['2027-001', '2027-002', '2027-003'];
        pile.ballots.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      }),
  },
  {
    name: 'one number is used twice',
    own: 'V9',
    also: ['V15'],
    make: (good) =>
      resigned(good, (draft) => {
        const [at = -1] = singleBallots(draft);
        const { d: group } = bodyOf(ballotAt(draft, at));
        const voter = newVoter(draft, group);
        const blank = canonicalChoices(draft.manifest, group, {});
        const other = canonicalChoices(draft.manifest, group, { prioridades: ['SOC-1'] });
        draft.items.splice(at, 1, ballotOf(draft, voter, blank), ballotOf(draft, voter, other));
        draft.checkpoints = draft.checkpoints.map((size) => (size > at ? size + 1 : size));
        draft.live = draft.live.map((size) => (size > at ? size + 1 : size));
      }),
  },
  {
    name: 'the ballot that was replaced is dropped',
    own: 'V9',
    make: (good) =>
      resigned(good, (draft) => {
        const second = bodyOf(ballotAt(draft, secondBallot(draft)));
        const at = draft.items.findIndex(
          (item) => item.kind === 'ballot' && bodyOf(item).k === second.k && bodyOf(item).n === 1,
        );
        draft.items.splice(at, 1);
        draft.checkpoints = draft.checkpoints.map((size) => (size > at + 1 ? size - 1 : size));
        draft.live = draft.live.map((size) => (size > at + 1 ? size - 1 : size));
        noteOf(draft, 'closing').lines -= 1;
      }),
  },
  {
    name: 'a ballot replaces one that is not its own',
    own: 'V9',
    make: (good) =>
      resigned(good, (draft) => {
        const [a = -1, b = -1] = singleBallots(draft);
        const { d: group, c } = bodyOf(ballotAt(draft, a));
        const voter = newVoter(draft, group);
        const stranger = toBase64Url(sha256(utf8('not the leaf before')));
        draft.items[a] = ballotOf(draft, voter, c);
        const { d: groupOfB } = bodyOf(ballotAt(draft, b));
        draft.items[b] = ballotOf(draft, voter, c, 2, stranger);
        const { phone } = noteOf(draft, 'issuance');
        phone[groupOfB] = phone[groupOfB] ?? 0;
        noteOf(draft, 'closing').voters -= 1;
      }),
  },
  {
    name: 'one key votes in two groups',
    own: 'V9',
    also: ['V15'],
    make: (good) =>
      resigned(good, (draft) => {
        const places = singleBallots(draft);
        const inGroup = (group: string): number =>
          places.find((index) => bodyOf(ballotAt(draft, index)).d === group) ?? -1;
        const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        for (const group of ['120101', 'zona-1']) {
          const issuer = present(draft.issuerKeys.get(group), 'an issuer key');
          const voter = makeVoter(draft.manifest, group, issuer, pair);
          const at = inGroup(group);
          draft.items[at] = ballotOf(draft, voter, bodyOf(ballotAt(draft, at)).c);
        }
      }),
  },
];
