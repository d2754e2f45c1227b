import {
  announcedTally,
  liveFile,
  recordIndex,
  recordNote,
  type RecordNote,
} from '@/lib/record/format';
import { announcedTallyOf } from '@/lib/results/announced';
import { countRound } from '@/lib/results/count';
import { nextFigures, type LiveFigures } from '@/lib/results/live';
import { parseManifest } from '@/lib/rounds/manifest';
import { isCode, ruleBreach, wrongWith } from './naive-ballots';
import {
  attempt,
  believable,
  leafOf,
  readCheckpoint,
  root,
  same,
  sha,
  utf,
  type Failed,
  type Line,
} from './naive-forms';
import type { RecordFileMap } from './record-draft';

/**
 * A second verifier, written apart from the first: everything in memory, nothing clever, Node's
 * crypto and the texts of the specification. It says only which checks fail. Tests compare both on
 * good and corrupted records.
 */

export function naiveVerdict(
  files: RecordFileMap,
  options: { since: string | null; manifestHash: string | null },
): string[] {
  const failed: Failed = new Set();
  const raw = (path: string): Buffer | undefined => {
    const bytes = files.get(path);
    return bytes && Buffer.from(bytes);
  };
  const json = (path: string): unknown => attempt((): unknown => JSON.parse(utf(raw(path)) ?? ''));
  const result = (): string[] => [...failed].sort();

  const index = recordIndex.safeParse(json('index.json'));
  const text = utf(raw('manifest.json')) ?? '';
  const hash = sha(raw('manifest.json') ?? '').toString('base64url');
  const parsed = parseManifest(text);
  if (options.manifestHash !== null && options.manifestHash !== hash) failed.add('V1');
  if (!index.success) failed.add('V5');
  if (!parsed.ok) failed.add('V1');
  if (!index.success || !parsed.ok) return result();
  const manifest = parsed.value;
  if (manifest.witnesses.some(({ key }) => Buffer.from(key, 'base64url').length !== 32)) {
    failed.add('V1');
    return result();
  }
  const listed = index.data;
  if (listed.round !== manifest.round) failed.add('V5');
  const sizes = listed.checkpoints;
  if (sizes.some((size, at) => at > 0 && size <= Number(sizes[at - 1]))) failed.add('V5');
  if (sizes[0] !== 1 || sizes[sizes.length - 1] !== listed.size) failed.add('V5');

  // V2, V3: checkpoints
  const newest = readCheckpoint(raw('checkpoint'));
  const isNewestGood = believable(newest, manifest, failed);
  if (!isNewestGood) failed.add('V2');
  const others = listed.checkpoints.map((size) => {
    const note = readCheckpoint(raw(`checkpoints/${size}`));
    const good = believable(note, manifest, failed);
    if (!good) failed.add('V2');
    return { size, note: good ? note : null };
  });
  const head = isNewestGood ? newest : (others.at(-1)?.note ?? null);
  if (!head) return result();
  const sealed = listed.state === 'sealed';
  if (head.size !== listed.size) failed.add('V5');

  // V4: leaves
  const packed = Buffer.concat(
    Array.from(
      { length: Math.ceil(head.size / 8192) },
      (_, n) => raw(`leaves/${String(n).padStart(6, '0')}.bin`) ?? Buffer.alloc(0),
    ),
  );
  if (sealed && packed.length !== head.size * 32) failed.add('V4');
  if (packed.length < head.size * 32) {
    failed.add('V4');
    return result();
  }
  const leaves = Array.from({ length: head.size }, (_, n) => packed.subarray(n * 32, n * 32 + 32));
  const rootOf = (size: number): string => root(leaves.slice(0, size)).toString('base64');
  if (rootOf(head.size) !== head.root) failed.add('V4');
  if (!leaves[0]?.equals(leafOf(text))) failed.add('V1');
  for (const { size, note } of others) {
    if (!note) continue;
    if (note.size !== size || size > head.size) failed.add('V3');
    else if (size === head.size ? note.root !== head.root : note.root !== rootOf(size))
      failed.add('V3');
  }
  if (options.since !== null) {
    const since = readCheckpoint(Buffer.from(options.since));
    const good = believable(since, manifest, new Set());
    if (!good || !since || since.size > head.size || since.root !== rootOf(since.size))
      failed.add('V3');
  }

  // V5: notes
  const notes: { position: number; note: RecordNote }[] = [];
  const notePlaces = new Set<number>();
  let lastPlace = 0;
  const noteText = utf(raw('notes.ndjson')) ?? 'not text';
  if (noteText !== '' && !noteText.endsWith('\n')) failed.add('V5');
  for (const line of noteText.split('\n').slice(0, -1)) {
    const pair = attempt(() => JSON.parse(line) as [number, string]);
    if (!pair || JSON.stringify(pair) !== line || typeof pair[1] !== 'string') {
      failed.add('V5');
      continue;
    }
    const [position, body] = pair;
    if (position <= lastPlace || position >= head.size) failed.add('V5');
    lastPlace = position;
    if (position >= head.size) continue;
    notePlaces.add(position);
    if (!leaves[position]?.equals(leafOf(body))) {
      failed.add('V5');
      continue;
    }
    const content = attempt(() => JSON.parse(body) as { type?: string; round?: string });
    const note = recordNote.safeParse(content);
    if (!note.success) {
      const owner = new Map([
        ['audit-head', 'V14'],
        ['issuance', 'V12'],
        ['closing', 'V15'],
        ['paper-minutes', 'V13'],
        ['paper-ballots', 'V13'],
        ['tablet-minutes', 'V13'],
      ]);
      failed.add(owner.get(content?.type ?? '') ?? 'V5');
    } else if (note.data.round !== manifest.round) failed.add('V5');
    else notes.push({ position, note: note.data });
  }
  notes.sort((a, b) => a.position - b.position);
  const of = <T extends RecordNote['type']>(type: T) =>
    notes.filter(
      (each): each is { position: number; note: Extract<RecordNote, { type: T }> } =>
        each.note.type === type,
    );

  // V14: audit heads
  of('audit-head').reduce<{ day: string; seq: number; hash: string } | null>((before, { note }) => {
    if (
      before &&
      (note.day < before.day ||
        note.seq < before.seq ||
        (note.seq === before.seq && note.hash !== before.hash))
    )
      failed.add('V14');
    return note;
  }, null);

  // V13: minutes
  const minutes = new Map(
    of('paper-minutes')
      .toReversed()
      .map((each) => [each.note.minutes, each]),
  );
  if (minutes.size !== of('paper-minutes').length) failed.add('V13');
  for (const { note } of minutes.values()) {
    if (note.ballots + note.spoiled > note.checkIns) failed.add('V13');
    if (!manifest.groups.some(({ id }) => id === note.group)) failed.add('V13');
  }
  if (
    new Set(of('tablet-minutes').map(({ note }) => note.minutes)).size !==
    of('tablet-minutes').length
  )
    failed.add('V13');
  for (const { note } of of('tablet-minutes'))
    if (note.ballots > note.checkIns || note.checkIns > note.vouchers) failed.add('V13');
  for (const { note, position } of of('paper-ballots')) {
    const sheet = minutes.get(note.minutes);
    if (!sheet || sheet.position > position || sheet.note.ballots !== note.ballots.length)
      failed.add('V13');
    if (sheet && note.ballots.some(({ group }) => group !== sheet.note.group)) failed.add('V13');
    const people = [...note.keyedBy, ...(note.arbitratedBy === null ? [] : [note.arbitratedBy])];
    if (new Set(people).size !== people.length) failed.add('V13');
    const texts = note.ballots.map((ballot) => JSON.stringify(ballot));
    if (!same(texts, [...texts].sort())) failed.add('V13');
  }
  const piles = of('paper-ballots').map(({ note }) => note.minutes);
  if (new Set(piles).size !== piles.length) failed.add('V13');
  if (sealed && [...minutes.keys()].some((id) => !piles.includes(id))) failed.add('V13');

  // V12: receipts
  const codes: string[] = [];
  listed.checkpoints.forEach((end, at) => {
    const begin = listed.checkpoints[at - 1];
    if (begin === undefined || end > head.size) return;
    const ballots = Array.from({ length: end - begin }, (_, n) => begin + n).filter(
      (n) => !notePlaces.has(n),
    ).length;
    const own = (utf(raw(`receipts/${end}.txt`) ?? Buffer.alloc(0)) ?? 'not text').split('\n');
    if (own.pop() !== '') failed.add('V12');
    const exact = sealed && notes.length === notePlaces.size;
    if (exact ? own.length !== ballots : own.length > ballots) failed.add('V12');
    if (!same(own, [...own].sort()) || own.some((code) => !isCode(code))) failed.add('V12');
    codes.push(...own);
  });
  if (new Set(codes).size !== codes.length) failed.add('V12');
  if (
    sealed &&
    notes.length === notePlaces.size &&
    codes.length + notePlaces.size + 1 !== head.size
  )
    failed.add('V12');

  const closings = of('closing');
  if (!sealed) {
    if (closings.length > 0) failed.add('V15');
    if (listed.ballotFiles > 0) failed.add('V5');
    if (listed.hasTally) failed.add('V10');
    return result();
  }

  // V5 to V8: ballots
  const places = leaves.map((_, n) => n).filter((n) => n > 0 && !notePlaces.has(n));
  const lines: Line[] = [];
  for (let n = 0; n < listed.ballotFiles; n++) {
    const file = raw(`ballots/${String(n).padStart(6, '0')}.ndjson`)?.toString('latin1') ?? '';
    if (file === '' || !file.endsWith('\n')) failed.add('V5');
    for (const bytes of file.split('\n').slice(0, -1)) {
      const line = Buffer.from(bytes, 'latin1');
      const position = places[lines.length] ?? null;
      const leaf = leafOf(line);
      if (position === null || !leaves[position]?.equals(leaf)) failed.add('V5');
      const why = wrongWith(utf(line) ?? '', manifest, hash);
      if (why.fails !== null) failed.add(why.fails);
      lines.push({
        body: why.body,
        leaf: leaf.toString('base64url'),
        position,
        readable: why.body !== null,
      });
    }
  }
  if (lines.length !== places.length) failed.add('V5');

  // V9: chains
  const counted = lines.filter((line) => line.position !== null);
  const chains = new Map<string, Line[]>();
  for (const line of counted) {
    if (!line.body) continue;
    const chain = chains.get(line.body.k) ?? [];
    const [first] = chain;
    if (first?.body && first.body.d !== line.body.d) {
      failed.add('V9');
      continue;
    }
    if (chain.some((each) => each.body?.n === line.body?.n)) {
      failed.add('V9');
      continue;
    }
    chains.set(line.body.k, [...chain, line]);
  }
  for (const chain of chains.values()) {
    chain.sort((a, b) => Number(a.body?.n) - Number(b.body?.n));
    chain.forEach((line, at) => {
      const before = chain[at - 1];
      const leafBefore =
        before?.position === undefined || before.position === null
          ? null
          : (leaves[before.position]?.toString('base64url') ?? null);
      if (line.body?.n !== at + 1 || (line.body.n > 1 && line.body.p !== leafBefore))
        failed.add('V9');
    });
  }
  const effectiveIn = (size: number) =>
    [...chains.values()].flatMap((chain) => {
      const last = chain.filter((line) => Number(line.position) < size).at(-1);
      return last?.body ? [{ leaf: last.leaf, group: last.body.d, choices: last.body.c }] : [];
    });
  const known = ({ group }: { group: string }): boolean =>
    manifest.groups.some(({ id }) => id === group);
  const isCountable = (ballot: { group: string; choices: Record<string, string[]> }): boolean =>
    known(ballot) &&
    manifest.contests.every((contest) => {
      if (contest.groups !== 'all' && !contest.groups.includes(ballot.group)) return true;
      const options: string[] = (contest.kind === 'rank' ? contest.rows : contest.proposals).map(
        ({ id }) => id,
      );
      const chosen = ballot.choices[contest.id];
      return (
        !!chosen &&
        new Set(chosen).size === chosen.length &&
        chosen.every((id) => options.includes(id))
      );
    });

  // V8 and V12 for paper, V12: rights
  const paper = of('paper-ballots').flatMap(({ note }) =>
    note.ballots.map((ballot) => ({ leaf: '', ...ballot })),
  );
  if (paper.some(({ group, choices }) => ruleBreach(manifest, group, choices))) failed.add('V8');
  const issued = of('issuance');
  if (issued.length !== 1) failed.add('V12');
  if (issued[0]) {
    const { phone, desk, tablet, paper: onPaper } = issued[0].note;
    for (const each of [phone, desk, tablet, onPaper])
      if (Object.keys(each).some((group) => !known({ group }))) failed.add('V12');
    for (const { id, eligible } of manifest.groups) {
      const anonymous = (phone[id] ?? 0) + (desk[id] ?? 0) + (tablet[id] ?? 0);
      const seen = effectiveIn(Infinity).filter(({ group }) => group === id).length;
      const checkIns = [...minutes.values()]
        .filter(({ note }) => note.group === id)
        .reduce((sum, { note }) => sum + note.checkIns, 0);
      if (checkIns > (onPaper[id] ?? 0)) failed.add('V12');
      const keyed = paper.filter((ballot) => ballot.group === id && isCountable(ballot)).length;
      if (
        seen > anonymous ||
        keyed > (onPaper[id] ?? 0) ||
        anonymous + (onPaper[id] ?? 0) > eligible
      )
        failed.add('V12');
    }
  }

  // V15: closing
  const [closing] = closings.map(({ note }) => note);
  if (closings.length !== 1 || closings[0]?.position !== head.size - 1) failed.add('V15');
  if (closing && (closing.lines !== counted.length || closing.voters !== chains.size))
    failed.add('V15');

  // V11: live files
  let shown: LiveFigures | null = null;
  for (const size of [...listed.live].sort((a, b) => a - b)) {
    const file = liveFile.safeParse(json(`live/${size}.json`));
    if (manifest.livePolicy !== 'live' || !file.success) {
      failed.add('V11');
      continue;
    }
    const ballots = effectiveIn(size)
      .filter(known)
      .map((ballot) => ({ ...ballot, voters: 1 }))
      .filter(isCountable);
    const before: LiveFigures | null = shown;
    const own: LiveFigures = nextFigures(manifest, ballots, before, false);
    const file_ = (figures: LiveFigures) => ({
      v: 1,
      round: manifest.round,
      size,
      ...figures,
      voters: effectiveIn(size).filter(known).length,
    });
    const isFinal =
      size === head.size && same(file.data, file_(nextFigures(manifest, ballots, before, true)));
    if (!isFinal && !same(file.data, file_(own))) failed.add('V11');
    if (!isFinal && file.data.voters - (before?.voters ?? 0) < manifest.minGroup) failed.add('V11');
    shown = own;
  }

  // V10: the count
  if (listed.hasTally) {
    const said = announcedTally.safeParse(json('tally.json'));
    if (!said.success) failed.add('V10');
    else {
      const committed = sha(said.data.lotSeed).toString('hex') === manifest.lotSeedCommitment;
      if (!committed) failed.add('V10');
      else {
        const all = [...effectiveIn(Infinity), ...paper].filter(isCountable);
        const own = announcedTallyOf(
          countRound({
            manifest,
            manifestHash: hash,
            ballots: all,
            recordRoot: head.root,
            lotSeed: said.data.lotSeed,
            issuedByGroup: {},
            voteEffect: 'vinculante',
          }),
        );
        const ballots = chains.size + paper.filter(isCountable).length;
        if (!same({ ...own, ballots }, said.data)) failed.add('V10');
      }
    }
  }
  return result();
}
