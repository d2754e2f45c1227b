import {
  generateKeyPairSync,
  randomBytes,
  createPublicKey,
  publicDecrypt,
  constants,
} from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueCredential } from '@/lib/credentials/commands';
import { socketSigner, workerHealth } from '@/lib/credentials/socket-signer';
import { manifestHash, type Manifest } from '@/lib/rounds/manifest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { asSuperuser, seedCycle, seedOpenRound, seedResident } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { createIssuer } from './issuer';
import { listenIssuer, type IssuerServer } from './issuer-server';
import { ensureIssuerKey, readIssuerKey } from './keys';
import { blindSign } from './sign';

type Fresh = Awaited<ReturnType<typeof freshRegistry>>;

let folder: string;
let socket: string;
let fresh: Fresh;
let server: IssuerServer;
let dnis = 50_000_000;
const GROUP = '120114';

/** 256 random bytes below any 2048-bit modulus. */
function blinded(): Buffer {
  const bytes = randomBytes(256);
  bytes[0] = 0;
  return bytes;
}

async function openRound(
  to: Fresh,
  id: string,
  eligible: number,
  people: number,
): Promise<string[]> {
  const key = await ensureIssuerKey(folder, id, GROUP);
  const manifest: Manifest = manifestFixture({
    round: id,
    groups: [
      {
        id: GROUP,
        name: 'El Tambo',
        districts: ['120114'],
        eligible,
        key: key.publicKey,
        rollRoot: '0'.repeat(64),
      },
    ],
    contests: manifestFixture().contests.slice(0, 2),
  });
  const residents: string[] = [];
  for (let i = 0; i < people; i += 1) {
    residents.push(await seedResident(to.db, { dni: String((dnis += 1)) }));
  }
  const text = JSON.stringify(manifest);
  await seedOpenRound(to.db, {
    id,
    residents: residents.map((resident) => ({ id: resident, districtCode: '120114' })),
    manifest: text,
    manifestHash: await manifestHash(text),
  });
  return residents;
}

