import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { dataIncident } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type StaffActor } from '@/lib/auth/actor';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { IncidentInput } from '../input';
import { mayRecordIncidents } from '../policy';
import type { IncidentRefusal } from '../types';

/** Writes an incident down; its 48 hours run from when it was known, not from now. */
export async function recordIncident(
  db: RegistryDatabase,
  actor: StaffActor,
  input: IncidentInput,
): Promise<Result<{ id: string }, IncidentRefusal>> {
  if (!mayRecordIncidents(actor)) return refuse('not-allowed');
  return inTransaction<{ id: string }, IncidentRefusal>(db, async (tx) => {
    if (input.knownAt > (await databaseNow(tx))) return refuse('in-the-future');
    const [recorded] = await tx
      .insert(dataIncident)
      .values({ ...input, recordedBy: actor.id, recordedAt: sql`clock_timestamp()` })
      .onConflictDoNothing({ target: dataIncident.requestKey })
      .returning({ id: dataIncident.id });
    if (recorded === undefined) {
      const [before] = await tx
        .select({ id: dataIncident.id })
        .from(dataIncident)
        .where(eq(dataIncident.requestKey, input.requestKey));
      return ok(present(before, 'the incident recorded before'));
    }
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'privacy.incident-recorded',
      subject: `incident:${recorded.id}`,
      details: { knownAt: input.knownAt.toISOString(), people: input.people },
    });
    return ok(recorded);
  });
}

/** Notes that the authority, or the people it is about, were told now. */
export async function noteTold(
  db: RegistryDatabase,
  actor: StaffActor,
  input: { readonly id: string; readonly whom: 'authority' | 'people' },
): Promise<Result<null, IncidentRefusal>> {
  if (!mayRecordIncidents(actor)) return refuse('not-allowed');
  const column = input.whom === 'authority' ? 'authorityToldAt' : 'peopleToldAt';
  return inTransaction<null, IncidentRefusal>(db, async (tx) => {
    const [told] = await tx
      .update(dataIncident)
      .set({ [column]: sql`now()` })
      .where(and(eq(dataIncident.id, input.id), isNull(dataIncident[column])))
      .returning({ id: dataIncident.id });
    if (told === undefined) return refuse('already-told');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'privacy.incident-told',
      subject: `incident:${input.id}`,
      details: { whom: input.whom },
    });
    return ok(null);
  });
}

/** Ends an incident; not before the authority was told. */
export async function closeIncident(
  db: RegistryDatabase,
  actor: StaffActor,
  input: { readonly id: string; readonly note: string },
): Promise<Result<null, IncidentRefusal>> {
  if (!mayRecordIncidents(actor)) return refuse('not-allowed');
  return inTransaction<null, IncidentRefusal>(db, async (tx) => {
    const [closed] = await tx
      .update(dataIncident)
      .set({ closedAt: sql`now()`, closingNote: input.note })
      .where(
        and(
          eq(dataIncident.id, input.id),
          isNull(dataIncident.closedAt),
          isNotNull(dataIncident.authorityToldAt),
        ),
      )
      .returning({ id: dataIncident.id });
    if (closed === undefined) return refuse('not-told');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'privacy.incident-closed',
      subject: `incident:${input.id}`,
      details: { note: input.note },
    });
    return ok(null);
  });
}
