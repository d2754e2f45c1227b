import { createHash, createPublicKey, constants, verify } from 'node:crypto';
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
import { parseManifest, type Manifest } from '@/lib/rounds/manifest';
import type { RecordFileMap } from './record-draft';

/**
 * A second verifier, written apart from the first: everything in memory, nothing clever, Node's
 * crypto and the texts of the specification. It says only which checks fail. Tests compare both on
 * good and corrupted records.
 */

type Failed = Set<string>;
interface Line {
  body:
    | (Record<string, unknown> & {
        r: string;
        d: string;
        m: string;
        k: string;
        x: string;
        t: string;
        n: number;
        p: string | null;
        c: Record<string, string[]>;
      })
    | null;
  leaf: string;
  position: number | null;
  readable: boolean;
}

const sha = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leafOf = (data: string | Uint8Array): Buffer => sha(Uint8Array.of(0), data);
const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b);
/** JSON with sorted keys. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
/** Strict UTF-8, or null. */
const utf = (bytes: Uint8Array | undefined): string | null =>
  attempt(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
const attempt = <T>(what: () => T): T | null => {
  try {
    return what();
  } catch {
    return null;
  }
};

/** RFC 6962 §2.1, word for word. */
function root(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return sha('');
  if (leaves.length === 1) return leaves[0] as Buffer;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha(Uint8Array.of(1), root(leaves.slice(0, k)), root(leaves.slice(k)));
}

function edVerify(raw: Buffer, text: string, signature: Buffer): boolean {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    format: 'jwk',
  });
  return verify(null, Buffer.from(text), key, signature);
}

interface Note {
  text: string;
  origin: string;
  size: number;
  root: string;
  lines: { name: string; id: string; rest: Buffer }[];
}

function readCheckpoint(bytes: Uint8Array | undefined): Note | null {
  const match = /^((\S+)\n(\d+)\n(\S{44})\n)\n((?:\u2014 \S+ \S+\n)+)$/.exec(utf(bytes) ?? '');
  if (!match) return null;
  const [, text = '', origin = '', size = '', rootText = '', signed = ''] = match;
  const lines = signed
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, name = '', blob = ''] = line.split(' ');
      const buffer = Buffer.from(blob, 'base64');
      return { name, id: buffer.subarray(0, 4).toString('hex'), rest: buffer.subarray(4) };
    });
  const blobs = [
    rootText,
    ...signed
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[2] ?? ''),
  ];
  if (blobs.some((blob) => Buffer.from(blob, 'base64').toString('base64') !== blob)) return null;
  if (lines.some(({ rest }) => rest.length === 0)) return null;
  return { text, origin, size: Number(size), root: rootText, lines };
}

