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
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import {
  letterCode,
  resident,
  rollEntry,
  round,
  verificationAttempt,
  voterSession,
} from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { ok, refuse, type Result } from '@/lib/shared/result';
import {
  hashCode,
  hashDni,
  hashLetterCode,
  hashToken,
  newCode,
  newToken,
  sameHash,
} from './secrets';
import {
  CODE_LIFETIME_MINUTES,
  CODES_PER_DAY,
  MOST_PEOPLE_PER_PHONE,
  TRIES_PER_CODE,
  VOTER_SESSION_HOURS,
  type CodeChannel,
  type CodeRequest,
  type ConfirmCodeRefusal,
  type RequestCodeRefusal,
  type RollKeys,
  type VerificationPurpose,
  type Verified,
} from './types';

export interface CodeWish {
  readonly roundId: string;
  readonly dni: string;
  readonly purpose?: VerificationPurpose;
  /** A message, unless it says otherwise. */
  readonly channel?: CodeChannel;
}

/**
 * Begins a verification. The work, the rows and the answer are the same whether the DNI is on the
 * roll or not: only the message that follows, or does not, tells its owner. `whenMade` runs in the
 * same transaction, for everybody alike.
 */
export async function requestCode(
  db: RegistryDatabase,
  keys: RollKeys,
  wish: CodeWish,
  whenMade?: (tx: RegistryTransaction, made: CodeRequest) => Promise<void>,
): Promise<Result<CodeRequest, RequestCodeRefusal>> {
  const { roundId, purpose = 'vote', channel = 'sms' } = wish;
  const dniHash = hashDni(keys.dniKey, wish.dni);
  const attemptToken = newToken();
  const tokenHash = hashToken(attemptToken);
  const code = newCode();

  return inTransaction(db, async (tx) => {
    const [admitting] = await tx
      .select({ id: round.id })
      .from(round)
      .where(
        and(eq(round.id, roundId), admits(purpose), sql`${channel}::text = any(${round.channels})`),
      );
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

    const eligible = await residentMeant(tx, { roundId, dniHash, purpose });
    const own = hashCode(keys.dniKey, tokenHash, code);
    await tx.insert(verificationAttempt).values({
      tokenHash,
      roundId,
      dniHash,
      residentId: eligible?.id ?? null,
      channel,
      // Without a letter there is a hash that no code gives.
      codeHash: channel === 'letter' ? (eligible?.letterHash ?? own) : own,
      expiresAt: sql`now() + make_interval(mins => ${CODE_LIFETIME_MINUTES})`,
    });
    const isOwnPhone = (eligible?.sharing ?? 0) <= MOST_PEOPLE_PER_PHONE;
    const phoneSealed = channel === 'sms' && isOwnPhone ? (eligible?.phoneSealed ?? null) : null;
    const made = { attemptToken, code, phoneSealed };
    await whenMade?.(tx, made);
    return ok(made);
  });
}

/** Who is behind a DNI, as one question whatever the answer. */
async function residentMeant(
  tx: RegistryTransaction,
  of: { roundId: string; dniHash: Buffer; purpose: VerificationPurpose },
) {
  const [found] = await tx
    .select({
      id: resident.id,
      phoneSealed: resident.phoneSealed,
      letterHash: letterCode.codeHash,
      sharing: sql<number>`(select count(*)::int from ${resident} as sharing where sharing.phone_hash = ${resident.phoneHash} and sharing.left_at is null)`,
    })
    .from(resident)
    .leftJoin(
      rollEntry,
      and(eq(rollEntry.residentId, resident.id), eq(rollEntry.roundId, of.roundId)),
    )
    .leftJoin(
      letterCode,
      and(
        eq(letterCode.residentId, resident.id),
        eq(letterCode.roundId, of.roundId),
        isNull(letterCode.revokedAt),
      ),
    )
    .where(and(eq(resident.dniHash, of.dniHash), isMeant(of.purpose)));
  return found;
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
      channel: verificationAttempt.channel,
      tries: verificationAttempt.tries,
    });
  if (attempt === undefined) return refuse(await whyNotEvaluated(db, tokenHash));

  const { residentId, roundId, channel } = attempt;
  const given =
    channel === 'letter'
      ? hashLetterCode(keys.dniKey, { roundId, residentId: residentId ?? '' }, input.code)
      : hashCode(keys.dniKey, tokenHash, input.code);
  const right = sameHash(attempt.codeHash, given);
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
    if (channel === 'letter' && !(await spendLetter(tx, attempt.codeHash))) {
      return refuse('already-used');
    }
    return ok(await openVoterSession(tx, { roundId, residentId }));
  });
}

/** A letter opens the vote once, however many browsers hold its code. */
async function spendLetter(tx: RegistryTransaction, codeHash: Buffer): Promise<boolean> {
  const used = await tx
    .update(letterCode)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(letterCode.codeHash, codeHash),
        isNull(letterCode.usedAt),
        isNull(letterCode.revokedAt),
      ),
    )
    .returning({ id: letterCode.id });
  return used.length === 1;
}

/** Lets a verified resident go on, whichever way she was verified. */
export async function openVoterSession(
  tx: RegistryTransaction,
  of: { readonly roundId: string; readonly residentId: string },
): Promise<Verified> {
  const sessionToken = newToken();
  await tx.insert(voterSession).values({
    tokenHash: hashToken(sessionToken),
    roundId: of.roundId,
    residentId: of.residentId,
    expiresAt: sql`now() + make_interval(hours => ${VOTER_SESSION_HOURS})`,
  });
  return { sessionToken, roundId: of.roundId };
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
