import {
  and,
  count,
  eq,
  gt,
  isNotNull,
  isNull,
  lt,
  lte,
  notInArray,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import {
  resident,
  rollEntry,
  round,
  verificationAttempt,
  voterSession,
} from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { hashCode, hashDni, hashToken, newCode, newToken, sameHash } from './secrets';
import {
  CODE_LIFETIME_MINUTES,
  CODES_PER_DAY,
  TRIES_PER_CODE,
  VOTER_SESSION_HOURS,
  type CodeRequest,
  type ConfirmCodeRefusal,
  type RequestCodeRefusal,
  type RollKeys,
  type VerificationPurpose,
  type Verified,
} from './types';

/**
 * Begins a verification. The work, the rows and the answer are the same whether the DNI is on the
 * roll or not: only the message that follows, or does not, tells its owner.
 */
export async function requestCode(
  db: RegistryDatabase,
  keys: RollKeys,
  input: { roundId: string; dni: string; purpose?: VerificationPurpose },
): Promise<Result<CodeRequest, RequestCodeRefusal>> {
  const dniHash = hashDni(keys.dniKey, input.dni);
  const attemptToken = newToken();
  const tokenHash = hashToken(attemptToken);
  const code = newCode();

  return inTransaction(db, async (tx) => {
    const [admitting] = await tx
      .select({ id: round.id })
      .from(round)
      .where(and(eq(round.id, input.roundId), admits(input.purpose ?? 'vote')));
    if (admitting === undefined) return refuse('round-not-open');

    // One request per DNI at a time, or parallel requests would all read the same count.
    await tx.execute(
      sql`select pg_advisory_xact_lock(${dniHash.readBigInt64BE().toString()}::bigint)`,
    );
    const [asked] = await tx
      .select({ codes: count() })
      .from(verificationAttempt)
      .where(
        and(
          eq(verificationAttempt.dniHash, dniHash),
          gt(verificationAttempt.createdAt, sql`now() - interval '1 day'`),
        ),
      );
    if ((asked?.codes ?? 0) >= CODES_PER_DAY) return refuse('too-many-codes');

    const [eligible] = await tx
      .select({ id: resident.id, phoneSealed: resident.phoneSealed })
      .from(resident)
      .leftJoin(
        rollEntry,
        and(eq(rollEntry.residentId, resident.id), eq(rollEntry.roundId, input.roundId)),
      )
      .where(and(eq(resident.dniHash, dniHash), isMeant(input.purpose ?? 'vote')));
    await tx.insert(verificationAttempt).values({
      tokenHash,
      roundId: input.roundId,
      dniHash,
      residentId: eligible?.id ?? null,
      codeHash: hashCode(keys.dniKey, tokenHash, code),
      expiresAt: sql`now() + make_interval(mins => ${CODE_LIFETIME_MINUTES})`,
    });
    return ok({ attemptToken, code, phoneSealed: eligible?.phoneSealed ?? null });
  });
}

/** Voting ends with the round; whether one's right was used may be asked ever after. */
function admits(purpose: VerificationPurpose): SQL | undefined {
  const opened = notInArray(round.state, ['draft', 'opening']);
  if (purpose === 'right') return opened;
  if (purpose === 'person') return or(opened, lte(round.listsOpenAt, sql`now()`));
  return and(eq(round.state, 'open'), gt(round.closesAt, sql`now()`));
}

/** Who asks about themselves need not stand on the roll of the round. */
function isMeant(purpose: VerificationPurpose): SQL | undefined {
  return purpose === 'person' ? undefined : isNotNull(rollEntry.residentId);
}

/** Evaluates one guess. The try is counted before the guess is looked at, and stays counted. */
export async function confirmCode(
  db: RegistryDatabase,
  keys: RollKeys,
  input: { attemptToken: string; code: string },
): Promise<Result<Verified, ConfirmCodeRefusal>> {
  const tokenHash = hashToken(input.attemptToken);
  // Count and limit in one guarded statement of its own: a read before a write would let a hundred
  // parallel guesses through, and a rollback would give the tries back.
  const [attempt] = await db
    .update(verificationAttempt)
    .set({ tries: sql`${verificationAttempt.tries} + 1` })
    .where(
      and(
        eq(verificationAttempt.tokenHash, tokenHash),
        lt(verificationAttempt.tries, TRIES_PER_CODE),
        isNull(verificationAttempt.usedAt),
        gt(verificationAttempt.expiresAt, sql`now()`),
      ),
    )
    .returning({
      codeHash: verificationAttempt.codeHash,
      residentId: verificationAttempt.residentId,
      roundId: verificationAttempt.roundId,
      tries: verificationAttempt.tries,
    });
  if (attempt === undefined) return refuse(await whyNotEvaluated(db, tokenHash));

  const right = sameHash(attempt.codeHash, hashCode(keys.dniKey, tokenHash, input.code));
  const { residentId, roundId } = attempt;
  if (!right || residentId === null) {
    return refuse(attempt.tries >= TRIES_PER_CODE ? 'too-many-tries' : 'wrong-code');
  }
  return inTransaction(db, async (tx) => {
    const [used] = await tx
      .update(verificationAttempt)
      .set({ usedAt: sql`now()` })
      .where(and(eq(verificationAttempt.tokenHash, tokenHash), isNull(verificationAttempt.usedAt)))
      .returning({ roundId: verificationAttempt.roundId });
    if (used === undefined) return refuse('already-used');
    const sessionToken = newToken();
    await tx.insert(voterSession).values({
      tokenHash: hashToken(sessionToken),
      roundId,
      residentId,
      expiresAt: sql`now() + make_interval(hours => ${VOTER_SESSION_HOURS})`,
    });
    return ok({ sessionToken, roundId });
  });
}

async function whyNotEvaluated(
  db: RegistryDatabase,
  tokenHash: Buffer,
): Promise<ConfirmCodeRefusal> {
  const [attempt] = await db
    .select({
      used: sql<boolean>`${verificationAttempt.usedAt} is not null`,
      expired: sql<boolean>`${verificationAttempt.expiresAt} <= now()`,
    })
    .from(verificationAttempt)
    .where(eq(verificationAttempt.tokenHash, tokenHash));
  if (attempt === undefined) return 'no-attempt';
  if (attempt.used) return 'already-used';
  return attempt.expired ? 'expired' : 'too-many-tries';
}

/** Forgets the verified browser: a shared phone is handed on. */
export async function endVoterSession(db: RegistryDatabase, sessionToken: string): Promise<void> {
  await db.delete(voterSession).where(eq(voterSession.tokenHash, hashToken(sessionToken)));
}

/** Removes what has no use any more: old attempts, ended sessions. Run by the worker. */
export async function forgetOldVerifications(db: RegistryDatabase): Promise<void> {
  await db.delete(voterSession).where(lt(voterSession.expiresAt, sql`now()`));
  // Two days, because the limit of codes per day counts the last one.
  await db
    .delete(verificationAttempt)
    .where(lt(verificationAttempt.createdAt, sql`now() - interval '2 days'`));
}
