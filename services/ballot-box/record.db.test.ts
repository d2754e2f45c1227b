import { createPublicKey, verify } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { SignedBallot } from '@/lib/ballots/compose';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import { verifyBallotLines } from '@/lib/record/ballots';
import { parseCheckpoint, recordOrigin, verifyCheckpoint } from '@/lib/record/checkpoint';
import { recordIndex, type RecordIndex, type RecordNote } from '@/lib/record/format';
import { leafHash, merkleRoot, sameBytes } from '@/lib/record/merkle';
import { readNotes } from '@/lib/record/notes';
import { utf8 } from '@/lib/shared/bytes';
import { sha256 } from './record-log';
import { testBox, type TestBox } from './test-box';
import { castRow, readLog, testRow } from './test-rows';

let test: TestBox;
afterEach(async () => {
  await test.stop();
});

const roundId = (): string => test.round.manifest.round;
const text = async (path: string): Promise<string> => (await test.file(path)).text();
const index = async (): Promise<RecordIndex> =>
  recordIndex.parse(JSON.parse(await text('index.json')));
const status = async (path: string): Promise<number> => (await test.file(path)).status;

async function castSome(count: number): Promise<SignedBallot[]> {
  const list: SignedBallot[] = [];
  for (let i = 0; i < count; i++) {
    const ballot = await test.ballot(i % 2 === 0 ? '120101' : 'zona-1');
    expect((await test.cast(ballot)).status).toBe(201);
    list.push(ballot);
  }
  return list;
}

async function castFakes(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await castRow(test.database.sql, test.round, testRow());
}

const auditHead = (day = '2026-11-22'): string =>
  JSON.stringify({
    v: 1,
    type: 'audit-head',
    round: roundId(),
    day,
    seq: 7,
    hash: 'a'.repeat(64),
  } satisfies RecordNote);

const paperBallots = (): string =>
  JSON.stringify({
    v: 1,
    type: 'paper-ballots',
    round: roundId(),
    minutes: 'mesa-1',
    keyedBy: ['aaa', 'bbb'],
    arbitratedBy: null,
    ballots: [{ group: '120101', choices: { prioridades: ['SOC-1'] } }],
  } satisfies RecordNote);

const note = (noteText: string): Promise<Response> =>
  test.order({ type: 'note', round: roundId(), text: noteText });

/** The checkpoint of a size, believed only when the manifest's key signed exactly these leaves. */
async function checkpointHolds(size: number, leaves: readonly Buffer[]): Promise<boolean> {
  const spki = Buffer.from(test.round.manifest.recordKey, 'base64url');
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const checkpoint = verifyCheckpoint(
    await text(`checkpoints/${String(size)}`),
    recordOrigin(roundId()),
    spki.subarray(-32),
    sha256,
    (signed, signature) => verify(null, signed, key, signature),
  );
  if (checkpoint?.size !== size) return false;
  return sameBytes(checkpoint.root, merkleRoot(leaves.slice(0, size), sha256));
}