const rowsOf = async (to: Fresh, residentId: string) =>
  to.sql`select encode(blind_signature, 'hex') as signature from credential
    where resident_id = ${residentId}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minka-issuer-'));
  socket = join(folder, 'run', 'issuer.sock');
  fresh = await freshRegistry(30);
  await seedCycle(fresh.db);
  server = await listenIssuer(
    socket,
    createIssuer(fresh.db, folder),
    () => ({ ok: true, version: 'test', lastTickAt: null }),
    (error) => {
      throw error;
    },
  );
});
afterAll(async () => {
  await server.close();
  await fresh.drop();
  await rm(folder, { recursive: true });
});

/** 500 browsers of the same person, each with a blinded value of its own, at once. */
async function issue500(to: Fresh, roundId: string, residentId: string) {
  const signer = socketSigner(socket);
  return Promise.all(
    Array.from({ length: 500 }, () =>
      issueCredential(to.db, signer, { roundId, residentId, blinded: blinded() }),
    ),
  );
}

describe('issuing a credential', () => {
  it('500 simultaneous issuances for one resident end in one credential and one signature', async () => {
    const [resident] = await openRound(fresh, 'five-hundred', 100, 1);
    const answers = await issue500(fresh, 'five-hundred', resident!);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((a) => !a.ok && a.reason === 'already-issued')).toHaveLength(499);
    const rows = await rowsOf(fresh, resident!);
    expect(rows).toHaveLength(1);
    expect(rows[0]!['signature']).toMatch(/^[0-9a-f]{512}$/);
    const [log] = await fresh.sql`select count(*)::int as signed from issuer_log
      where round_id = 'five-hundred'`;
    expect(log!['signed']).toBe(1);
  });

  it('the same 500 end in many credentials where the primary key is dropped: the promise is the database’s', async () => {
    const scratch = await freshRegistry(30);
    try {
      await scratch.owner`alter table credential drop constraint credential_one_per_resident cascade`;
      await seedCycle(scratch.db);
      const [resident] = await openRound(scratch, 'without-key', 100, 1);
      await issue500(scratch, 'without-key', resident!);
      expect((await rowsOf(scratch, resident!)).length).toBeGreaterThan(1);
    } finally {
      await scratch.drop();
    }
  });

  it('a lost answer is repaired by sending the same again: the same signature, counted once', async () => {
    const [resident] = await openRound(fresh, 'lost-answer', 100, 1);
    const input = { roundId: 'lost-answer', residentId: resident!, blinded: blinded() };
    const signer = socketSigner(socket);
    const cut = await issueCredential(
      fresh.db,
      { sign: async (asked) => (await signer.sign(asked), { ok: false, reason: 'unavailable' }) },
      input,
    );
    expect(cut).toEqual({ ok: false, reason: 'unavailable' });
    const retries = await Promise.all(
      Array.from({ length: 20 }, () => issueCredential(fresh.db, signer, input)),
    );
    const signatures = new Set(
      retries.map((retry) => (retry.ok ? Buffer.from(retry.value.signature).toString('hex') : '')),
    );
    expect(signatures.size).toBe(1);
    expect([...signatures][0]).toBe((await rowsOf(fresh, resident!))[0]!['signature']);
    const [log] = await fresh.sql`select count(*)::int as signed from issuer_log
      where round_id = 'lost-answer'`;
    expect(log!['signed']).toBe(1);
    const another = await issueCredential(fresh.db, signer, { ...input, blinded: blinded() });
    expect(another).toEqual({ ok: false, reason: 'already-issued' });
  });

  it('the stored signature is the RSA signature of the blinded value under the manifest’s key', async () => {
    const [resident] = await openRound(fresh, 'true-signature', 100, 1);
    const value = blinded();
    const answer = await issueCredential(fresh.db, socketSigner(socket), {
      roundId: 'true-signature',
      residentId: resident!,
      blinded: value,
    });
    if (!answer.ok) throw new Error(answer.reason);
    const key = (await readIssuerKey(folder, 'true-signature', GROUP))!;
    const opened = publicDecrypt(
      { key: createPublicKey(key.privateKey), padding: constants.RSA_NO_PADDING },
      answer.value.signature,
    );
    expect(opened.equals(value)).toBe(true);
    expect(answer.value.groupId).toBe(GROUP);
  });

  it('nobody off the roll, and nothing of the wrong length or past the modulus, reserves a row', async () => {
    const [resident] = await openRound(fresh, 'refusals', 100, 1);
    const stranger = await seedResident(fresh.db, { dni: '59999999' });
    const signer = socketSigner(socket);
    const tooLarge = Buffer.alloc(256, 255);
    const of = (residentId: string, value: Buffer) =>
      issueCredential(fresh.db, signer, { roundId: 'refusals', residentId, blinded: value });
    expect(await of(stranger, blinded())).toEqual({ ok: false, reason: 'not-on-roll' });
    expect(await of(resident!, blinded().subarray(1))).toEqual({ ok: false, reason: 'malformed' });
    expect(await of(resident!, tooLarge)).toEqual({ ok: false, reason: 'malformed' });
    expect(await rowsOf(fresh, resident!)).toHaveLength(0);
    expect((await of(resident!, blinded())).ok).toBe(true);
  });

  it('after the closing hour nothing new is issued, and what was issued is still answered', async () => {
    const [first, second] = await openRound(fresh, 'past-closing', 100, 2);
    const signer = socketSigner(socket);
    const value = blinded();
    const of = (residentId: string) =>
      issueCredential(fresh.db, signer, { roundId: 'past-closing', residentId, blinded: value });
    expect((await of(first!)).ok).toBe(true);
    await asSuperuser(
      fresh.owner,
      (sql) => sql`update round set closes_at = now() where id = 'past-closing'`,
    );
    expect(await of(second!)).toEqual({ ok: false, reason: 'round-not-open' });
    expect((await of(first!)).ok).toBe(true);
  });

  it('an issuer that is away reserves and later completes', async () => {
    const [resident] = await openRound(fresh, 'away', 100, 1);
    const input = { roundId: 'away', residentId: resident!, blinded: blinded() };
    const away = socketSigner(join(folder, 'nobody.sock'));
    expect(await issueCredential(fresh.db, away, input)).toEqual({
      ok: false,
      reason: 'unavailable',
    });
    expect((await issueCredential(fresh.db, socketSigner(socket), input)).ok).toBe(true);
  });
});

describe('the issuer', () => {
  it('never signs more blinded values of a group than the manifest has eligible people', async () => {
    await openRound(fresh, 'quota', 3, 0);
    const signer = socketSigner(socket);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        signer.sign({ round: 'quota', group: GROUP, blinded: blinded() }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(3);
    expect(answers.filter((a) => !a.ok && a.reason === 'quota-reached')).toHaveLength(97);
  });

  it('signs for no round or group it has no key of, and makes none on request', async () => {
    const signer = socketSigner(socket);
    for (const [round, group] of [
      ['elsewhere', GROUP],
      ['../../etc', 'passwd'],
    ] as const) {
      expect(await signer.sign({ round, group, blinded: blinded() })).toEqual({
        ok: false,
        reason: 'unknown-round',
      });
      expect(await readIssuerKey(folder, round, group)).toBeNull();
    }
  });

  it('counts no garbage against the quota', async () => {
    await openRound(fresh, 'garbage', 1, 0);
    const signer = socketSigner(socket);
    const garbage = Buffer.alloc(256, 255);
    for (const value of [garbage, Buffer.alloc(0), Buffer.alloc(255), Buffer.alloc(257)]) {
      expect(await signer.sign({ round: 'garbage', group: GROUP, blinded: value })).toEqual({
        ok: false,
        reason: 'malformed',
      });
    }
    const good = await signer.sign({ round: 'garbage', group: GROUP, blinded: blinded() });
    expect(good.ok).toBe(true);
  });

  it('its socket and keys are for their owner only, and it says that it is well', async () => {
    expect((await stat(socket)).mode & 0o777).toBe(0o600);
    await ensureIssuerKey(folder, 'modes', GROUP);
    expect((await stat(join(folder, 'issuer', 'modes', `${GROUP}.pem`))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'issuer', 'modes'))).mode & 0o777).toBe(0o700);
    expect(await workerHealth(socket)).toEqual({ ok: true, version: 'test', lastTickAt: null });
  });

  it('of many processes that make a key at once, all use the same one', async () => {
    const keys = await Promise.all(
      Array.from({ length: 6 }, () => ensureIssuerKey(folder, 'raced', GROUP)),
    );
    expect(new Set(keys.map((key) => key.publicKey)).size).toBe(1);
  });

  it.each([
    '{',
    '{"round":1}',
    JSON.stringify({ round: 'a', group: 'b', blinded: '!' }),
    'x'.repeat(5000),
  ])('refuses a body that is no request (%#)', async (text) => {
    expect(await post(text)).toBe(422);
  });
});

describe('blind signing', () => {
  it('every length but 256 bytes is refused', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    for (const length of [0, 1, 128, 255, 257, 512]) {
      expect(blindSign(privateKey, Buffer.alloc(length))).toBeNull();
    }
    expect(blindSign(privateKey, blinded())).toHaveLength(256);
  });
});

function post(text: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ socketPath: socket, method: 'POST', path: '/sign' }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end(text);
  });
}
