import { describe, expect, it } from 'vitest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import type { AllocateContest, Manifest, RankContest } from '@/lib/rounds/manifest';
import { verifyRecord } from './run';
import { inlineCrypto } from './testing/inline-crypto';
import { memorySource } from './testing/memory-source';
import { assemble } from './testing/record-draft';
import { syntheticRecord } from './testing/synthetic-record';
import { editLive, refiled } from './testing/tampering';

/** What the ballot box counts afresh at every batch, the verifier counts by what a batch adds. */

const ties = ['max-votes', 'project-id'] as const;
const SLOTS: readonly RankContest['rule']['slots'][] = [5, 2, [4, 3, 1], 'ballot-length'];
const FUNDS: readonly AllocateContest['rule'][] = [
  { kind: 'greedy', utility: 'cost', ties: [...ties], threshold: 2, leftover: 'partial' },
  { kind: 'greedy', utility: 'cardinality', ties: [...ties], walk: 'no-skip' },
  { kind: 'max-welfare', utility: 'cost', ties: [...ties] },
  { kind: 'phragmen', ties: [...ties] },
];

function rules(index: number): Partial<Manifest> {
  const contests = manifestFixture().contests.map((contest) =>
    contest.kind === 'rank'
      ? { ...contest, rule: { ...contest.rule, slots: SLOTS[index] ?? 5 } }
      : contest.groups === 'all'
        ? { ...contest, rule: FUNDS[index] ?? contest.rule }
        : contest,
  );
  return { contests, minGroup: 1 };
}

describe('figures shown live', () => {
  it.each(SLOTS.map((slots, index) => [FUNDS[index]?.kind ?? '', slots, index] as const))(
    'are counted alike, batch by batch, with %s and slots %j',
    async (_, __, index) => {
      const draft = syntheticRecord({
        voters: 24,
        revotesPerCent: 60,
        batch: 1,
        live: true,
        seed: 40 + index,
        changes: rules(index),
      });
      const files = assemble(draft);
      const options = { manifestHash: null, since: null };
      const report = await verifyRecord(memorySource(files), inlineCrypto, options);
      expect(report.checks.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
      // Ballots that only replace others show nothing new: 24 voters, and the end.
      const shown = report.checks.find(({ id }) => id === 'V11')?.facts['files'];
      expect(shown).toBeGreaterThanOrEqual(20);

      const size = draft.live.findLast((each) => files.has(`live/${each}.json`)) ?? 0;
      const lie = refiled({ draft, files }, (changed) => {
        editLive(changed, size, ({ contests }) => {
          contests['fondo-provincia']?.bars.reverse();
        });
      });
      const found = await verifyRecord(memorySource(lie), inlineCrypto, options);
      expect(found.checks.find(({ id }) => id === 'V11')?.verdict).toBe('failed');
    },
  );
});
