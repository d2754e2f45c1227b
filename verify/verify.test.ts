import { describe, expect, it } from 'vitest';
import { inlineCrypto } from './testing/inline-crypto';
import { verifyRecord } from './run';
import { memorySource } from './testing/memory-source';
import { assemble } from './testing/record-draft';
import { syntheticRecord } from './testing/synthetic-record';

describe('a good record', () => {
  it('passes every check', async () => {
    const draft = syntheticRecord({
      voters: 30,
      revotesPerCent: 20,
      batch: 6,
      live: true,
      seed: 1,
    });
    const report = await verifyRecord(memorySource(assemble(draft)), inlineCrypto, {
      manifestHash: null,
      since: null,
    });
    expect(report.checks.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
  });
});
