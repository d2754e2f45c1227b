import { createHash } from 'node:crypto';
import { desc, sql } from 'drizzle-orm';
import type { RegistryTransaction } from '@/db/registry/client';
import { auditEntry } from '@/db/registry/schema';
import { present } from '@/lib/shared/assert';
import type { AuditAction, AuditActor } from './actions';

export interface AuditRecord {
  actor: AuditActor;
  action: AuditAction;
  /** What was acted on, such as `round:pp2027-votacion`. */
  subject: string;
  details?: Record<string, unknown>;
}

const GENESIS = Buffer.alloc(32);
/** Any constant: one writer at a time, so that the chain has no forks. */
const CHAIN_LOCK = 7_200_414;

/** SHA-256 over the previous hash and the entry's own words, in a fixed order. */
export function auditHash(
  previous: Uint8Array,
  entry: {
    seq: number;
    at: Date;
    actor: string;
    action: string;
    subject: string;
    details: unknown;
  },
): Buffer {
  const words = JSON.stringify([
    entry.seq,
    entry.at.toISOString(),
    entry.actor,
    entry.action,
    entry.subject,
    canonical(entry.details),
  ]);
  return createHash('sha256').update(previous).update(words).digest();
}

/** Keys sorted at every depth: PostgreSQL's jsonb does not keep their order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}

/** Records the act in the same transaction as the act itself. */
export async function recordAudit(tx: RegistryTransaction, record: AuditRecord): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${CHAIN_LOCK})`);
  const end = tx
    .select({ seq: auditEntry.seq, hash: auditEntry.hash })
    .from(auditEntry)
    .orderBy(desc(auditEntry.seq))
    .limit(1)
    .as('last');
  const [last] = await tx
    .select({
      // The database's clock, as everywhere; to the thousandths that a hashed time has.
      at: sql`date_trunc('milliseconds', clock_timestamp())`.mapWith(auditEntry.at),
      seq: end.seq,
      hash: end.hash,
    })
    .from(sql`(values (1)) as one`)
    .leftJoin(end, sql`true`);
  const previousHash = last?.hash ?? GENESIS;
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at: present(last, 'time of the database').at,
    actor: record.actor,
    action: record.action,
    subject: record.subject,
    details: record.details ?? {},
  };
  await tx
    .insert(auditEntry)
    .values({ ...entry, previousHash, hash: auditHash(previousHash, entry) });
}
