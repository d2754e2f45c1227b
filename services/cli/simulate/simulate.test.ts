import { constants, createHash, generateKeyPairSync, privateEncrypt, verify } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentialMessage } from '@/lib/ballots/body';
import { concatBytes } from '@/lib/shared/bytes';
import { readBallots, writeBallots } from './ballot-file';
import { blindKey, unblind } from './blinding';
import { percentile, Tally, timesOf } from './figures';
import { formAsking, formsOf, multipart } from './forms';
import { isLoopback } from './loopback';
import { many } from './many';
import { readOptions } from './options';
import { Refused } from './refused';

const PAGE = `
<script>self.__next_f.push(["<form><input name=\\"dni\\"></form>"])</script>
<form action="" encType="multipart/form-data" method="POST"><input type="hidden" name="$ACTION_ID_40"/>
  <button value="en" name="locale">English</button></form>
<form class="a>b" action="/x?a=1&amp;b=2" method="POST">
  <input type="hidden" name="$ACTION_REF_1"/>
  <input type="hidden" name="$ACTION_1:0" value="{&quot;id&quot;:&quot;60&#x27;&quot;}"/>
  <label for="dni">DNI</label><input id="dni" inputMode="numeric" name="dni"/>
  <button class="b">Pedir</button></form>`;

describe('forms', () => {
  it('are found in the markup and not in scripts', () => {
    expect(formsOf(PAGE)).toHaveLength(2);
  });

  it('give their hidden inputs in order and unescaped', () => {
    const form = formAsking(PAGE, 'dni');
    expect(form?.action).toBe('/x?a=1&b=2');
    expect(form?.hidden).toEqual([
      ['$ACTION_REF_1', ''],
      ['$ACTION_1:0', `{"id":"60'"}`],
    ]);
  });

  it('that ask for nothing of the kind are not taken for another', () => {
    expect(formAsking(PAGE, 'code')).toBeNull();
  });

  it('travel as multipart that any server reads back', async () => {
    const { type, body } = multipart(
      [
        ['$ACTION_1:0', '{"a":"b\r\nc"}'],
        ['dni', '99 000.001'],
      ],
      'xyz',
    );
    const read = await new Response(body, { headers: { 'content-type': type } }).formData();
    expect([...read]).toEqual([
      ['$ACTION_1:0', '{"a":"b\r\nc"}'],
      ['dni', '99 000.001'],
    ]);
  });
});

describe('percentiles', () => {
  it('are always values that were measured, by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([50, 95, 99].map((each) => percentile(hundred, each))).toEqual([50, 95, 99]);
    expect([50, 95, 99].map((each) => percentile([1, 2, 3], each))).toEqual([2, 3, 3]);
    expect(percentile([7], 50)).toBe(7);
  });

  it('of nothing are null', () => {
    expect(timesOf([])).toEqual({ p50Ms: null, p95Ms: null, p99Ms: null });
  });

  it('do not depend on the order of measuring', () => {
    expect(timesOf([30, 10, 20])).toEqual({ p50Ms: 20, p95Ms: 30, p99Ms: 30 });
  });
});

describe('the report', () => {
  it('counts successes, and failures by reason', () => {
    const tally = new Tally();
    tally.measure('cast', 5);
    tally.succeed();
    tally.fail('cast: closed');
    tally.fail('cast: closed');
    expect(tally.report(2000)).toMatchObject({
      ok: 1,
      failed: 2,
      castPerSecond: 0.5,
      p50Ms: 5,
      byStep: { verify: { p50Ms: null }, cast: { p99Ms: 5 } },
      failures: { 'cast: closed': 2 },
    });
  });
});

