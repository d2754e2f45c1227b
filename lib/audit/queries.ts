import 'server-only';
import { and, count, desc, eq, gte, like, lt } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { auditEntry } from '@/db/registry/schema';

export interface AuditLine {
  readonly seq: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: Record<string, unknown>;
}

/** What a list of acts is narrowed to; null means no matter which. */
export interface AuditFilter {
  readonly action: string | null;
  /** Exactly, such as `operator` or `staff:maria`. */
  readonly actor: string | null;
  /** Its beginning, such as `round:`. */
  readonly subject: string | null;
  /** From this moment on. */
  readonly from: Date | null;
  /** Before this moment. */
  readonly until: Date | null;
}

const line = {
  seq: auditEntry.seq,
  at: auditEntry.at,
  actor: auditEntry.actor,
  action: auditEntry.action,
  subject: auditEntry.subject,
  details: auditEntry.details,
};

/** What was done to one subject, newest first, one page of it. */
export async function auditOf(
  db: Registry,
  subject: string,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<{ readonly entries: AuditLine[]; readonly total: number }> {
  const ofSubject = eq(auditEntry.subject, subject);
  const entries = await db
    .select(line)
    .from(auditEntry)
    .where(ofSubject)
    .orderBy(desc(auditEntry.seq))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(auditEntry).where(ofSubject);
  return { entries, total: all?.total ?? 0 };
}

/** Acts that fit the filter, newest first, one page of them. */
export async function findAudit(
  db: Registry,
  filter: AuditFilter,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<{ readonly entries: AuditLine[]; readonly total: number }> {
  const fits = fitting(filter);
  const entries = await db
    .select(line)
    .from(auditEntry)
    .where(fits)
    .orderBy(desc(auditEntry.seq))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(auditEntry).where(fits);
  return { entries, total: all?.total ?? 0 };
}

const EXPORTED_AT_ONCE = 1000;

/** Every act that fits, newest first, in portions: an export is as long as the chain. */
export async function* everyAudit(db: Registry, filter: AuditFilter): AsyncGenerator<AuditLine[]> {
  for (let before: number | null = null; ;) {
    const portion: AuditLine[] = await db
      .select(line)
      .from(auditEntry)
      .where(and(fitting(filter), before === null ? undefined : lt(auditEntry.seq, before)))
      .orderBy(desc(auditEntry.seq))
      .limit(EXPORTED_AT_ONCE);
    if (portion.length > 0) yield portion;
    const last = portion.at(-1);
    if (last === undefined || portion.length < EXPORTED_AT_ONCE) return;
    before = last.seq;
  }
}

function fitting({ action, actor, subject, from, until }: AuditFilter) {
  return and(
    from === null ? undefined : gte(auditEntry.at, from),
    until === null ? undefined : lt(auditEntry.at, until),
    action === null ? undefined : eq(auditEntry.action, action),
    actor === null ? undefined : eq(auditEntry.actor, actor),
    subject === null
      ? undefined
      : like(auditEntry.subject, `${subject.replace(/[\\%_]/g, '\\$&')}%`),
  );
}
