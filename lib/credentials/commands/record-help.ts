import { and, eq } from 'drizzle-orm';
import type { RegistryTransaction } from '@/db/registry/client';
import { deskHelp, resident } from '@/db/registry/schema';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type StaffActor } from '@/lib/auth/actor';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { countInShift } from './in-shift';
import { MOST_HELPED, type Help, type HelpRefusal } from '../desk';

/**
 * Writes down who helps a voter, and takes one of the helper's three places in the round; the
 * constraints keep the limit however many ask at once. The place, or null when it was written down
 * before. The caller tells the audit with `auditHelp`, when it waits for nothing any more.
 */
export async function recordHelp(
  tx: RegistryTransaction,
  actor: StaffActor,
  of: Help & { readonly roundId: string; readonly residentId: string },
): Promise<Result<number | null, HelpRefusal>> {
  const { roundId, residentId, helperHash, reason } = of;
  const [voter] = await tx
    .select({ dniHash: resident.dniHash })
    .from(resident)
    .where(eq(resident.id, residentId));
  if (voter?.dniHash.equals(helperHash) === true) return refuse('helper-is-voter');
  const [held] = await tx
    .select({ helperHash: deskHelp.helperHash })
    .from(deskHelp)
    .where(and(eq(deskHelp.roundId, roundId), eq(deskHelp.residentId, residentId)));
  if (held !== undefined) {
    return held.helperHash.equals(helperHash) ? ok(null) : refuse('helped-by-another');
  }
  for (let place = 1; place <= MOST_HELPED; place += 1) {
    const [taken] = await tx
      .insert(deskHelp)
      .values({ roundId, residentId, helperHash, place, reason, recordedBy: actor.id })
      .onConflictDoNothing()
      .returning({ place: deskHelp.place });
    if (taken === undefined) continue;
    await countInShift(tx, actor.id, 'helped');
    return ok(place);
  }
  return refuse('helper-has-three');
}

/** That somebody was helped and why, not who; and nothing knows with which vote. */
export async function auditHelp(
  tx: RegistryTransaction,
  actor: StaffActor,
  of: { readonly roundId: string; readonly help: Help | null; readonly place: number | null },
): Promise<void> {
  if (of.help === null || of.place === null) return;
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'desk.help-recorded',
    subject: `round:${of.roundId}`,
    details: { place: of.place, reason: of.help.reason },
  });
}