/** Whether the box signed it. Cosignatures that are false are said to `failed`. */
function believable(note: Note | null, manifest: Manifest, failed: Failed): boolean {
  const origin = `minka/${manifest.round}`;
  const raw = Buffer.from(manifest.recordKey, 'base64url').subarray(-32);
  const id = sha(`${origin}\n`, Uint8Array.of(1), raw).subarray(0, 4).toString('hex');
  const own = note?.lines.find((line) => line.name === origin && line.id === id);
  if (!note || note.origin !== origin || !own || !edVerify(raw, note.text, own.rest)) return false;
  for (const { name, key } of manifest.witnesses) {
    const keyBytes = Buffer.from(key, 'base64url');
    const witnessId = sha(`${name}\n`, Uint8Array.of(4), keyBytes).subarray(0, 4).toString('hex');
    for (const line of note.lines.filter((each) => each.name === name)) {
      const time = line.rest.length === 72 ? line.rest.readBigUInt64BE(0) : 0n;
      const text = `cosignature/v1\ntime ${time.toString()}\n${note.text}`;
      if (
        line.id !== witnessId ||
        line.rest.length !== 72 ||
        !edVerify(keyBytes, text, line.rest.subarray(8))
      )
        failed.add('V2');
    }
  }
  return true;
}

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
      (note.day <= before.day ||
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

/** A receipt code with the right check character, by Damm's table over GF(32). */
function isCode(code: string): boolean {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  if (!/^[0-9A-HJKMNP-TV-Z]{13}$/.test(code)) return false;
  let sum = 0;
  for (const character of code.slice(0, 12)) {
    sum ^= alphabet.indexOf(character);
    sum = sum << 1 >= 32 ? ((sum << 1) ^ 0b100101) & 31 : sum << 1;
  }
  return alphabet[sum] === code[12];
}

function ruleBreach(manifest: Manifest, group: string, choices: Record<string, string[]>): boolean {
  const own = manifest.contests.filter(({ groups }) => groups === 'all' || groups.includes(group));
  if (
    !same(
      own.map(({ id }) => id),
      Object.keys(choices),
    )
  )
    return true;
  return own.some((contest) => {
    const chosen = choices[contest.id] ?? [];
    if (new Set(chosen).size !== chosen.length) return true;
    if (contest.kind === 'rank') {
      return (
        chosen.length > contest.maxRanked ||
        chosen.some((id) => !contest.rows.some((row) => row.id === id))
      );
    }
    const costs = chosen.map(
      (id) => contest.proposals.find((proposal) => proposal.id === id)?.costCents ?? Infinity,
    );
    return (
      costs.reduce((a, b) => a + b, 0) > contest.envelopeCents || !same(chosen, [...chosen].sort())
    );
  });
}

/** Exact base64url of so many bytes. */
const isBytes = (value: unknown, length: number): boolean =>
  typeof value === 'string' &&
  Buffer.from(value, 'base64url').length === length &&
  Buffer.from(value, 'base64url').toString('base64url') === value;
const isId = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(value);

/** Whether every field of a body is what the protocol says. */
function isBody(body: Record<string, unknown>): boolean {
  const { v, r, d, m, k, x, t, n, p, s, c } = body;
  return (
    v === 1 &&
    isId(r) &&
    isId(d) &&
    isBytes(m, 32) &&
    isBytes(k, 91) &&
    isBytes(x, 32) &&
    isBytes(t, 256) &&
    isBytes(s, 16) &&
    [1, 2, 3, 4, 5].includes(n as number) &&
    (n === 1 ? p === null : isBytes(p, 32)) &&
    typeof c === 'object' &&
    c !== null &&
    Object.entries(c).every(
      ([id, chosen]) =>
        isId(id) && Array.isArray(chosen) && chosen.length <= 100 && chosen.every(isId),
    )
  );
}

/** The first thing that is wrong with a ballot line, in the order in which the box would refuse it. */
function wrongWith(
  line: string,
  manifest: Manifest,
  hash: string,
): { fails: string | null; body: Line['body'] } {
  const pair = attempt(() => JSON.parse(line) as string[]);
  if (pair?.length !== 2 || JSON.stringify(pair) !== line) return { fails: 'V8', body: null };
  const [text = '', signature = ''] = pair;
  const body = attempt(() => JSON.parse(text) as NonNullable<Line['body']>);
  const keys = ['v', 'r', 'd', 'm', 'k', 'x', 't', 'n', 'p', 's', 'c'];
  if (!body || JSON.stringify(body) !== text || !same(Object.keys(body), keys) || !isBody(body))
    return { fails: 'V8', body: null };
  if (body.r !== manifest.round || body.m !== hash) return { fails: 'V8', body };
  const group = manifest.groups.find(({ id }) => id === body.d);
  if (!group) return { fails: 'V6', body };
  const spki = Buffer.from(body.k, 'base64url');
  const signed = Buffer.concat([
    Buffer.from(body.x, 'base64url'),
    Buffer.from(`minka/cred/v1|${body.r}|${body.d}|`),
    sha(spki),
  ]);
  const issuer = createPublicKey({
    key: Buffer.from(group.key, 'base64url'),
    format: 'der',
    type: 'spki',
  });
  const padding = { key: issuer, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
  if (!verify('sha384', signed, padding, Buffer.from(body.t, 'base64url')))
    return { fails: 'V6', body };
  const voter = attempt(() => createPublicKey({ key: spki, format: 'der', type: 'spki' }));
  if (!voter || voter.asymmetricKeyDetails?.namedCurve !== 'prime256v1' || !isBytes(signature, 64))
    return { fails: 'V7', body };
  const ecdsa = { key: voter, dsaEncoding: 'ieee-p1363' as const };
  if (!verify('sha256', Buffer.from(text), ecdsa, Buffer.from(signature, 'base64url')))
    return { fails: 'V7', body };
  return { fails: ruleBreach(manifest, body.d, body.c) ? 'V8' : null, body };
}
