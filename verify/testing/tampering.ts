import { writeBody, type BallotBody, type Choices } from '@/lib/ballots/body';
import {
  RECORD_FILES,
  type AnnouncedTally,
  type LiveFile,
  type NoteOf,
  type RecordIndex,
  type RecordNote,
} from '@/lib/record/format';
import { MerkleTree } from '@/lib/record/tree';
import { utf8 } from '@/lib/shared/bytes';
import {
  assemble,
  checkpointNote,
  sha256,
  type Item,
  type RecordDraft,
  type RecordFileMap,
} from './record-draft';
import { makeBallot, makeVoter, manifestHashOf, type Voter } from './synthetic-record';

/** Ways to tamper with a record, for the tables of corrupted records. */

export type BallotItem = Extract<Item, { kind: 'ballot' }>;

/** A good record: what the attacker starts from. */
export interface GoodRecord {
  readonly draft: RecordDraft;
  readonly files: RecordFileMap;
}

/** The record key is in bad hands: everything is assembled and signed again, without witnesses. */
export function resigned(
  { draft }: GoodRecord,
  change: (draft: RecordDraft) => void,
): RecordFileMap {
  const copy: RecordDraft = {
    ...draft,
    manifest: structuredClone(draft.manifest),
    witnesses: [],
    items: draft.items.map((item) =>
      item.kind === 'note' ? { ...item, note: structuredClone(item.note) } : { ...item },
    ),
    checkpoints: [...draft.checkpoints],
    live: [...draft.live],
  };
  change(copy);
  return assemble(copy);
}

/** Somebody changes files of a mirror: nothing is signed again. */
export function refiled(
  { files }: GoodRecord,
  change: (files: RecordFileMap) => void,
): RecordFileMap {
  const copy: RecordFileMap = new Map(
    [...files].map(([path, bytes]) => [path, Uint8Array.from(bytes)]),
  );
  change(copy);
  return copy;
}

export function textIn(files: RecordFileMap, path: string): string {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Error(`No file ${path}`);
  return new TextDecoder().decode(bytes);
}

export function edit(files: RecordFileMap, path: string, change: (text: string) => string): void {
  const before = textIn(files, path);
  const after = change(before);
  if (after === before) throw new Error(`Nothing changed in ${path}`);
  files.set(path, utf8(after));
}

export const editIndex = (files: RecordFileMap, change: (index: RecordIndex) => void): void => {
  edit(files, RECORD_FILES.index, (text) => {
    const index = JSON.parse(text) as RecordIndex;
    change(index);
    return JSON.stringify(index);
  });
};
export const editTally = (files: RecordFileMap, change: (tally: AnnouncedTally) => void): void => {
  edit(files, RECORD_FILES.tally, (text) => {
    const tally = JSON.parse(text) as AnnouncedTally;
    change(tally);
    return JSON.stringify(tally);
  });
};
export const editLive = (
  files: RecordFileMap,
  size: number,
  change: (live: LiveFile) => void,
): void => {
  edit(files, RECORD_FILES.live(size), (text) => {
    const live = JSON.parse(text) as LiveFile;
    change(live);
    return JSON.stringify(live);
  });
};

export function bodyOf(item: BallotItem): BallotBody {
  return JSON.parse(item.line[0]) as BallotBody;
}

export function notesOf<Type extends RecordNote['type']>(
  draft: RecordDraft,
  type: Type,
): NoteOf<Type>[] {
  return draft.items.flatMap((item) =>
    item.kind === 'note' && item.note.type === type ? [item.note as NoteOf<Type>] : [],
  );
}

export function noteOf<Type extends RecordNote['type']>(
  draft: RecordDraft,
  type: Type,
  index = 0,
): NoteOf<Type> {
  const note = notesOf(draft, type)[index];
  if (note === undefined) throw new Error(`No ${type} ${index}`);
  return note;
}

/** Index of the item whose note is this one. */
export function placeOf(draft: RecordDraft, note: RecordNote): number {
  return draft.items.findIndex((item) => item.kind === 'note' && item.note === note);
}

/** Places of the ballots of voters who voted once. */
export function singleBallots(draft: RecordDraft): number[] {
  const times = new Map<string, number>();
  const keys = draft.items.map((item) => (item.kind === 'ballot' ? bodyOf(item).k : null));
  for (const key of keys) if (key !== null) times.set(key, (times.get(key) ?? 0) + 1);
  return keys.flatMap((key, index) => (key !== null && times.get(key) === 1 ? [index] : []));
}

/** Place of a ballot that replaces another. */
export function secondBallot(draft: RecordDraft): number {
  return draft.items.findIndex((item) => item.kind === 'ballot' && bodyOf(item).n === 2);
}

export function ballotAt(draft: RecordDraft, index: number): BallotItem {
  const item = draft.items[index];
  if (item?.kind !== 'ballot') throw new Error(`No ballot at ${index}`);
  return item;
}

/** A new voter with a token that is right, unless `signedBy` names another group's issuer. */
export function newVoter(draft: RecordDraft, group: string, signedBy = group): Voter {
  const issuer = draft.issuerKeys.get(signedBy);
  if (issuer === undefined) throw new Error(`No issuer key for ${signedBy}`);
  return makeVoter(draft.manifest, group, issuer);
}

/** Puts somebody else's first ballot where a voter of the same group voted once. */
export function replaceVoter(
  draft: RecordDraft,
  make: (group: string, choices: Choices) => BallotItem,
): void {
  const [at = -1] = singleBallots(draft);
  const { d, c } = bodyOf(ballotAt(draft, at));
  draft.items[at] = make(d, c);
}

export function ballotOf(
  draft: RecordDraft,
  voter: Voter,
  choices: Choices,
  sequence = 1,
  previous: string | null = null,
): BallotItem {
  return makeBallot(
    draft.manifest,
    manifestHashOf(draft.manifest),
    voter,
    choices,
    sequence,
    previous,
  );
}

/** The same body with something changed, its signature left as it was. */
export function withBody(item: BallotItem, change: Partial<BallotBody>): BallotItem {
  return { ...item, line: [writeBody({ ...bodyOf(item), ...change }), item.line[1]] };
}

/** A checkpoint signed with the record key over other leaves: a fork. */
export function forkedNote(draft: RecordDraft, size: number): string {
  const tree = new MerkleTree(sha256);
  for (let leaf = 0; leaf < size; leaf++) tree.append(sha256(utf8(`another leaf ${leaf}`)));
  return checkpointNote({ ...draft, witnesses: [] }, size, tree.rootAt());
}

/** Replaces the first ballot line of a file for which `change` gives another. */
export function editLine(
  files: RecordFileMap,
  change: (lines: string[]) => void,
  file = RECORD_FILES.ballots(0),
): void {
  edit(files, file, (text) => {
    const lines = text.split('\n').slice(0, -1);
    change(lines);
    return lines.map((line) => `${line}\n`).join('');
  });
}
