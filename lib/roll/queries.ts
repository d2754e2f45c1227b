import 'server-only';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { rollEntry, verificationAttempt, voterSession } from '@/db/registry/schema';
import { hashToken } from './secrets';
import { TRIES_PER_CODE, type Attempt, type Voter } from './types';

/** The verified resident behind a voter cookie, or null when it is unknown or has ended. */
export async function voterBySession(db: Registry, sessionToken: string): Promise<Voter | null> {
  const [voter] = await db
    .select({
      roundId: voterSession.roundId,
      residentId: voterSession.residentId,
      districtCode: rollEntry.districtCode,
      channel: voterSession.channel,
    })
    .from(voterSession)
    .innerJoin(
      rollEntry,
      and(
        eq(rollEntry.roundId, voterSession.roundId),
        eq(rollEntry.residentId, voterSession.residentId),
      ),
    )
    .where(
      and(
        eq(voterSession.tokenHash, hashToken(sessionToken)),
        gt(voterSession.expiresAt, sql`now()`),
      ),
    );
  return voter ?? null;
}

/** What the code page may say about the attempt in the cookie: nothing about the person. */
export async function attemptByToken(db: Registry, attemptToken: string): Promise<Attempt | null> {
  const [row] = await db
    .select({
      roundId: verificationAttempt.roundId,
      channel: verificationAttempt.channel,
      tries: verificationAttempt.tries,
      used: sql<boolean>`${verificationAttempt.usedAt} is not null`,
      expired: sql<boolean>`${verificationAttempt.expiresAt} <= now()`,
    })
    .from(verificationAttempt)
    .where(eq(verificationAttempt.tokenHash, hashToken(attemptToken)));
  if (row === undefined) return null;
  const triesLeft = TRIES_PER_CODE - row.tries;
  const state = row.used ? 'used' : row.expired ? 'expired' : triesLeft <= 0 ? 'spent' : 'waiting';
  return { roundId: row.roundId, channel: row.channel, triesLeft, state };
}
