import { beforeAll, describe, expect, it } from 'vitest';
import { verifyRecord } from './run';
import { inlineCrypto } from './testing/inline-crypto';
import { memorySource } from './testing/memory-source';
import { naiveVerdict } from './testing/naive-verifier';
import { assemble } from './testing/record-draft';
import { random, syntheticRecord } from './testing/synthetic-record';
import { refiled, type GoodRecord } from './testing/tampering';

/** `VERIFY_FLIPS=20000 npx vitest run --project unit verify/flipped` for a long night. */
const FLIPS = Number(process.env['VERIFY_FLIPS'] ?? 60);
const nothing = { manifestHash: null, since: null };

let good: GoodRecord;
beforeAll(() => {
  const draft = syntheticRecord({ voters: 8, revotesPerCent: 30, batch: 4, live: true, seed: 11 });
  good = { draft, files: assemble(draft) };
});

/** A signature line of a witness: a name nobody declared says nothing, so this alone may pass. */
function isInCosignatures(path: string, at: number): boolean {
  if (!path.startsWith('checkpoint')) return false;
  const note = Buffer.from(good.files.get(path) ?? []).toString('latin1');
  return at > note.indexOf('\n', note.indexOf('\n\n') + 2);
}

describe('one flipped bit anywhere', () => {
  it('is found, never crashes, and both verifiers say the same', async () => {
    const next = random(20261123);
    const paths = [...good.files.keys()].sort();
    for (let flip = 0; flip < FLIPS; flip++) {
      const path = paths[Math.floor(next() * paths.length)] ?? '';
      const length = good.files.get(path)?.length ?? 0;
      const at = Math.floor(next() * length);
      const bit = 1 << Math.floor(next() * 8);
      if (length === 0) continue;
      const files = refiled(good, (changed) => {
        const bytes = changed.get(path);
        if (bytes) bytes[at] = (bytes[at] ?? 0) ^ bit;
      });
      const what = `bit ${bit} of byte ${at} of ${path}`;
      const report = await verifyRecord(memorySource(files), inlineCrypto, nothing);
      const failed = report.checks
        .filter(({ verdict }) => verdict === 'failed')
        .map(({ id }) => id);
      if (!isInCosignatures(path, at)) expect(failed, what).not.toEqual([]);
      expect(naiveVerdict(files, nothing), what).toEqual(failed.sort());
    }
  }, 1_800_000);
});
