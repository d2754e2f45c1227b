import { eq } from 'drizzle-orm';
import type { RegistryTransaction } from '@/db/registry/client';
import { cycle, dimensionWeight, district, priorityProposal } from '@/db/registry/schema';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import type { ResultDocument } from '@/lib/results/document';
import { throughGate } from '@/lib/results/gate';
import { byDimension, type ByDimension } from '@/lib/results/types';
import { present } from '@/lib/shared/assert';
import { ok, type Result } from '@/lib/shared/result';
import { priorityDocumentHash } from './document';
import { drawUpPriorities } from './draw-up';
import { DEFAULT_RULE, WHOLE_BP, type PriorityRule } from './types';

export interface ProposePriorities {
  readonly document: ResultDocument;
  readonly version: number;
  readonly rule?: PriorityRule;
}

/**
 * Draws the next cycle's priorities up from a result that is being published, and opens that cycle
 * as a draft when there is none. Refused, writing nothing, when residents asked for nothing.
 */
export async function proposePriorities(
  tx: RegistryTransaction,
  actor: Actor,
  { document, version, rule = DEFAULT_RULE }: ProposePriorities,
): Promise<Result<{ id: string; nextCycle: string }, 'nothing-asked'>> {
  const nextCycle = `pp${document.fiscalYear + 1}`;
  const drawn = drawUpPriorities({
    result: throughGate(document),
    resultVersion: version,
    nextCycle,
    districts: await tx
      .select({
        code: district.code,
        name: district.name,
        population: district.population,
        populationYear: district.populationYear,
        povertyTenths: district.povertyTenths,
        povertyYear: district.povertyYear,
      })
      .from(district)
      .orderBy(district.code),
    current: await weightsOf(tx, document.cycle),
    rule,
  });
  if (!drawn.ok) return drawn;

  await openNextCycle(tx, actor, document.cycle, nextCycle);
  const id = `${document.round}-v${version}`;
  const documentHash = priorityDocumentHash(drawn.value);
  await tx.insert(priorityProposal).values({
    id,
    roundId: document.round,
    nextCycleId: nextCycle,
    document: drawn.value,
    documentHash,
  });
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'priorities.proposed',
    subject: `priorities:${id}`,
    details: { nextCycle, documentHash, weightsBp: drawn.value.weights.weightsBp },
  });
  return ok({ id, nextCycle });
}

/** A cycle's weights; equal parts for the first one, which nobody weighed. */
async function weightsOf(tx: RegistryTransaction, cycleId: string): Promise<ByDimension<number>> {
  const rows = await tx
    .select({ code: dimensionWeight.dimensionCode, weightBp: dimensionWeight.weightBp })
    .from(dimensionWeight)
    .where(eq(dimensionWeight.cycleId, cycleId));
  if (rows.length === 0) return byDimension(() => WHOLE_BP / 4);
  return byDimension((code) => rows.find((row) => row.code === code)?.weightBp ?? 0);
}

async function openNextCycle(
  tx: RegistryTransaction,
  actor: Actor,
  fromId: string,
  nextId: string,
): Promise<void> {
  const [from] = await tx
    .select({
      fiscalYear: cycle.fiscalYear,
      ceilingCents: cycle.ceilingCents,
      voteEffect: cycle.voteEffect,
      isDemo: cycle.isDemo,
    })
    .from(cycle)
    .where(eq(cycle.id, fromId));
  const { fiscalYear, ...same } = present(from, `cycle ${fromId}`);
  const year = (fiscalYear + 1).toString();
  const [opened] = await tx
    .insert(cycle)
    .values({
      ...same,
      id: nextId,
      fiscalYear: fiscalYear + 1,
      nameEs: `Presupuesto participativo ${year}`,
      nameEn: `Participatory budget ${year}`,
      // Ordinance and calendar are the administrator's to enter; the ceiling stands until changed.
      calendar: [],
      state: 'draft',
      previousCycleId: fromId,
    })
    .onConflictDoNothing()
    .returning({ id: cycle.id });
  if (!opened) return;
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'cycle.created',
    subject: `cycle:${nextId}`,
    details: { from: fromId, ceilingCents: same.ceilingCents },
  });
}