describe('the public record', () => {
  it('begins with the manifest alone and grows by whole batches', async () => {
    test = await testBox();
    await test.openRound();
    expect(await index()).toMatchObject({ state: 'open', size: 1, checkpoints: [1], leafFiles: 1 });
    expect(await text('manifest.json')).toBe(test.round.text);
    const manifestLeaf = Buffer.from(leafHash(utf8(test.round.text), sha256));
    expect((await readLog(test.url, roundId())).leaves).toEqual([manifestLeaf.toString('hex')]);

    // The batch of this round is three.
    await castFakes(2);
    await test.box.tick();
    expect((await index()).size).toBe(1);
    await castFakes(1);
    await test.box.tick();
    expect(await index()).toMatchObject({ size: 4, checkpoints: [1, 4] });
    await castFakes(5);
    await test.box.tick();
    expect(await index()).toMatchObject({ size: 9, checkpoints: [1, 4, 9] });

    const leaves = (await readLog(test.url, roundId())).leaves.map((hex) =>
      Buffer.from(hex, 'hex'),
    );
    for (const size of [1, 4, 9]) expect(await checkpointHolds(size, leaves)).toBe(true);
    expect(await text('checkpoint')).toBe(await text('checkpoints/9'));
    // Nothing of what was chosen is public yet.
    expect(await status('ballots/000000.ndjson')).toBe(404);
    expect(await status('tally.json')).toBe(404);
  });

  it('can be checked as a whole by anyone once it is sealed, from the manifest alone', async () => {
    test = await testBox();
    await test.openRound();
    const sent = await castSome(7);
    await test.box.tick();
    sent.push(...(await castSome(2)));
    expect((await note(auditHead())).status).toBe(200);
    await test.closeRound();
    // Nobody waits for company any more: what is left is published at once.
    await test.box.tick();
    expect(await index()).toMatchObject({ state: 'closed', size: 11, ballotFiles: 0 });
    const sealed = await test.sealRound([auditHead('2026-11-23')]);
    expect(await sealed.json()).toMatchObject({ state: 'sealed', ballots: 9, lines: 9 });

    const read = await index();
    expect(read).toMatchObject({ state: 'sealed', size: 13, ballotFiles: 1, hasTally: false });
    const log = await readLog(test.url, roundId());
    const leaves = log.leaves.map((hex) => Buffer.from(hex, 'hex'));
    for (const size of read.checkpoints) expect(await checkpointHolds(size, leaves)).toBe(true);

    const lines = (await text('ballots/000000.ndjson')).trimEnd().split('\n');
    const frozen = { manifest: test.round.manifest, hash: test.round.hash };
    const verified = verifyBallotLines(frozen, lines, nodeBallotCrypto);
    if (!verified.ok) throw new Error(JSON.stringify(verified.problems));
    expect(verified.effective).toHaveLength(9);
    const notes = readNotes(await text('notes.ndjson'), roundId());
    if (!notes.ok) throw new Error(`Note ${String(notes.line)}`);
    expect(notes.value.map((each) => each.note.type)).toEqual([
      'audit-head',
      'audit-head',
      'closing',
    ]);
    expect(notes.value.at(-1)).toMatchObject({
      position: 12,
      note: { lines: 9, voters: 9, reason: 'test' },
    });

    // Ballots in the order of their leaves, notes at their places: together exactly the log.
    const rest = verified.leaves.map((leaf) => Buffer.from(leaf).toString('hex'));
    for (const { position, text: noteText } of notes.value) {
      const leaf = Buffer.from(leafHash(utf8(noteText), sha256)).toString('hex');
      rest.splice(position - 1, 0, leaf);
    }
    expect([log.leaves[0], ...rest]).toEqual(log.leaves);

    const codes: string[] = [];
    for (const size of read.checkpoints.slice(1)) {
      const batch = (await text(`receipts/${String(size)}.txt`)).split('\n').filter(Boolean);
      expect(batch).toEqual(batch.toSorted());
      codes.push(...batch);
    }
    expect(codes.toSorted()).toEqual(sent.map(({ receipt }) => receipt).toSorted());
  });

  it('puts exactly the receipts of a batch into its file, and tells which it is', async () => {
    test = await testBox();
    await test.openRound();
    const early = await castSome(3);
    await test.box.tick();
    const late = await castSome(4);
    await test.box.tick();
    const codes = (list: SignedBallot[]): string =>
      list
        .map(({ receipt }) => `${receipt}\n`)
        .toSorted()
        .join('');
    expect(await text('receipts/4.txt')).toBe(codes(early));
    expect(await text('receipts/8.txt')).toBe(codes(late));
    for (const size of ['1', '3', '5', '08', '9']) {
      expect(await status(`receipts/${size}.txt`)).toBe(404);
    }
    const asked = await fetch(`${test.url}/v1/rounds/${roundId()}/receipts/${late[0]!.receipt}`);
    expect(await asked.json()).toMatchObject({ recorded: true, batch: 8 });
  });

  it('goes on over many files of leaves and of ballots', async () => {
    test = await testBox();
    await test.openRound();
    // Far more than one file of leaves, written by the owner in one statement.
    await test.database.owner`
      insert into ballot (round_id, credential, seq, group_id, leaf, body, signature)
      select ${roundId()}, sha256(('c' || i)::bytea), 1, '120101', sha256(('l' || i)::bytea),
        '{"i":' || i || ',"c":{}}', repeat('s', 86) from generate_series(1, 20500) as i`;
    await test.database.owner`
      insert into receipt (round_id, code)
      select ${roundId()}, lpad(i::text, 13, '0') from generate_series(1, 20500) as i`;
    await test.closeRound();
    await test.sealRound();
    const read = await index();
    expect(read).toMatchObject({ size: 20_502, leafFiles: 3, ballotFiles: 3 });
    const { leaves } = await readLog(test.url, roundId());
    expect(new Set(leaves).size).toBe(20_502);
    const found: number[] = [];
    for (const file of ['000000', '000001', '000002']) {
      const lines = (await text(`ballots/${file}.ndjson`)).trimEnd().split('\n');
      found.push(lines.length);
    }
    expect(found).toEqual([10_000, 10_000, 500]);
    expect(await status('ballots/000003.ndjson')).toBe(404);
    expect(await status('leaves/000003.bin')).toBe(404);
    // A process that starts now reads the same log.
    const other = await test.another();
    expect((await readLog(other.url, roundId())).leaves).toEqual(leaves);
  });
});

