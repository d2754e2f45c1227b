import { DISTRICTS } from '@/db/seed/districts';
import { DIMENSION_IDS } from '@/lib/plan/types';
import { countedFixture } from '@/lib/results/count.fixture';
import { throughGate } from '@/lib/results/gate';
import { byDimension } from '@/lib/results/types';
import { priorityDocumentHash } from './document';
import { drawUpPriorities } from './draw-up';
import { envelopesFromWeights } from './envelopes';
import { DEFAULT_RULE, type PriorityView } from './types';

/** Priorities drawn up from a small counted round; decided and adopted when asked for. */
export function viewFixture({
  adopted = false,
  ballots = { 120101: 40, 'zona-1': 12 },
}: {
  readonly adopted?: boolean;
  readonly ballots?: Readonly<Record<string, number>>;
} = {}): PriorityView {
  const drawn = drawUpPriorities({
    result: throughGate(countedFixture({ ballots })),
    resultVersion: 1,
    nextCycle: 'pp2028',
    districts: DISTRICTS,
    current: byDimension(() => 2_500),
    rule: DEFAULT_RULE,
  });
  if (!drawn.ok) throw new Error(drawn.reason);
  const document = drawn.value;
  const weights = document.weights.weightsBp;
  const ceilingCents = 1_000_000_00;
  const at = new Date('2026-03-01T15:00:00Z');
  return {
    id: 'pp2027-votacion-v1',
    roundId: 'pp2027-votacion',
    cycleId: 'pp2027',
    nextCycle: { id: 'pp2028', fiscalYear: 2028, ceilingCents },
    document,
    documentHash: priorityDocumentHash(document),
    createdAt: at,
    decisions: adopted
      ? DIMENSION_IDS.map((dimension) => ({
          dimension,
          proposedBp: weights[dimension],
          adoptedBp: weights[dimension],
          reason: 'Como lo pidieron.',
          decidedBy: 'Regidora de prueba',
          decidedAt: at,
        }))
      : [],
    adoption: adopted ? { adoptedBy: 'Regidora de prueba', adoptedAt: at } : null,
    supersededBy: null,
    envelopes: adopted ? envelopesFromWeights(ceilingCents, weights) : null,
  };
}
