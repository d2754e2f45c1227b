import { and, eq, inArray, ne } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { contest, cycle, envelope, round } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { DraftInput } from '../input';
import { mayManageRounds } from '../policy';
import {
  ceilingOf,
  DEFAULT_PICKS,
  fundingRule,
  presetOf,
  rankingRule,
  thresholdOf,
} from '../presets';
import type { DraftRefusal } from '../types';

/** Prepares a round with its questions. Nothing of it is public until it is opened. */
export async function draftRound(
  db: RegistryDatabase,
  actor: Actor,
  input: DraftInput,
): Promise<Result<{ id: string }, DraftRefusal>> {
  if (!mayManageRounds(actor)) return refuse('not-allowed');
  if (!input.ranksPlan && input.allocates.length === 0) return refuse('no-contest');
  try {
    return await inTransaction(db, async (tx) => {
      const [of] = await tx
        .select({ id: cycle.id })
        .from(cycle)
        .where(and(eq(cycle.id, input.cycleId), ne(cycle.state, 'closed')));
      if (of === undefined) return refuse('no-cycle');
      const wanted = input.allocates.map((one) => one.envelopeId);
      const envelopes = await tx
        .select({
          id: envelope.id,
          scope: envelope.scope,
          districtCode: envelope.districtCode,
          amountCents: envelope.amountCents,
        })
        .from(envelope)
        .where(and(eq(envelope.cycleId, input.cycleId), inArray(envelope.id, ['', ...wanted])));
      if (envelopes.length !== wanted.length) return refuse('unknown-envelope');

      await tx.insert(round).values({
        id: input.id,
        cycleId: input.cycleId,
        screenCode: input.screenCode,
        nameEs: input.nameEs,
        nameEn: input.nameEn,
        state: 'draft',
        opensAt: input.opensAt,
        closesAt: input.closesAt,
        livePolicy: input.livePolicy,
        minGroup: input.minGroup,
        ...(input.channels === undefined ? {} : { channels: [...new Set(input.channels)] }),
      });
      const contests = [
        ...(input.ranksPlan
          ? [
              {
                id: 'prioridades',
                kind: 'rank' as const,
                envelopeId: null,
                rule: rankingRule(input.rankingRule ?? 'borda'),
                maxPicks: null,
              },
            ]
          : []),
        ...input.allocates.map((one) => ({
          id: contestIdOf(envelopes.find((each) => each.id === one.envelopeId)),
          kind: 'allocate' as const,
          envelopeId: one.envelopeId,
          maxPicks: one.maxPicks ?? DEFAULT_PICKS,
          rule: ruleOf(one, envelopes.find((each) => each.id === one.envelopeId)?.amountCents),
        })),
      ];
      await tx.insert(contest).values(
        contests.map((one, position) => ({
          ...one,
          rule: { ...one.rule },
          roundId: input.id,
          position,
        })),
      );
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'round.drafted',
        subject: `round:${input.id}`,
        details: {
          opensAt: input.opensAt.toISOString(),
          closesAt: input.closesAt.toISOString(),
          livePolicy: input.livePolicy,
          minGroup: input.minGroup,
          contests: contests.map((one) => one.id),
          rules: contests.map((one) => {
            return [presetOf(one.rule), thresholdOf(one.rule), ceilingOf(one.rule)]
              .filter((part) => part !== null)
              .join(' ');
          }),
          maxPicks: contests.map((one) => one.maxPicks),
        },
      });
      return ok({ id: input.id });
    });
  } catch (error) {
    if (violates(error, 'round_pkey')) return refuse('id-taken');
    if (violates(error, 'round_screen_code_unique')) return refuse('screen-code-taken');
    throw error;
  }
}

/** The rule in full: a ceiling is fixed in céntimos, of what the envelope holds now. */
function ruleOf(
  { ceilingPercent, maxPicks: _maxPicks, ...choice }: DraftInput['allocates'][number],
  envelopeCents = 0,
): ReturnType<typeof fundingRule> {
  if (ceilingPercent === undefined) return fundingRule(choice);
  return fundingRule({
    ...choice,
    ceilingCents: Math.floor((envelopeCents * ceilingPercent) / 100),
  });
}

function contestIdOf(
  of: { id: string; scope: string; districtCode: string | null } | undefined,
): string {
  if (of === undefined) throw new Error('An envelope vanished inside its transaction');
  if (of.scope === 'province') return 'fondo-provincia';
  return `fondo-${of.districtCode ?? of.id.replace(/^.*-dim-/, '').toLowerCase()}`;
}
