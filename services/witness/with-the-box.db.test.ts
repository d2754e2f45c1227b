import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCheckpoint } from '@/lib/record/checkpoint';
import { cosignatureClaim } from '@/lib/record/cosignature';
import { toBase64Url } from '@/lib/shared/bytes';
import { testBox, type TestBox } from '@/services/ballot-box/test-box';
import { followOnce } from './follow';
import { createKey, sha256, type Signer } from './key';
import type { Sighting } from './look';
import { placeOf } from './remote';

/** The witness against the real ballot box, as an outsider runs it. */

let home: string;
let signer: Signer;
let test: TestBox;
let told: Sighting[];
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'minka-witness-'));
  signer = await createKey(join(home, 'key'), 'observa.example');
  told = [];
  test = await testBox({
    witnesses: [{ name: signer.name, key: toBase64Url(signer.key) }],
    record: { batch: 2, intervalSeconds: 1 },
  });
  await test.openRound();
});
afterEach(async () => {
  await test.stop();
  rmSync(home, { recursive: true, force: true });
});

async function watch(box: TestBox = test): Promise<Sighting | undefined> {
  await followOnce({
    places: [placeOf(box.url)!],
    signer,
    folder: join(home, 'state'),
    tell: (sighting) => told.push(sighting),
  });
  return told.at(-1);
}

async function served(box: TestBox = test): Promise<string> {
  return (await box.file('checkpoint')).text();
}

function cosigned(note: string): boolean {
  const parsed = parseCheckpoint(note);
  return (parsed?.signatures ?? []).some(
    (each) => cosignatureClaim(parsed?.text ?? '', each, [signer], sha256) !== null,
  );
}

describe('a witness of the ballot box', () => {
  it('cosigns the opening, the batches and the seal, and the record shows it', async () => {
    expect(await watch()).toMatchObject({ kind: 'consistent', size: 1, cosignature: 'sent' });
    expect(cosigned(await served())).toBe(true);
    expect(await watch()).toMatchObject({ size: 1, cosignature: 'present' });

    for (let i = 0; i < 5; i++) await test.cast(await test.ballot());
    await test.closeRound();
    await test.sealRound();
    const sealed = await watch();
    expect(sealed).toMatchObject({ kind: 'consistent', fresh: 6, cosignature: 'sent' });
    expect(cosigned(await served())).toBe(true);
  });

  it('refuses a second record of the same keys, and keeps both checkpoints (threat T26)', async () => {
    const fork = await testBox({}, { twinOf: test });
    try {
      for (const box of [test, fork]) {
        await box.openRound();
        for (let i = 0; i < 4; i++) await box.cast(await box.ballot());
        await box.closeRound();
        await box.sealRound();
      }
      expect(await watch(test)).toMatchObject({ kind: 'consistent', cosignature: 'sent' });
      const seen = await watch(fork);
      expect(seen).toMatchObject({ kind: 'breach', breach: 'forked' });
      expect(cosigned(await served(fork))).toBe(false);
      const proof = readFileSync((seen as { evidence: string }).evidence, 'utf8');
      for (const box of [test, fork]) expect(proof).toContain((await served(box)).split('\n')[2]);
      // The record that it had seen is still fine.
      expect(await watch(test)).toMatchObject({ kind: 'consistent', cosignature: 'present' });
    } finally {
      await fork.stop();
    }
  });
});