describe('this machine', () => {
  const to =
    (...addresses: string[]) =>
    () =>
      Promise.resolve(addresses);
  const at = (url: string, ...addresses: string[]) => isLoopback(new URL(url), to(...addresses));

  it.each(['http://127.0.0.1:3000', 'http://127.9.8.7', 'http://[::1]:3000'])(
    'is %s',
    async (url) => {
      expect(await at(url)).toBe(true);
    },
  );

  it.each(['http://10.0.0.1', 'http://0.0.0.0', 'http://[fe80::1]', 'http://[::ffff:10.0.0.1]'])(
    'is not %s',
    async (url) => {
      expect(await at(url)).toBe(false);
    },
  );

  it('is a name only when all that it resolves to is loopback', async () => {
    expect(await at('http://localhost', '127.0.0.1', '::1')).toBe(true);
    expect(await at('http://localhost', '127.0.0.1', '192.0.2.1')).toBe(false);
    expect(await at('http://votos.huancayo.gob.pe', '192.0.2.1')).toBe(false);
    expect(await at('http://nadie.invalid')).toBe(false);
  });
});

describe('the command line', () => {
  const reasonOf = (...args: string[]) => {
    try {
      readOptions(args);
      return null;
    } catch (error) {
      return error instanceof Refused ? error.reason : error;
    }
  };

  it('says what is wrong with it', () => {
    expect(reasonOf()).toBe('usage');
    expect(reasonOf('--residente', '3')).toBe('usage');
    expect(reasonOf('--residents', 'many')).toBe('not-a-number');
    expect(reasonOf('--residents', '0')).toBe('not-a-number');
    expect(reasonOf('--residents', '1501')).toBe('not-enough-residents');
    expect(reasonOf('--residents', '1', '--offset', '1500')).toBe('not-enough-residents');
    expect(reasonOf('--residents', '1', '--url', 'localhost')).toBe('not-an-address');
    expect(reasonOf('--residents', '1', '--prepare', 'a', '--cast', 'a')).toBe('one-file');
    expect(reasonOf('--residents', '1500')).toBeNull();
    expect(reasonOf('--cast', 'file')).toBeNull();
  });
});

describe('blinding', () => {
  const issuer = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = issuer.publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
  const blindSign = (blinded: string) =>
    privateEncrypt(
      { key: issuer.privateKey, padding: constants.RSA_NO_PADDING },
      Buffer.from(blinded, 'base64url'),
    );

  it('gives a token that is a plain signature on the prepared message', async () => {
    const pending = await blindKey('r1', '120114', spki);
    const credential = unblind(pending, blindSign(pending.blinded).toString('base64url'), spki);
    const message = concatBytes(
      Buffer.from(credential?.prefix ?? '', 'base64url'),
      credentialMessage(
        'r1',
        '120114',
        createHash('sha256').update(Buffer.from(pending.spki, 'base64url')).digest(),
      ),
    );
    const key = { key: issuer.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
    expect(verify('sha384', message, key, Buffer.from(credential?.token ?? '', 'base64url'))).toBe(
      true,
    );
  });

  it('takes no answer that is not the issuer’s', async () => {
    const pending = await blindKey('r1', '120114', spki);
    const answer = blindSign(pending.blinded);
    answer[200] = (answer[200] ?? 0) ^ 1;
    expect(unblind(pending, answer.toString('base64url'), spki)).toBeNull();
    expect(unblind(pending, 'AAAA', spki)).toBeNull();
  });
});

describe('many hands', () => {
  it('do every item once, and never more at a time than there are hands', async () => {
    const done: number[] = [];
    let busy = 0;
    let most = 0;
    await many([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, ++busy);
      await new Promise(setImmediate);
      done.push(item);
      busy -= 1;
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });
});

describe('the file of prepared ballots', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minka-simulate-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is readable by its owner only, also when it replaces another', async () => {
    const path = join(folder, 'ballots.ndjson');
    await writeFile(path, 'old', { mode: 0o644 });
    await writeBallots(path, []);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is refused when empty, absent or something else', async () => {
    const path = join(folder, 'other.ndjson');
    await expect(readBallots(path)).rejects.toMatchObject({ reason: 'cannot-read' });
    await writeFile(path, '\n');
    await expect(readBallots(path)).rejects.toMatchObject({ reason: 'empty-file' });
    await writeFile(path, '{"line":["{}","x"]}\n');
    await expect(readBallots(path)).rejects.toMatchObject({ reason: 'not-a-ballot' });
  });
});
