import { createPublicKey, verify } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCheckpoint } from '@/lib/record/checkpoint';
import { cosignatureClaim } from '@/lib/record/cosignature';
import { LEAVES_PER_FILE } from '@/lib/record/files';
import { toBase64Url } from '@/lib/shared/bytes';
import { createKey, sha256, type Signer } from './key';
import { look, type Sighting } from './look';
import { Forgotten } from './memory';
import { Remote } from './remote';
import { TestLog } from './test-log';

let home: string;
let signer: Signer;
let log: TestLog;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'minka-witness-'));
  signer = await createKey(join(home, 'key'), 'observa.example');
  log = new TestLog([{ name: signer.name, key: toBase64Url(signer.key) }]);
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const TIME = 1_700_000_000;
const see = (at: TestLog = log): Promise<Sighting> =>
  look(at.round, {
    signer,
    folder: join(home, 'state'),
    remote: new Remote(at.base, at.fetch),
    now: () => TIME,
  });
const stateText = (): string => readFileSync(join(home, 'state', `${log.round}.json`), 'utf8');

/** Whether this line is our valid cosignature of the log's checkpoint of this size. */
function cosigns(line: string, size: number): boolean {
  const text = parseCheckpoint(log.note(size))?.text ?? '';
  const claim = cosignatureClaim(text, line, [signer], sha256);
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), signer.key]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return claim?.time === TIME && verify(null, claim.signed, key, claim.signature);
}

describe('a witness', { timeout: 60_000 }, () => {
  it('cosigns a record that only grows, at every look, from the new leaves alone', async () => {
    for (const [count, size] of [
      [0, 1],
      [4, 5],
      [8192, 8197],
      [1, 8198],
      [LEAVES_PER_FILE * 2, 24_582],
    ] as const) {
      log.grow(count);
      log.asked = [];
      expect(await see()).toEqual({
        kind: 'consistent',
        round: log.round,
        size,
        fresh: size === 1 ? 1 : count,
        cosignature: 'sent',
      });
      expect(log.posted.at(-1)?.size).toBe(size);
      expect(cosigns(log.posted.at(-1)!.line, size)).toBe(true);
    }
    // The last look: nothing of the first file, and neither manifest nor index again.
    expect(log.asked).toEqual([
      'GET /public-record/pp2027-votacion/checkpoint',
      'GET /public-record/pp2027-votacion/leaves/000001.bin',
      'GET /public-record/pp2027-votacion/leaves/000002.bin',
      'GET /public-record/pp2027-votacion/leaves/000003.bin',
      'POST /v1/rounds/pp2027-votacion/cosignatures',
    ]);
    // What it keeps does not grow with the record.
    expect(stateText().length).toBeLessThan(4096);
  });

  it('does the same with a server that knows no ranges', async () => {
    log.ranges = false;
    await see();
    log.grow(10);
    expect(await see()).toMatchObject({ kind: 'consistent', size: 11, fresh: 10 });
  });

  it('sends its cosignature again until the record shows it, always the same', async () => {
    log.grow(3);
    await see();
    expect(await see()).toMatchObject({ fresh: 0, cosignature: 'sent' });
    expect(new Set(log.posted.map(({ line }) => line)).size).toBe(1);
    log.cosignatures = [log.posted[0]!.line];
    expect(await see()).toMatchObject({ fresh: 0, cosignature: 'present' });
    expect(log.posted).toHaveLength(2);
  });

  it('sends nothing to a round that does not name it, and still watches', async () => {
    log = new TestLog([{ name: signer.name, key: toBase64Url(signer.key.toReversed()) }]);
    expect(await see()).toMatchObject({ kind: 'consistent', cosignature: 'unnamed' });
    expect(log.posted).toEqual([]);
    expect(cosigns((JSON.parse(stateText()) as { line: string }).line, 1)).toBe(true);
  });

  it('says when the box refuses its cosignature', async () => {
    log.instead.set('/v1/rounds/pp2027-votacion/cosignatures', () =>
      Response.json({}, { status: 403 }),
    );
    expect(await see()).toMatchObject({ cosignature: { refused: 'HTTP 403' } });
  });
});

