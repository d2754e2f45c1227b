import type { RegistryTransaction } from '@/db/registry/client';
import {
  cycle,
  dimensionWeight,
  envelope,
  proposal,
  proposalObjective,
} from '@/db/registry/schema';
import { recordAudit } from '@/lib/audit/commands';
import type { SeedCycle } from '../cycles';
import { proposalCode, type SeedProposal } from '../proposals/types';

const HOUR_MS = 60 * 60 * 1000;

/**
 * A cycle with its money, or nothing when it is already there. The weights of the dimensions are
 * written only for a cycle that no earlier council decided: the others get them by adoption.
 */
export async function writeCycle(
  tx: RegistryTransaction,
  seed: SeedCycle,
  options: {
    readonly state: 'current' | 'closed';
    readonly previousCycleId: string | null;
    readonly withWeights: boolean;
  },
): Promise<void> {
  const [created] = await tx
    .insert(cycle)
    .values({
      id: seed.id,
      fiscalYear: seed.fiscalYear,
      nameEs: seed.name.es,
      nameEn: seed.name.en,
      ordinanceNumber: seed.ordinanceNumber,
      ordinanceDate: seed.ordinanceDate,
      ceilingCents: seed.ceilingCents,
      voteEffect: seed.voteEffect,
      calendar: [...seed.calendar],
      state: options.state,
      previousCycleId: options.previousCycleId,
      isDemo: 1,
    })
    .onConflictDoNothing()
    .returning({ id: cycle.id });
  if (created === undefined) return;
  await tx.insert(envelope).values(
    seed.envelopes.map(({ id, districtCode, amountCents }) => ({
      id,
      cycleId: seed.id,
      scope: districtCode === null ? ('province' as const) : ('district' as const),
      districtCode,
      amountCents,
      origin: 'manual' as const,
    })),
  );
  if (options.withWeights) {
    await tx.insert(dimensionWeight).values(
      Object.entries(seed.dimensionWeightsBp).map(([dimensionCode, weightBp]) => ({
        cycleId: seed.id,
        dimensionCode,
        weightBp,
      })),
    );
  }
  await recordAudit(tx, {
    actor: 'system',
    action: 'cycle.created',
    subject: `cycle:${seed.id}`,
    details: { ceilingCents: seed.ceilingCents, demo: true },
  });
}

/** The proposals of a cycle with their objectives, filed one after the other during phase 2b. */
export async function writeProposals(
  tx: RegistryTransaction,
  seed: SeedCycle,
  proposals: readonly SeedProposal[],
): Promise<void> {
  const filing = seed.calendar.find(({ phase }) => phase === '2b')?.from ?? seed.ordinanceDate;
  const code = (number: number) => proposalCode(seed.fiscalYear, number);
  await tx
    .insert(proposal)
    .values(
      proposals.map((each) => ({
        code: code(each.number),
        cycleId: seed.id,
        envelopeId: `${seed.id}-${each.envelope}`,
        districtCode: each.districtCode,
        titleEs: each.es.title,
        titleEn: each.en.title,
        labelEs: each.es.label,
        labelEn: each.en.label,
        whatEs: each.es.what,
        whatEn: each.en.what,
        whereEs: each.es.where,
        whereEn: each.en.where,
        whyEs: each.es.why,
        whyEn: each.en.why,
        costCents: each.costCents,
        beneficiaries: each.beneficiaries,
        proposerKind: each.proposer.kind,
        proposerName: each.proposer.name,
        state: each.state,
        reasonEs: each.reason?.es ?? null,
        reasonEn: each.reason?.en ?? null,
        mergedInto: each.mergedInto === undefined ? null : code(each.mergedInto),
        competence: each.state === 'submitted' ? null : each.competence,
        createdAt: new Date(Date.parse(`${filing}T14:00:00Z`) + each.number * 5 * HOUR_MS),
      })),
    )
    .onConflictDoNothing();
  await tx
    .insert(proposalObjective)
    .values(
      proposals.flatMap((each) =>
        each.objectives.map((objectiveCode, index) => ({
          proposalCode: code(each.number),
          objectiveCode,
          position: index + 1,
        })),
      ),
    )
    .onConflictDoNothing();
}
