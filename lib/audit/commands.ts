import { createHash } from 'node:crypto';
import { desc, sql } from 'drizzle-orm';
import type { RegistryTransaction } from '@/db/registry/client';
import { auditEntry } from '@/db/registry/schema';
import { now } from '@/lib/shared/clock';
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
  const [last] = await tx
    .select({ seq: auditEntry.seq, hash: auditEntry.hash })
    .from(auditEntry)
    .orderBy(desc(auditEntry.seq))
    .limit(1);
  const previousHash = last?.hash ?? GENESIS;
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at: now(),
    actor: record.actor,
    action: record.action,
    subject: record.subject,
    details: record.details ?? {},
  };
  await tx
    .insert(auditEntry)
    .values({ ...entry, previousHash, hash: auditHash(previousHash, entry) });
}
