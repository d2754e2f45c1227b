import { spawnSync } from 'node:child_process';
import { createHash, sign } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lineText } from '@/lib/ballots/body';
import { promiseText } from '@/lib/ballots/types';
import { RECORD_FILES } from '@/lib/record/format';
import { leafHash } from '@/lib/record/merkle';
import { toBase64Url, utf8 } from '@/lib/shared/bytes';
import { ensureVerifier, VERIFIER_FOLDER } from '@/services/supervisor/build-verifier';
import type { Report } from '../report';
import { verifyRecord } from '../run';
import { inlineCrypto } from '../testing/inline-crypto';
import { memorySource } from '../testing/memory-source';
import { assemble, sha256, type RecordFileMap } from '../testing/record-draft';
import { syntheticRecord } from '../testing/synthetic-record';
import {
  ballotAt,
  editTally,
  refiled,
  singleBallots,
  textIn,
  type GoodRecord,
} from '../testing/tampering';

let home: string;
let good: GoodRecord;

function write(folder: string, files: RecordFileMap): string {
  for (const [path, bytes] of files) {
    const target = join(home, folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  return join(home, folder);
}

/** Plain Node in an empty folder: no packages, no sources, nothing of the environment. */
function run(...args: string[]) {
  const cwd = join(home, 'empty');
  const env = { PATH: '', NODE_ENV: 'production' as const };
  return spawnSync(process.execPath, ['minka-verify.mjs', ...args], { cwd, env, encoding: 'utf8' });
}

beforeAll(async () => {
  await ensureVerifier();
  home = mkdtempSync(join(tmpdir(), 'minka-alone-'));
  mkdirSync(join(home, 'empty'));
  cpSync(join(VERIFIER_FOLDER, 'minka-verify.mjs'), join(home, 'empty', 'minka-verify.mjs'));
  const draft = syntheticRecord({ voters: 25, revotesPerCent: 10, batch: 8, live: true, seed: 7 });
  good = { draft, files: assemble(draft) };
}, 60_000);
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('the verifier copied out of the repository', () => {
  it('gives the same report with plain Node and nothing else', async () => {
    const { status, stdout, stderr } = run(write('good', good.files), '--json');
    expect(stderr).toContain('Revisando cédulas…');
    const options = { manifestHash: null, since: null };
    const here = await verifyRecord(memorySource(good.files), inlineCrypto, options);
    expect(JSON.parse(stdout) as Report).toEqual(JSON.parse(JSON.stringify(here)));
    expect(status).toBe(0);
  });

  it('exits with 1 and says what is wrong', () => {
    const bad = refiled(good, (files) => {
      editTally(files, (tally) => {
        tally.ballots += 1;
      });
    });
    const { status, stdout } = run(write('bad', bad));
    expect(status).toBe(1);
    expect(stdout).toMatch(/✘ V10 .*\n\s+Se anunciaron 33 cédulas y hay 32\./);
    expect(stdout).toContain('El registro NO cuadra');
  });

  it('accepts a genuine proof of a phone and rejects a forged one', () => {
    const { draft, files } = good;
    const { line, receipt } = ballotAt(draft, singleBallots(draft)[0] ?? -1);
    const { round, closesAt } = draft.manifest;
    const leaf = toBase64Url(leafHash(utf8(lineText(line)), sha256));
    const content = { round, leaf, code: receipt, includeBy: closesAt };
    const signature = toBase64Url(sign(null, utf8(promiseText(content)), draft.recordKey));
    const proof = (code: string): string => {
      const promise = { ...content, code, signature };
      const checkpoint = textIn(files, RECORD_FILES.checkpoint);
      const path = join(home, `proof-${code}.json`);
      const file = { kind: 'minka/proof/v1', round, failed: [], promise, checkpoint, seen: null };
      writeFileSync(path, JSON.stringify(file));
      return path;
    };
    const record = write('good', files);
    const genuine = run(record, '--proof', proof(receipt));
    expect(genuine.stdout).toContain('La urna cumplió: lo que firmó está en el registro.');
    expect(genuine.status).toBe(0);
    const forged = run(record, '--proof', proof('0000000000000'), '--lang', 'en');
    expect(forged.stdout).toContain('The proof is NOT valid');
    expect(forged.status).toBe(1);
  });

  it.each([
    ['no place', [], 'Di qué carpeta'],
    ['a folder that is not there', ['/nowhere/at/all'], 'No existe la carpeta'],
    ['a folder without a record', ['.'], 'no hay ningún registro público'],
    ['an unknown option', ['.', '--fast'], '--fast'],
    ['a hash that is none', ['.', '--manifest-hash', 'x'], '43 letras'],
    [
      'an older copy that is not there',
      ['.', '--since', 'nowhere'],
      'No se puede leer la constancia',
    ],
    ['a proof that is not there', ['.', '--proof', 'nowhere'], 'No se puede leer la prueba'],
    ['a proof that is none', ['.', '--proof', 'minka-verify.mjs'], 'no es una prueba de Minka'],
    ['a language it does not speak', ['.', '--lang', 'qu'], '--lang es|en'],
    [
      'an address where nobody answers',
      ['http://127.0.0.1:9/x', '--lang', 'en'],
      'could not be read',
    ],
  ])('exits with 2 and one clear sentence for %s', (_, args, sentence) => {
    const { status, stdout, stderr } = run(...args);
    expect(stderr).toContain(sentence);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});

describe('the verifier over HTTP', () => {
  let server: Server;
  let url: string;
  let failures = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (failures-- > 0) {
        response.writeHead(503).end();
        return;
      }
      const bytes = good.files.get((request.url ?? '').replace('/public-record/r/', ''));
      response.writeHead(bytes ? 200 : 404).end(bytes);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/public-record/r`;
  });
  afterAll(() => {
    server.close();
  });

  it('reads a record from its address, and tries again when the server stumbles', async () => {
    const { urlSource } = await import('../url-source');
    failures = 1;
    const options = { manifestHash: null, since: null };
    const report = await verifyRecord(urlSource(url), inlineCrypto, options);
    expect(report.verdict).toBe('passed');
  });
});

describe('the page', () => {
  const html = (): string => readFileSync(join(VERIFIER_FOLDER, 'minka-verify.html'), 'utf8');
  const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

  it('loads nothing: script and style are inside, and no other may run', () => {
    const text = html();
    const script = /<script type="module">([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '';
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    const policy = /Content-Security-Policy"\s+content="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(policy).toContain(`script-src 'sha256-${hashOf(script)}'`);
    expect(policy).toContain(`style-src 'sha256-${hashOf(style)}'`);
    expect(policy).toContain("default-src 'none'");
    const markup = text.replace(script, '').replace(style, '');
    expect(markup).not.toMatch(/\b(src|href)=|@import|url\(/);
    expect(Buffer.byteLength(text)).toBeLessThan(500_000);
  });

  it('knows the same record files as the engine', () => {
    expect(html()).toContain(RECORD_FILES.notes);
  });
});