describe('a note', () => {
  it('is a leaf at the next batch, whatever ballots wait, and handing it in again changes nothing', async () => {
    test = await testBox();
    await test.openRound();
    await castFakes(2);
    const leaf = Buffer.from(leafHash(utf8(auditHead()), sha256)).toString('hex');
    for (let times = 0; times < 3; times++) {
      expect(await (await note(auditHead())).json()).toMatchObject({ state: 'open', leaf });
      await test.box.tick();
    }
    expect(await index()).toMatchObject({ size: 2, checkpoints: [1, 2] });
    expect((await readLog(test.url, roundId())).leaves[1]).toBe(leaf);
    expect(await text('notes.ndjson')).toBe(`${JSON.stringify([1, auditHead()])}\n`);
    expect(await text('receipts/2.txt')).toBe('');
  });

  it('of paper ballots shows its leaf at once and its text only after the seal', async () => {
    test = await testBox();
    await test.openRound();
    await test.closeRound();
    expect((await note(paperBallots())).status).toBe(200);
    await test.box.tick();
    const leaf = Buffer.from(leafHash(utf8(paperBallots()), sha256)).toString('hex');
    expect((await readLog(test.url, roundId())).leaves[1]).toBe(leaf);
    expect(await text('notes.ndjson')).toBe('');
    await test.sealRound();
    expect(await text('notes.ndjson')).toContain('SOC-1');
  });

  it('that is none, of another round or closing is refused, and so is any after the seal', async () => {
    test = await testBox();
    await test.openRound();
    const other = JSON.stringify({ ...(JSON.parse(auditHead()) as object), round: 'otra' });
    const closing = JSON.stringify({
      v: 1,
      type: 'closing',
      round: roundId(),
      closedAt: '2026-11-22T00:00:00.000Z',
      reason: '',
      lines: 0,
      voters: 0,
    });
    for (const wrong of ['{', '{}', other, closing]) {
      const answer = await note(wrong);
      expect([answer.status, await answer.json()]).toEqual([422, { reason: 'note-invalid' }]);
    }
    await note(auditHead());
    await test.closeRound();
    await test.sealRound();
    expect(await (await note(auditHead())).json()).toMatchObject({ state: 'sealed' });
    const late = await note(auditHead('2026-11-25'));
    expect([late.status, await late.json()]).toEqual([409, { reason: 'sealed' }]);
    const { size } = await index();
    await test.box.tick();
    expect((await index()).size).toBe(size);
  });
});

