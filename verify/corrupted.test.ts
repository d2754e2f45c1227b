import { beforeAll, describe, expect, it } from 'vitest';
import { verifyRecord } from './run';
import { CORRUPTIONS } from './testing/corruptions';
import { inlineCrypto } from './testing/inline-crypto';
import { memorySource } from './testing/memory-source';
import { naiveVerdict } from './testing/naive-verifier';
import { assemble } from './testing/record-draft';
import { syntheticRecord } from './testing/synthetic-record';
import type { GoodRecord } from './testing/tampering';

let good: GoodRecord;
beforeAll(() => {
  const draft = syntheticRecord({ voters: 30, revotesPerCent: 20, batch: 6, live: true, seed: 1 });
  good = { draft, files: assemble(draft) };
});

describe('a corrupted record', () => {
  it.each(
    CORRUPTIONS.map((corruption) => ({
      ...corruption,
      label: `${corruption.own}: ${corruption.name}`,
    })),
  )('fails $label', async ({ own, also = [], make, since, manifestHash }) => {
    const files = make(good);
    const options = {
      since: since?.(good) ?? null,
      manifestHash: manifestHash?.(good) ?? null,
    };
    const report = await verifyRecord(memorySource(files), inlineCrypto, options);
    const failed = report.checks.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
    expect(failed.sort()).toEqual([own, ...also].sort());
    expect(naiveVerdict(files, options)).toEqual(failed);
  });
});
