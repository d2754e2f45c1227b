import { and, eq, isNull, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { dataRequest, resident, voterSession } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type StaffActor } from '@/lib/auth/actor';
import { forgetContactCopies } from '@/lib/roll/copies';
import { sealText } from '@/lib/roll/person-crypto';
import { hashDni } from '@/lib/roll/secrets';
import type { RollKeys } from '@/lib/roll/types';
import { present } from '@/lib/shared/assert';
import { limaDay } from '@/lib/shared/lima';
import { newNumber } from '@/lib/shared/reference-number';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { AnswerInput, DeskRequestInput } from '../input';
import { mayAnswerRequests } from '../policy';
import { dueOn, extendedDueOn } from '../terms';
import type { AnswerRefusal, RequestKind, RequestRefusal } from '../types';

interface Filing {
  readonly residentId: string;
  readonly kind: RequestKind;
  readonly detail: string;
  /** The officer who takes it down at the desk; without one the person filed it. */
  readonly officer?: StaffActor;
  /** Days on which the municipality does not work, besides the country's. */
  readonly holidays: ReadonlySet<string>;
}

/** Takes down a request about one's own data; its term runs from today by the database's clock. */
export async function fileDataRequest(
  db: RegistryDatabase,
  keys: RollKeys,
  { residentId, kind, detail, officer, holidays }: Filing,
): Promise<Result<{ id: string; number: string; dueOn: string }, RequestRefusal>> {
  try {
    return await inTransaction(db, async (tx) => {
      const due = dueOn(kind, limaDay(await databaseNow(tx)), holidays);
      const [filed] = await tx
        .insert(dataRequest)
        .values({
          number: newNumber('D'),
          residentId,
          kind,
          detailSealed: sealText(keys.people, 'request', detail),
          receivedBy: officer?.id ?? null,
          dueOn: due,
        })
        .returning({ id: dataRequest.id, number: dataRequest.number });
      const { id, number } = present(filed, 'the data request');
      await recordAudit(tx, {
        actor: officer === undefined ? 'system' : auditActor(officer),
        action: 'privacy.request-filed',
        subject: `data-request:${id}`,
        details: { kind, dueOn: due },
      });
      return ok({ id, number, dueOn: due });
    });
  } catch (error) {
    if (violates(error, 'data_request_one_open')) return refuse('already-open');
    throw error;
  }
}

/**
 * Takes down the request of somebody at the desk, whose DNI the officer holds. People who have left
 * the roll may ask too, as long as anything is held about them.
 */
export async function takeDataRequest(
  db: RegistryDatabase,
  keys: RollKeys,
  officer: StaffActor,
  { dni, ...asked }: DeskRequestInput & Pick<Filing, 'holidays'>,
): Promise<Result<{ id: string; number: string; dueOn: string }, RequestRefusal>> {
  if (!mayAnswerRequests(officer)) return refuse('not-allowed');
  const [held] = await db
    .select({ id: resident.id })
    .from(resident)
    .where(and(eq(resident.dniHash, hashDni(keys.dniKey, dni)), isNull(resident.erasedAt)));
  if (held === undefined) return refuse('nothing-held');
  return fileDataRequest(db, keys, { ...asked, residentId: held.id, officer });
}

/** Lengthens the term once, with a reason that the person reads. */
export async function extendRequest(
  db: RegistryDatabase,
  actor: StaffActor,
  input: { readonly id: string; readonly reason: string; readonly holidays: ReadonlySet<string> },
): Promise<Result<{ dueOn: string }, AnswerRefusal>> {
  if (!mayAnswerRequests(actor)) return refuse('not-allowed');
  return inTransaction<{ dueOn: string }, AnswerRefusal>(db, async (tx) => {
    const held = await lockedRequest(tx, input.id);
    if (held === null) return refuse('not-found');
    if (held.outcome !== null) return refuse('already-answered');
    if (held.extendedReason !== null) return refuse('already-extended');
    const due = extendedDueOn(held.kind, held.dueOn, input.holidays);
    await tx
      .update(dataRequest)
      .set({ extendedReason: input.reason, dueOn: due })
      .where(eq(dataRequest.id, input.id));
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'privacy.request-extended',
      subject: `data-request:${input.id}`,
      details: { reason: input.reason, dueOn: due },
    });
    return ok({ dueOn: due });
  });
}

/**
 * Answers a request, once, with a reason. A granted erasure takes the name and the phone off at once;
 * the entry itself stays as long as a round needs it, and becomes anonymous with the round.
 */
export async function answerRequest(
  db: RegistryDatabase,
  keys: RollKeys,
  actor: StaffActor,
  input: AnswerInput,
): Promise<Result<null, AnswerRefusal>> {
  if (!mayAnswerRequests(actor)) return refuse('not-allowed');
  return inTransaction<null, AnswerRefusal>(db, async (tx) => {
    const [answered] = await tx
      .update(dataRequest)
      .set({
        outcome: input.outcome,
        answerSealed: sealText(keys.people, 'request', input.answer),
        answeredBy: actor.id,
        answeredAt: sql`now()`,
      })
      .where(and(eq(dataRequest.id, input.id), isNull(dataRequest.outcome)))
      .returning({ kind: dataRequest.kind, residentId: dataRequest.residentId });
    if (answered === undefined) {
      return refuse(
        (await lockedRequest(tx, input.id)) === null ? 'not-found' : 'already-answered',
      );
    }
    const erases = answered.kind === 'erasure' && input.outcome === 'granted';
    if (erases) await forgetContact(tx, answered.residentId);
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'privacy.request-answered',
      subject: `data-request:${input.id}`,
      details: { outcome: input.outcome, erased: erases },
    });
    return ok(null);
  });
}

/** Name and phone, here and wherever else they stand; no file brings them back (lib/roll). */
async function forgetContact(tx: RegistryTransaction, residentId: string): Promise<void> {
  await tx
    .update(resident)
    .set({
      nameSealed: null,
      nameHash: null,
      phoneSealed: null,
      phoneHash: null,
      contactErasedAt: sql`now()`,
    })
    .where(eq(resident.id, residentId));
  await forgetContactCopies(tx, residentId);
  await tx.delete(voterSession).where(eq(voterSession.residentId, residentId));
}

async function lockedRequest(tx: RegistryTransaction, id: string) {
  const [row] = await tx
    .select({
      kind: dataRequest.kind,
      dueOn: dataRequest.dueOn,
      outcome: dataRequest.outcome,
      extendedReason: dataRequest.extendedReason,
    })
    .from(dataRequest)
    .where(eq(dataRequest.id, id))
    .for('update');
  return row ?? null;
}
