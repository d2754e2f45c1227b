import 'server-only';
import { and, count, eq, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { credential, rollEntry, roundCount } from '@/db/registry/schema';
import type { CredentialState } from './types';

/** Whether this resident's vote is activated: all that a page may know. */
export async function credentialState(
  db: Registry,
  of: { roundId: string; residentId: string },
): Promise<CredentialState> {
  const [row] = await db
    .select({ blindSignature: credential.blindSignature })
    .from(credential)
    .where(and(eq(credential.roundId, of.roundId), eq(credential.residentId, of.residentId)));
  if (row === undefined) return 'none';
  return row.blindSignature === null ? 'reserved' : 'issued';
}

/** Credentials issued per district group: published beside the ballots that were cast. */
export async function issuedByGroup(
  db: Registry,
  roundId: string,
): Promise<Record<string, number>> {
  const rows = await db
    .select({ groupId: credential.groupId, issued: count() })
    .from(credential)
    .where(eq(credential.roundId, roundId))
    .groupBy(credential.groupId);
  const kept = await keptCounts(db, roundId);
  return Object.fromEntries([
    ...kept.map(({ groupId, issued }) => [groupId, issued] as const),
    ...rows.map((row) => [row.groupId, row.issued] as const),
  ]);
}

/** What is left of the rights of a round that is anonymous; nothing of any other. */
async function keptCounts(db: Registry, roundId: string) {
  return db
    .select({ groupId: roundCount.place, issued: sql<number>`sum(${roundCount.people})::int` })
    .from(roundCount)
    .where(and(eq(roundCount.roundId, roundId), eq(roundCount.kind, 'issued')))
    .groupBy(roundCount.place);
}

export type IssuedByChannel = Record<'phone' | 'desk' | 'tablet' | 'paper', Record<string, number>>;

/** Rights given out per way and district group: part of the public record at the end. */
export async function issuedByChannel(db: Registry, roundId: string): Promise<IssuedByChannel> {
  const rows = await db
    .select({ channel: credential.channel, groupId: credential.groupId, issued: count() })
    .from(credential)
    .where(eq(credential.roundId, roundId))
    .groupBy(credential.channel, credential.groupId)
    .orderBy(credential.groupId);
  const issued: IssuedByChannel = { phone: {}, desk: {}, tablet: {}, paper: {} };
  for (const row of rows) issued[row.channel][row.groupId] = row.issued;
  return issued;
}

/** Per round: how many are on the roll, and how many of them activated their vote. */
export async function issuedByRound(
  db: Registry,
): Promise<ReadonlyMap<string, { eligible: number; issued: number }>> {
  const [eligible, issued, kept] = await Promise.all([
    db
      .select({ roundId: rollEntry.roundId, people: count() })
      .from(rollEntry)
      .groupBy(rollEntry.roundId),
    db
      .select({ roundId: credential.roundId, people: count() })
      .from(credential)
      .groupBy(credential.roundId),
    // What stays of rounds that are anonymous by now.
    db
      .select({
        roundId: roundCount.roundId,
        eligible: sql<number>`coalesce(sum(people) filter (where kind = 'eligible'), 0)::int`,
        issued: sql<number>`coalesce(sum(people) filter (where kind = 'issued'), 0)::int`,
      })
      .from(roundCount)
      .groupBy(roundCount.roundId),
  ]);
  const issuedIn = new Map(issued.map(({ roundId, people }) => [roundId, people]));
  return new Map([
    ...kept.map(({ roundId, ...counts }) => [roundId, counts] as const),
    ...eligible.map(
      ({ roundId, people }) =>
        [roundId, { eligible: people, issued: issuedIn.get(roundId) ?? 0 }] as const,
    ),
  ]);
}
