import 'server-only';
import { count, desc, eq } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { auditEntry } from '@/db/registry/schema';

export interface AuditLine {
  readonly seq: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly details: Record<string, unknown>;
}

/** What was done to one subject, newest first, one page of it. */
export async function auditOf(
  db: Registry,
  subject: string,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<{ readonly entries: AuditLine[]; readonly total: number }> {
  const ofSubject = eq(auditEntry.subject, subject);
  const entries = await db
    .select({
      seq: auditEntry.seq,
      at: auditEntry.at,
      actor: auditEntry.actor,
      action: auditEntry.action,
      details: auditEntry.details,
    })
    .from(auditEntry)
    .where(ofSubject)
    .orderBy(desc(auditEntry.seq))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(auditEntry).where(ofSubject);
  return { entries, total: all?.total ?? 0 };
}
