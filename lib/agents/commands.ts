import { and, desc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { agent, cycle } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type StaffActor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';
import { consentHash, currentConsent } from '@/lib/privacy/consents';
import { sealText } from '@/lib/roll/person-crypto';
import type { RollKeys } from '@/lib/roll/types';
import { present } from '@/lib/shared/assert';
import { newNumber } from '@/lib/shared/reference-number';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { AccreditInput, AgentInput } from './input';
import type { AccreditRefusal, SubmitRefusal } from './types';

/** Who registers: a verified resident for herself, or an officer for somebody whose DNI was read. */
export interface AgentPerson {
  readonly dniHash: Buffer;
  readonly dniLastTwo: string;
  readonly officer: StaffActor | null;
}

/**
 * Registers an agente participante of the current cycle (Ley N.° 28056, art. 5, and its regulation,
 * DS N.° 142-2009-EF, with DS N.° 097-2009-EF on criteria): the person, the organisation they speak for,
 * and the certificate of training. It counts once somebody accredits it.
 */
export async function submitAgent(
  db: RegistryDatabase,
  keys: RollKeys,
  { dniHash, dniLastTwo, officer }: AgentPerson,
  { names, consent: _, ...input }: AgentInput,
): Promise<Result<{ number: string }, SubmitRefusal>> {
  if (officer !== null && !may(officer, 'accredit-agents')) return refuse('not-allowed');
  try {
    return await inTransaction<{ number: string }, SubmitRefusal>(db, async (tx) => {
      const [current] = await tx
        .select({ id: cycle.id })
        .from(cycle)
        .where(eq(cycle.state, 'current'))
        .orderBy(desc(cycle.fiscalYear))
        .limit(1);
      if (current === undefined) return refuse('no-cycle');
      const [submitted] = await tx
        .insert(agent)
        .values({
          ...input,
          number: newNumber('A'),
          cycleId: current.id,
          dniHash,
          dniLastTwo,
          namesSealed: sealText(keys.people, 'name', names),
          consentHash: consentHash(currentConsent('agent')),
          receivedBy: officer?.id ?? null,
        })
        .returning({ id: agent.id, number: agent.number });
      const { id, number } = present(submitted, 'the registration');
      await recordAudit(tx, {
        actor: officer === null ? 'system' : auditActor(officer),
        action: 'agent.submitted',
        subject: `agent:${id}`,
        details: { cycle: current.id, organisation: input.organisation },
      });
      return ok({ number });
    });
  } catch (error) {
    if (violates(error, 'agent_one_per_cycle')) return refuse('already-registered');
    if (violates(error, 'agent_district_code_district_code_fk')) return refuse('unknown-district');
    throw error;
  }
}

/**
 * The person herself takes back what nobody has decided yet, as the consent to publication promises:
 * the name goes, and she may register again.
 */
export async function withdrawAgent(
  db: RegistryDatabase,
  dniHash: Buffer,
): Promise<Result<null, 'nothing-to-withdraw'>> {
  return inTransaction(db, async (tx) => {
    const withdrawn = await tx
      .update(agent)
      .set({ state: 'withdrawn', namesSealed: null })
      .where(
        and(
          eq(agent.dniHash, dniHash),
          eq(agent.state, 'submitted'),
          inArray(
            agent.cycleId,
            tx.select({ id: cycle.id }).from(cycle).where(eq(cycle.state, 'current')),
          ),
        ),
      )
      .returning({ id: agent.id, cycleId: agent.cycleId });
    if (withdrawn.length === 0) return refuse('nothing-to-withdraw');
    for (const { id, cycleId } of withdrawn) {
      await recordAudit(tx, {
        actor: 'system',
        action: 'agent.withdrawn',
        subject: `agent:${id}`,
        details: { cycle: cycleId },
      });
    }
    return ok(null);
  });
}

/** Accredits a registration, or rejects it with a reason that the person reads; once. */
export async function decideAgent(
  db: RegistryDatabase,
  actor: StaffActor,
  input: AccreditInput,
): Promise<Result<null, AccreditRefusal>> {
  if (!may(actor, 'accredit-agents')) return refuse('not-allowed');
  return inTransaction<null, AccreditRefusal>(db, async (tx) => {
    const [decided] = await tx
      .update(agent)
      .set({
        state: input.decision === 'accredit' ? 'accredited' : 'rejected',
        reason: input.reason,
        decidedBy: actor.id,
        decidedAt: sql`now()`,
      })
      .where(
        and(
          eq(agent.id, input.id),
          eq(agent.state, 'submitted'),
          or(isNull(agent.receivedBy), ne(agent.receivedBy, actor.id)),
        ),
      )
      .returning({ cycleId: agent.cycleId });
    if (decided === undefined) {
      const [held] = await tx
        .select({ state: agent.state })
        .from(agent)
        .where(eq(agent.id, input.id));
      if (held === undefined) return refuse('not-found');
      return refuse(held.state === 'submitted' ? 'own-filing' : 'already-decided');
    }
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: input.decision === 'accredit' ? 'agent.accredited' : 'agent.rejected',
      subject: `agent:${input.id}`,
      details: { cycle: decided.cycleId, reason: input.reason },
    });
    return ok(null);
  });
}
