import 'server-only';
import { and, count, eq } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { credential } from '@/db/registry/schema';
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
  return Object.fromEntries(rows.map((row) => [row.groupId, row.issued]));
}
