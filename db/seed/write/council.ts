import { eq } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { priorityProposal } from '@/db/registry/schema';
import type { StaffActor } from '@/lib/auth/actor';
import { DIMENSION_IDS, type DimensionId } from '@/lib/plan/types';
import { adoptPriorities, decidePriority } from '@/lib/priorities/commands';
import { priorityDocument } from '@/lib/priorities/document';
import { byDimension } from '@/lib/results/types';
import { present } from '@/lib/shared/assert';
import { DEMO_PEOPLE, type DemoPerson } from '../people';

/** Basis points that the demo's council moves from one dimension to another: 1.5 %. */
const AMENDMENT = { from: 'INS', to: 'AMB', bp: 150 } as const;

const AMENDED: Partial<Record<DimensionId, string>> = {
  AMB: 'Se aumenta: el Shullcas se desbordó en febrero y las defensas no pueden esperar otro año (demostración).',
  INS: 'Se reduce: la ventanilla única se financia con recursos ordinarios y cede su parte a las defensas del río (demostración).',
};
const AS_PROPOSED =
  'Se adopta lo que pidieron las vecinas y los vecinos, sin cambios (demostración).';

/** What a seed that is started again after a cut finds done. */
const ALREADY: readonly string[] = ['already-decided', 'already-adopted'];

/** A person of the demonstration as the one who acts. */
export function demoActor(role: DemoPerson['role'], which = 0): StaffActor {
  const person = present(
    DEMO_PEOPLE.filter((each) => each.role === role)[which],
    `demo ${role} number ${which + 1}`,
  );
  return { kind: 'staff', id: person.id, displayName: person.displayName, roles: [person.role] };
}

/**
 * The council's session over the previous cycle's result: two dimensions adopted as proposed, two
 * amended with a reason, and the four become the current cycle's weights and default envelopes.
 */
export async function decideAsCouncil(db: RegistryDatabase, proposalId: string): Promise<void> {
  const [row] = await db
    .select({ document: priorityProposal.document })
    .from(priorityProposal)
    .where(eq(priorityProposal.id, proposalId));
  const { weightsBp } = priorityDocument.parse(present(row, proposalId).document).weights;
  const adopted = byDimension((code) => {
    if (code === AMENDMENT.from) return weightsBp[code] - AMENDMENT.bp;
    return code === AMENDMENT.to ? weightsBp[code] + AMENDMENT.bp : weightsBp[code];
  });
  for (const [index, dimension] of DIMENSION_IDS.entries()) {
    const decided = await decidePriority(db, demoActor('councillor', index % 2), {
      proposalId,
      dimension,
      adoptedBp: adopted[dimension],
      reason: AMENDED[dimension] ?? AS_PROPOSED,
    });
    if (!decided.ok && !ALREADY.includes(decided.reason)) {
      throw new Error(`The demo's council could not decide: ${decided.reason}`);
    }
  }
  const adoption = await adoptPriorities(db, demoActor('councillor'), { proposalId });
  if (!adoption.ok && !ALREADY.includes(adoption.reason)) {
    throw new Error(`The demo's council could not adopt: ${adoption.reason}`);
  }
}
