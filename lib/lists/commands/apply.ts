import { and, eq } from 'drizzle-orm';
import type { RegistryTransaction } from '@/db/registry/client';
import { rollChallenge, rollExclusion, rollInclusion } from '@/db/registry/schema';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type StaffActor } from '@/lib/auth/actor';
import { addToRoll, isOnRoll, type SealedPerson } from '@/lib/roll/people';
import { openText } from '@/lib/roll/person-crypto';
import { hashName, hashPhone, openPhone } from '@/lib/roll/secrets';
import type { RollKeys } from '@/lib/roll/types';
import { lockIdleRoll, writeVersion } from '@/lib/roll/versions';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { isDraft } from './open-lists';

type ApplyRefusal = 'not-found' | 'already-decided' | 'round-opened' | 'not-on-list' | 'roll-busy';

/** The second person's yes to a challenge: the entry is left out of the round's roll. */
export async function applyChallenge(
  tx: RegistryTransaction,
  actor: StaffActor,
  id: string,
): Promise<Result<null, ApplyRefusal>> {
  const [of] = await tx
    .select({ roundId: rollChallenge.roundId, residentId: rollChallenge.residentId })
    .from(rollChallenge)
    .where(eq(rollChallenge.id, id))
    .for('update');
  if (of === undefined) return refuse('not-found');
  if (!(await isDraft(tx, of.roundId))) return refuse('round-opened');
  if (of.residentId === null) return refuse('not-on-list');
  const [applied] = await tx
    .update(rollChallenge)
    .set({ state: 'applied' })
    .where(and(eq(rollChallenge.id, id), eq(rollChallenge.state, 'accepted')))
    .returning({ id: rollChallenge.id });
  if (applied === undefined) return refuse('already-decided');
  // A second challenge that is accepted finds the entry already left out.
  await tx
    .insert(rollExclusion)
    .values({ roundId: of.roundId, residentId: of.residentId, challengeId: id })
    .onConflictDoNothing();
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'list.challenge-applied',
    subject: `challenge:${id}`,
    details: { round: of.roundId },
  });
  return ok(null);
}

/** The second person's yes to an inclusion: the person stands on the roll, in a new version of it. */
export async function applyInclusion(
  tx: RegistryTransaction,
  keys: RollKeys,
  actor: StaffActor,
  { id, requestedBy }: { readonly id: string; readonly requestedBy: string },
): Promise<Result<null, ApplyRefusal>> {
  if (!(await lockIdleRoll(tx))) return refuse('roll-busy');
  const [of] = await tx.select().from(rollInclusion).where(eq(rollInclusion.id, id)).for('update');
  if (of === undefined) return refuse('not-found');
  if (!(await isDraft(tx, of.roundId))) return refuse('round-opened');
  const [applied] = await tx
    .update(rollInclusion)
    // Compared and done: the whole number is of no more use.
    .set({ state: 'applied', dniSealed: null })
    .where(and(eq(rollInclusion.id, id), eq(rollInclusion.state, 'accepted')))
    .returning({ id: rollInclusion.id });
  if (applied === undefined) return refuse('already-decided');
  const dniHash = present(of.dniHash, 'DNI of the inclusion');
  // Who came onto the roll meanwhile stays as the roll says.
  if (!(await isOnRoll(tx, dniHash))) {
    await addToRoll(tx, personOf(of, keys, dniHash));
    await writeVersion(tx, {
      kind: 'addition',
      importId: null,
      askedBy: `staff:${requestedBy}`,
      approvedBy: `staff:${actor.id}`,
    });
  }
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'list.inclusion-applied',
    subject: `inclusion:${id}`,
    details: { round: of.roundId, district: of.districtCode },
  });
  return ok(null);
}

function personOf(
  of: typeof rollInclusion.$inferSelect,
  { dniKey, people }: RollKeys,
  dniHash: Buffer,
): SealedPerson {
  // From before the page stopped asking for one: a phone counts when an officer took it down.
  const phoneSealed = of.receivedBy === null ? null : of.phoneSealed;
  const phone = phoneSealed === null ? null : openPhone(people, phoneSealed);
  const nameSealed = present(of.namesSealed, 'name of the inclusion');
  return {
    dniHash,
    dniLastTwo: present(of.dniLastTwo, 'digits of the inclusion'),
    districtCode: of.districtCode,
    nameSealed,
    nameHash: hashName(dniKey, openText(people, 'name', nameSealed)),
    phoneSealed,
    phoneHash: phone === null ? null : hashPhone(dniKey, phone),
  };
}