describe('the seal', () => {
  it('waits for the close, and then is the same however often it is ordered, also at once', async () => {
    test = await testBox();
    await test.openRound();
    await castFakes(5);
    const early = await test.sealRound();
    expect([early.status, await early.json()]).toEqual([409, { reason: 'not-closed' }]);
    await test.closeRound();
    const second = await test.another();
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => test.sealRound()),
      second.box.tick(),
      test.sealRound([auditHead()]),
      test.box.tick(),
    ]);
    for (const answer of answers) if (answer) expect(answer.status).toBe(200);
    const checkpoint = await text('checkpoint');
    expect(parseCheckpoint(checkpoint)?.checkpoint.size).toBeGreaterThanOrEqual(7);
    await test.sealRound([auditHead('2026-11-27')]);
    await test.box.tick();
    expect(await text('checkpoint')).toBe(checkpoint);
    await second.box.tick();
    const there = await fetch(`${second.url}/public-record/${roundId()}/checkpoint`);
    expect(await there.text()).toBe(checkpoint);
    expect((await readLog(second.url, roundId())).leaves).toEqual(
      (await readLog(test.url, roundId())).leaves,
    );
  });

  it('says when casting ended, not when it came itself', async () => {
    test = await testBox({
      opensAt: '2000-01-01T00:00:00.000Z',
      closesAt: '2000-01-02T00:00:00.000Z',
    });
    await test.openRound();
    // Due by the clock: no order to close is needed.
    expect((await test.sealRound()).status).toBe(200);
    expect(await text('notes.ndjson')).toContain('2000-01-02T00:00:00.000Z');
  });

  it('lets nothing in: no ballot, and a round is never opened again', async () => {
    test = await testBox();
    await test.openRound();
    await test.closeRound();
    await test.sealRound();
    expect(await test.cast(await test.ballot())).toMatchObject({ status: 410, reason: 'closed' });
    expect(await (await test.openRound()).json()).toMatchObject({ state: 'sealed' });
    const about = await fetch(`${test.url}/v1/rounds/${roundId()}`);
    expect(await about.json()).toMatchObject({ state: 'closed', sealed: true });
  });
});

describe('the announced count', () => {
  const tally = (changes: object = {}): string =>
    JSON.stringify({
      v: 1,
      round: roundId(),
      manifestHash: test.round.hash,
      root: 'root',
      lotSeed: 'seed',
      engine: 'minka-tally/1',
      ballots: 0,
      contests: [],
      ...changes,
    });
  const announce = (tallyText: string): Promise<Response> =>
    test.order({ type: 'tally', round: roundId(), text: tallyText });

  it('stands in the record once, after the seal, to the byte', async () => {
    test = await testBox();
    await test.openRound();
    expect(await (await announce(tally())).json()).toEqual({ reason: 'not-sealed' });
    await test.closeRound();
    expect(await (await announce(tally())).json()).toEqual({ reason: 'not-sealed' });
    await test.sealRound();
    expect(await (await announce('{}')).json()).toEqual({ reason: 'tally-invalid' });
    expect(await (await announce(tally({ manifestHash: 'x' }))).json()).toEqual({
      reason: 'other-manifest',
    });
    expect((await announce(tally())).status).toBe(200);
    expect((await announce(tally())).status).toBe(200);
    expect(await (await announce(tally({ ballots: 1 }))).json()).toEqual({ reason: 'other-tally' });
    expect(await text('tally.json')).toBe(tally());
    expect((await index()).hasTally).toBe(true);
  });
});

describe('the exact count', () => {
  it('is told to the worker alone, staged and published together', async () => {
    test = await testBox();
    await test.openRound();
    const voter = testRow({ group: 'zona-1' });
    await castFakes(3);
    await castRow(test.database.sql, test.round, voter);
    await test.box.tick();
    await castRow(
      test.database.sql,
      test.round,
      testRow({
        credential: voter.credential,
        seq: 2,
        previous: voter.leaf,
        group: 'zona-1',
      }),
    );
    const answer = await test.order({ type: 'count', round: roundId() });
    expect(await answer.json()).toEqual({
      groups: { '120101': { voters: 3, lines: 3 }, 'zona-1': { voters: 1, lines: 2 } },
      receipts: 5,
      lines: 5,
      published: 4,
    });
  });
});