describe('a witness refuses to cosign (threat T26)', () => {
  let fork: TestLog;
  beforeEach(async () => {
    log.grow(9);
    await see();
    log.posted.length = 0;
    fork = new TestLog([{ name: signer.name, key: toBase64Url(signer.key) }], log);
    fork.leaves = log.leaves.slice(0, 6);
  });

  async function refused(by: TestLog, breach: string): Promise<Record<string, unknown>> {
    const before = stateText();
    const seen = await see(by);
    expect(seen).toMatchObject({ kind: 'breach', breach });
    expect(by.posted).toEqual([]);
    // What it had seen is still what it compares with: the honest record is cosigned afterwards.
    expect(stateText()).toBe(before);
    const path = (seen as { evidence: string }).evidence;
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  }

  it('a fork of the same size, and keeps both signed checkpoints', async () => {
    fork.grow(4, 'other');
    const proof = await refused(fork, 'forked');
    expect(proof).toMatchObject({
      remembered: { note: log.note(), size: 10, cosignature: expect.any(String) as string },
      served: { note: fork.note() },
    });
    log.grow(1);
    expect(await see()).toMatchObject({ kind: 'consistent', size: 11, cosignature: 'sent' });
  });

  it.each([1, 3, 1000])('a fork that is %i leaves longer', async (more) => {
    fork.grow(4 + more, 'other');
    const proof = await refused(fork, 'rewritten');
    expect(proof).toMatchObject({
      remembered: { note: log.note() },
      served: { note: fork.note() },
    });
  });

  it('a record that shrank, even to a beginning of itself', async () => {
    await refused(fork, 'shrunk');
  });

  it('one leaf of the past altered, with the leaves after it untouched', async () => {
    fork.leaves = [...log.leaves];
    fork.leaves[4] = sha256(fork.leaves[4]!);
    await refused(fork, 'forked');
    fork.grow(1);
    await refused(fork, 'rewritten');
  });

  it('two leaves of the past exchanged', async () => {
    fork.leaves = log.leaves.with(2, log.leaves[7]!).with(7, log.leaves[2]!);
    fork.grow(5);
    await refused(fork, 'rewritten');
  });

  it('a checkpoint of another key, and one altered by a letter', async () => {
    const stranger = new TestLog([{ name: signer.name, key: toBase64Url(signer.key) }]);
    stranger.leaves = [...log.leaves];
    await refused(stranger, 'not-signed');
    const path = `/public-record/${log.round}/checkpoint`;
    log.instead.set(path, () => new Response(log.note(10).replace('\n10\n', '\n11\n')));
    await refused(log, 'not-signed');
  });

  it('leaves that do not give the signed root', async () => {
    log.grow(2);
    const bytes = Buffer.concat(log.leaves);
    bytes[10 * 32] = (bytes[10 * 32] ?? 0) ^ 1;
    log.instead.set(`/public-record/${log.round}/leaves/000000.bin`, () => new Response(bytes));
    await refused(log, 'rewritten');
  });

  it('and keeps the first file of the same evidence', async () => {
    fork.grow(4, 'other');
    await refused(fork, 'forked');
    await refused(fork, 'forked');
    const files = readdirSync(join(home, 'state')).filter((name) => name.includes('evidence'));
    expect(files).toHaveLength(1);
  });
});

describe('at first sight', () => {
  it.each([
    ['is not the first leaf', (of: TestLog) => (of.leaves[0] = sha256(of.leaves[0]!))],
    [
      'is of another round',
      (of: TestLog) =>
        of.instead.set(`/public-record/${of.round}/manifest.json`, () =>
          Response.json({ round: 'otra', recordKey: of.recordKey, witnesses: [] }),
        ),
    ],
    [
      'is no manifest',
      (of: TestLog) =>
        of.instead.set(`/public-record/${of.round}/manifest.json`, () => new Response('hola')),
    ],
  ])('a manifest that %s is refused', async (_, spoil) => {
    log.grow(3);
    spoil(log);
    expect(await see()).toMatchObject({ kind: 'breach', breach: 'other-manifest' });
    expect(existsSync(join(home, 'state', `${log.round}.json`))).toBe(false);
  });
});

describe('a witness concludes nothing', () => {
  it.each([
    ['a server error', () => new Response('', { status: 502 })],
    [
      'a connection that breaks',
      () =>
        new Response(
          new ReadableStream({
            pull: (controller) => {
              controller.error(new Error('broken'));
            },
          }),
        ),
    ],
    ['leaves that are not there yet', () => new Response(Buffer.concat(log.leaves.slice(0, 5)))],
    ['a file without end', () => new Response(Buffer.alloc(9_000_000))],
  ])('from %s, and looks again later', async (_, answer) => {
    await see();
    log.grow(20);
    const before = stateText();
    log.instead.set(`/public-record/${log.round}/leaves/000000.bin`, answer);
    expect(await see()).toMatchObject({ kind: 'away' });
    expect(stateText()).toBe(before);
    log.instead.clear();
    expect(await see()).toMatchObject({ kind: 'consistent', size: 21 });
  });

  it('when the cosignature cannot be delivered, which it then remembers', async () => {
    const path = '/v1/rounds/pp2027-votacion/cosignatures';
    log.instead.set(path, () => {
      throw new TypeError('fetch failed', { cause: new Error('ECONNRESET') });
    });
    expect(await see()).toEqual({ kind: 'away', round: log.round, detail: 'ECONNRESET' });
    const kept = (JSON.parse(stateText()) as { line: string }).line;
    log.instead.clear();
    await see();
    expect(log.posted).toEqual([{ size: 1, line: kept }]);
  });

  it.each(['', '{', '{"v":1}'])('from a damaged memory: it stops (%j)', async (text) => {
    await see();
    writeFileSync(join(home, 'state', `${log.round}.json`), text);
    await expect(see()).rejects.toThrow(Forgotten);
  });
});
