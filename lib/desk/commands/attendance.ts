import { and, eq, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import {
  assembly,
  assemblyArrivals,
  assemblyAttendance,
  assemblyGuest,
} from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { countInShift } from '@/lib/credentials/commands/in-shift';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayTakeAttendance } from '../policy';

export type MarkRefusal = 'not-allowed' | 'no-assembly' | 'list-closed';

/** Opens the attendance list of an assembly; the same form sent twice opens one. */
export async function openAssembly(
  db: RegistryDatabase,
  actor: Actor,
  input: {
    readonly requestKey: string;
    readonly name: string;
    readonly place: string;
    readonly day: string;
  },
): Promise<Result<{ readonly assemblyId: string }, 'not-allowed'>> {
  if (!mayTakeAttendance(actor)) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const [made] = await tx
      .insert(assembly)
      .values({ ...input, openedBy: actor.id })
      .onConflictDoNothing()
      .returning({ id: assembly.id });
    if (made === undefined) {
      const [held] = await tx
        .select({ id: assembly.id })
        .from(assembly)
        .where(eq(assembly.requestKey, input.requestKey));
      if (held === undefined) throw new Error('no assembly came back');
      return ok({ assemblyId: held.id });
    }
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'assembly.opened',
      subject: `assembly:${made.id}`,
      details: { name: input.name, place: input.place, day: input.day },
    });
    return ok({ assemblyId: made.id });
  });
}

/** Marks a resident as present. Marked again it is the same presence, and no hour is counted twice. */
export async function markPresent(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly assemblyId: string; readonly residentId: string },
): Promise<Result<{ readonly isRepeated: boolean }, MarkRefusal>> {
  if (!mayTakeAttendance(actor)) return refuse('not-allowed');
  const { assemblyId, residentId } = input;
  return inTransaction<{ isRepeated: boolean }, MarkRefusal>(db, async (tx) => {
    const open = await holdOpen(tx, assemblyId);
    if (!open.ok) return open;
    const [made] = await tx
      .insert(assemblyAttendance)
      .values({ assemblyId, residentId })
      .onConflictDoNothing()
      .returning({ residentId: assemblyAttendance.residentId });
    if (made === undefined) return ok({ isRepeated: true });
    await countArrival(tx, assemblyId);
    await countInShift(tx, actor.id, 'attended');
    return ok({ isRepeated: false });
  });
}

/** Counts somebody who is on no roll. There is nothing of them to keep, so the form has the key. */
export async function markGuest(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly assemblyId: string; readonly requestKey: string },
): Promise<Result<{ readonly isRepeated: boolean }, MarkRefusal>> {
  if (!mayTakeAttendance(actor)) return refuse('not-allowed');
  const { assemblyId } = input;
  return inTransaction<{ isRepeated: boolean }, MarkRefusal>(db, async (tx) => {
    const open = await holdOpen(tx, assemblyId);
    if (!open.ok) return open;
    const [made] = await tx
      .insert(assemblyGuest)
      .values(input)
      .onConflictDoNothing()
      .returning({ key: assemblyGuest.requestKey });
    if (made === undefined) return ok({ isRepeated: true });
    await countArrival(tx, assemblyId);
    await countInShift(tx, actor.id, 'attended');
    return ok({ isRepeated: false });
  });
}

/** Ends the list: nobody is added afterwards. Closing it again changes nothing. */
export async function closeAssembly(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly assemblyId: string },
): Promise<Result<null, 'not-allowed' | 'no-assembly'>> {
  if (!mayTakeAttendance(actor)) return refuse('not-allowed');
  const { assemblyId } = input;
  return inTransaction<null, 'not-allowed' | 'no-assembly'>(db, async (tx) => {
    const [held] = await tx
      .select({ state: assembly.state })
      .from(assembly)
      .where(eq(assembly.id, assemblyId))
      .for('update');
    if (held === undefined) return refuse('no-assembly');
    if (held.state === 'closed') return ok(null);
    await tx
      .update(assembly)
      .set({ state: 'closed', closedBy: actor.id })
      .where(eq(assembly.id, assemblyId));
    const residents = await tx.$count(
      assemblyAttendance,
      eq(assemblyAttendance.assemblyId, assemblyId),
    );
    const guests = await tx.$count(assemblyGuest, eq(assemblyGuest.assemblyId, assemblyId));
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'assembly.closed',
      subject: `assembly:${assemblyId}`,
      details: { residents, guests },
    });
    return ok(null);
  });
}

/** The list, which cannot be closed before this is done. */
async function holdOpen(
  tx: RegistryTransaction,
  assemblyId: string,
): Promise<Result<null, 'no-assembly' | 'list-closed'>> {
  const [held] = await tx
    .select({ state: assembly.state })
    .from(assembly)
    .where(and(eq(assembly.id, assemblyId)))
    .for('share');
  if (held === undefined) return refuse('no-assembly');
  return held.state === 'open' ? ok(null) : refuse('list-closed');
}

const QUARTER = sql<string>`to_char(date_bin('15 minutes', now() at time zone 'America/Lima', timestamp '2000-01-01'), 'HH24:MI')`;

async function countArrival(tx: RegistryTransaction, assemblyId: string): Promise<void> {
  await tx
    .insert(assemblyArrivals)
    .values({ assemblyId, quarter: QUARTER, people: 1 })
    .onConflictDoUpdate({
      target: [assemblyArrivals.assemblyId, assemblyArrivals.quarter],
      set: { people: sql`${assemblyArrivals.people} + 1` },
    });
}
