import { generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { leafInput, lineText } from '@/lib/ballots/body';
import type { SignedBallot } from '@/lib/ballots/compose';
import { promiseText, type CastPromise } from '@/lib/ballots/types';
import {
  ballotFixture,
  roundFixture,
  roundKeys,
  voterFixture,
  type RoundFixture,
  type RoundKeys,
} from '@/lib/ballots/voter.fixture';
import { concatBytes, toBase64Url, utf8 } from '@/lib/shared/bytes';
import { sha256 } from '@/lib/shared/sha256';
import { recordOrigin, signedCheckpoint } from './checkpoint';
import { cosign } from './cosignature';
import { RECORD_FILES } from './files';
import { leafHash } from './merkle';
import { checkOwnVote, type OwnVoteTools, type Verdict } from './own-vote';
import { MerkleTree } from './tree';

const INCLUDE_BY = '2099-01-01T00:00:00.000Z';
/** While people vote. */
const NOW = new Date('2098-12-30T00:00:00Z');
const minutesLater = (minutes: number): Date => new Date(Date.parse(INCLUDE_BY) + minutes * 60_000);
const raw = (key: KeyObject): Uint8Array =>
  key.export({ type: 'spki', format: 'der' }).subarray(-32);

let keys: RoundKeys;
let witness: { publicKey: KeyObject; privateKey: KeyObject };
let round: RoundFixture;
let ballots: SignedBallot[];
beforeAll(async () => {
  keys = roundKeys();
  witness = generateKeyPairSync('ed25519');
  round = await roundFixture(
    { witnesses: [{ name: 'universidad', key: toBase64Url(raw(witness.publicKey)) }] },
    keys,
  );
  ballots = [];
  for (let voter = 0; voter < 5; voter += 1) {
    ballots.push(await ballotFixture(round, await voterFixture(round, '120101')));
  }
});

interface Wish {
  /** Ballots in the record, in order; a string is a note. */
  readonly entries?: readonly (SignedBallot | string)[];
  readonly state?: 'open' | 'closed' | 'sealed';
  readonly key?: KeyObject;
  readonly manifestText?: string;
  readonly cosigned?: boolean;
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
}

/** The files of a record, as the box would serve them. */
function record(wish: Wish = {}): Map<string, Uint8Array<ArrayBuffer>> {
  const entries = wish.entries ?? ballots;
  const tree = new MerkleTree(sha256);
  tree.append(leafHash(utf8(wish.manifestText ?? round.text), sha256));
  for (const entry of entries) {
    tree.append(
      typeof entry === 'string' ? leafHash(utf8(entry), sha256) : sha256(leafInput(entry.line)),
    );
  }
  const key = wish.key ?? keys.recordKey.privateKey;
  const origin = recordOrigin(round.manifest.round);
  let note = signedCheckpoint(
    { origin, size: tree.size, root: tree.rootAt() },
    raw(keys.recordKey.publicKey),
    sha256,
    (text) => sign(null, text, key),
  );
  if (wish.cosigned) {
    const line = cosign(
      note.slice(0, note.indexOf('\n\n') + 1),
      1_800_000_000,
      { name: 'universidad', key: raw(witness.publicKey) },
      sha256,
      (text) => sign(null, text, witness.privateKey),
    );
    note += `${line}\n`;
  }
  const leaves = concatBytes(...Array.from({ length: tree.size }, (_, at) => tree.leaf(at)));
  const notes = entries.flatMap((entry, at) =>
    typeof entry === 'string' ? [`${JSON.stringify([at + 1, entry])}\n`] : [],
  );
  const lines = entries.flatMap((entry) =>
    typeof entry === 'string' ? [] : [`${lineText(entry.line)}\n`],
  );
  const files: Record<string, string | Uint8Array | null> = {
    [RECORD_FILES.index]: JSON.stringify({ state: wish.state ?? 'open' }),
    [RECORD_FILES.checkpoint]: note,
    [RECORD_FILES.leaves(0)]: leaves,
    ...(wish.state === 'sealed'
      ? { [RECORD_FILES.notes]: notes.join(''), [RECORD_FILES.ballots(0)]: lines.join('') }
      : {}),
    ...wish.files,
  };
  return new Map(
    Object.entries(files).flatMap(([path, content]) =>
      content === null
        ? []
        : [[path, typeof content === 'string' ? utf8(content) : content.slice()] as const],
    ),
  );
}

function promised(ballot: SignedBallot, key = keys.recordKey.privateKey): CastPromise {
  const content = {
    round: round.manifest.round,
    leaf: ballot.leaf,
    code: ballot.receipt,
    includeBy: INCLUDE_BY,
  };
  const signature = sign(null, utf8(promiseText(content)), key).toString('base64url');
  return { ...content, signature };
}

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const ed25519: OwnVoteTools['verify'] = (key, message, signature) =>
  Promise.resolve(
    verify(
      null,
      message,
      {
        key: Buffer.concat([SPKI, key]),
        format: 'der',
        type: 'spki',
      },
      signature,
    ),
  );

async function check(
  files: Map<string, Uint8Array<ArrayBuffer>>,
  changes: Partial<OwnVoteTools> & { promise?: CastPromise; seen?: string | null } = {},
) {
  const { promise = promised(ballots[2]!), seen = null, ...tools } = changes;
  const answer = await checkOwnVote(
    { promise, manifest: round.manifest, manifestText: round.text, seen },
    {
      read: (path) => Promise.resolve(files.get(path) ?? null),
      verify: ed25519,
      now: NOW,
      evenLarge: false,
      ...tools,
    },
  );
  if (answer === null) return null;
  const verdicts = Object.fromEntries(answer.steps.map(({ step, verdict }) => [step, verdict]));
  return { ...answer, verdicts };
}

const WELL: Record<string, Verdict> = {
  promise: 'holds',
  rules: 'holds',
  tree: 'holds',
  signature: 'holds',
  included: 'holds',
  witnesses: 'holds',
  grown: 'none',
  published: 'holds',
};

describe('the check that a phone makes of its own vote', () => {
  it('holds at every step once the record is sealed', async () => {
    const notes = ['{"a":1}', '{"b":2}', '{"c":3}'];
    const entries = [
      notes[0]!,
      ballots[0]!,
      ballots[1]!,
      notes[1]!,
      ...ballots.slice(2),
      notes[2]!,
    ];
    const answer = await check(record({ entries, state: 'sealed', cosigned: true }));
    expect(answer?.verdicts).toEqual(WELL);
    expect(answer?.steps.find(({ step }) => step === 'tree')?.count).toBe(9);
    expect(answer?.steps.find(({ step }) => step === 'witnesses')).toMatchObject({
      count: 1,
      of: 1,
    });
    expect(answer?.remember).toContain(recordOrigin(round.manifest.round));
  });

  it('asks no server which leaf is its own', async () => {
    const asked: string[] = [];
    const files = record();
    await check(files, {
      read: (path) => {
        asked.push(path);
        return Promise.resolve(files.get(path) ?? null);
      },
    });
    expect(asked).toEqual(['index.json', 'checkpoint', 'leaves/000000.bin']);
  });

  it('waits, without alarm, while the batch is not published', async () => {
    const answer = await check(record({ entries: ballots.slice(0, 2) }));
    expect(answer?.verdicts).toMatchObject({
      tree: 'holds',
      included: 'waits',
      published: 'waits',
      witnesses: 'waits',
    });
    expect(answer?.steps.find(({ step }) => step === 'included')?.count).toBe(3);
  });

  it('says minutes after the promised moment that the promise is overdue', async () => {
    const left = ballots.slice(0, 2);
    // Closed is when paper is keyed, for days: none of that keeps a phone's ballot back.
    for (const state of ['closed', 'open'] as const) {
      const files = record({ entries: left, state });
      const at = async (minutes: number) =>
        (await check(files, { now: minutesLater(minutes) }))?.verdicts;
      expect((await at(-1))?.['included']).toBe('waits');
      // A clock that is a little ahead, or a box that starts again, is no broken promise.
      expect((await at(10))?.['included']).toBe('waits');
      expect(await at(20)).toMatchObject({ included: 'late', published: 'waits' });
    }
  });

  it('lets only the opened ballot wait for the paper once its leaf is there', async () => {
    const files = record({ state: 'closed' });
    const weeksLater = minutesLater(20 * 24 * 60);
    expect((await check(files, { now: weeksLater }))?.verdicts).toMatchObject({
      included: 'holds',
      published: 'waits',
    });
  });

  it('fails loudly when the sealed record lacks the promised ballot, and gives the proof', async () => {
    const entries = ballots.filter((ballot) => ballot !== ballots[2]);
    const answer = await check(record({ entries, state: 'sealed' }));
    expect(answer?.verdicts).toMatchObject({ tree: 'holds', included: 'fails', published: 'none' });
    expect(answer?.evidence.promise.leaf).toBe(ballots[2]!.leaf);
    expect(answer?.evidence.checkpoint).toContain('minka/');
  });

  it('fails when the leaves do not give the root, or are too few', async () => {
    const short = record();
    short.set('leaves/000000.bin', short.get('leaves/000000.bin')!.slice(0, -32));
    expect((await check(short))?.verdicts['tree']).toBe('fails');
    const flipped = record();
    flipped.get('leaves/000000.bin')![40]! ^= 1;
    const answer = await check(flipped);
    expect(answer?.verdicts['tree']).toBe('fails');
    expect(answer?.remember).toBeNull();
    const none = record({ files: { 'leaves/000000.bin': null } });
    expect((await check(none))?.verdicts).toMatchObject({ rules: 'fails', tree: 'fails' });
  });

  it('fails when somebody else signed the checkpoint, or the promise', async () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    const answer = await check(record({ key: other }));
    expect(answer?.verdicts).toMatchObject({ signature: 'fails', promise: 'holds' });
    expect(answer?.remember).toBeNull();
    expect(
      (await check(record(), { promise: promised(ballots[2]!, other) }))?.verdicts,
    ).toMatchObject({ signature: 'holds', promise: 'fails' });
  });

  it('fails when the record begins with other rules', async () => {
    expect((await check(record({ manifestText: '{}' })))?.verdicts['rules']).toBe('fails');
  });

  it('fails when another ballot stands in the place of the own one', async () => {
    const lines = ballots.map(({ line }) => `${lineText(line)}\n`);
    lines[2] = lines[1]!;
    const files = record({ state: 'sealed', files: { 'ballots/000000.ndjson': lines.join('') } });
    expect((await check(files))?.verdicts).toMatchObject({ included: 'holds', published: 'fails' });
    for (const text of ['', 'x\n', '[1,2]\n'.repeat(5)]) {
      const broken = record({ state: 'sealed', files: { 'ballots/000000.ndjson': text } });
      expect((await check(broken))?.verdicts['published']).toBe('fails');
    }
  });

  it('remembers what it saw, and finds a record that shrank or was rewritten', async () => {
    const first = await check(record({ entries: ballots.slice(0, 3) }));
    const seen = first?.remember ?? null;
    expect(seen).not.toBeNull();
    expect((await check(record(), { seen }))?.verdicts['grown']).toBe('holds');
    expect(
      (await check(record({ entries: ballots.slice(0, 2) }), { seen }))?.verdicts['grown'],
    ).toBe('fails');
    const [a, b, ...rest] = ballots;
    const rewritten = await check(record({ entries: [b!, a!, ...rest] }), { seen });
    expect(rewritten?.verdicts).toMatchObject({
      tree: 'holds',
      signature: 'holds',
      grown: 'fails',
    });
    expect(rewritten?.remember).toBeNull();
    expect(rewritten?.evidence.seen).toBe(seen);
  });

  it('does not count a witness that the manifest does not name, and finds a forged one', async () => {
    const files = record({ cosigned: true });
    const note = new TextDecoder().decode(files.get('checkpoint'));
    const lines = note.trimEnd().split('\n');
    const forged = lines.at(-1)!.replace(/.{6}==$|.{6}=$|.{6}$/, 'AAAAAA');
    files.set('checkpoint', utf8(`${[...lines.slice(0, -1), forged].join('\n')}\n`));
    expect((await check(files))?.verdicts['witnesses']).not.toBe('holds');
    const renamed = note.replace('universidad', 'nadie');
    files.set('checkpoint', utf8(renamed));
    expect((await check(files))?.verdicts['witnesses']).toBe('waits');
  });

  it('asks before it downloads much', async () => {
    const many = Array.from({ length: 2000 }, (_, at) => ballots[at % 5]!);
    const files = record({ entries: many, state: 'sealed' });
    const answer = await check(files);
    expect(answer?.steps.at(-1)).toMatchObject({ step: 'published', verdict: 'asks', count: 3 });
    expect((await check(files, { evenLarge: true }))?.verdicts['published']).toBe('holds');
  });

  it('takes no error page for a record', async () => {
    for (const files of [
      { 'index.json': '<html>' },
      { 'index.json': '{"state":"gone"}' },
      { 'index.json': null },
      { checkpoint: 'Not found' },
      { checkpoint: null },
    ]) {
      expect(await check(record({ files }))).toBeNull();
    }
  });
});
