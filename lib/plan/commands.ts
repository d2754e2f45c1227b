import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { planItem, planRow } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { type Actor, auditActor } from '@/lib/auth/actor';
import { now } from '@/lib/shared/clock';
import { type Result, ok, refuse } from '@/lib/shared/result';
import { flagGone, writeDocument, writeRecords } from './commands/write';
import type { GoalIndicatorInput, PlanTextInput } from './input';
import { parsePlan } from './parse';
import { mayEditPlan, mayImportPlan } from './policy';
import { storedTexts } from './queries';
import { type Differences, differences, recordsOf, shippedRecords } from './rules';
import type { ParsedPlan, PlanRefusal } from './types';

export interface ImportedPlan {
  readonly plan: ParsedPlan;
  readonly differences: Differences;
}

/**
 * Imports a document: official texts are replaced, titles an editor wrote stay, and what the
 * document no longer holds is kept and flagged, because proposals and votes may point at it. All
 * of it or nothing; the same document again changes nothing.
 */
export async function importPlan(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly document: Uint8Array; readonly sourceName: string },
): Promise<Result<ImportedPlan, PlanRefusal | 'not-allowed' | 'being-voted'>> {
  if (!mayImportPlan(actor)) return refuse('not-allowed');
  const parsed = parsePlan(input.document);
  if (!parsed.ok) return parsed;
  const plan = parsed.value;
  const records = recordsOf(plan);
  const sourceSha256 = createHash('sha256').update(input.document).digest('hex');
  return unlessVoted(
    inTransaction<ImportedPlan, never>(db, async (tx) => {
      // Two imports at once would each compare with what the other is about to replace.
      await tx.execute(sql`lock table plan_document in share row exclusive mode`);
      const changes = differences(await storedTexts(tx), records);
      await writeRecords(tx, records, true);
      await flagGone(tx, records);
      await writeDocument(tx, plan, { sourceName: input.sourceName, sourceSha256 });
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'plan.imported',
        subject: 'plan',
        details: {
          sourceName: input.sourceName,
          sourceSha256,
          rows: records.rows.length,
          texts: records.items.length,
          new: changes.list.filter(({ kind }) => kind === 'new').length,
          changed: changes.list.filter(({ kind }) => kind === 'changed').length,
          gone: changes.list.filter(({ kind }) => kind === 'gone').length,
          warnings: plan.warnings.length,
        },
      });
      return ok({ plan, differences: changes });
    }),
  );
}

/** The rows that people rank right now do not change: the database says so, whoever asks. */
async function unlessVoted<T, Reason extends string>(
  change: Promise<Result<T, Reason>>,
): Promise<Result<T, Reason | 'being-voted'>> {
  try {
    return await change;
  } catch (error) {
    if (violates(error, 'manifest_frozen')) return refuse('being-voted');
    throw error;
  }
}

/** Loads the rows and objectives the project ships words for, so that a cycle can run before any document is imported. */
export async function loadShippedPlan(
  db: RegistryDatabase,
  actor: Actor,
): Promise<Result<null, 'not-allowed'>> {
  if (!mayImportPlan(actor)) return refuse('not-allowed');
  const records = shippedRecords();
  return inTransaction(db, async (tx) => {
    await writeRecords(tx, records, false);
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'plan.imported',
      subject: 'plan',
      details: { shipped: true, rows: records.rows.length, texts: records.items.length },
    });
    return ok(null);
  });
}

export type EditRefusal = 'not-allowed' | 'unknown-code' | 'incomplete-row' | 'being-voted';

/** Changes the short title and summary of a row, problem, objective or goal; never its official text. */
export async function editPlanText(
  db: RegistryDatabase,
  actor: Actor,
  input: PlanTextInput,
): Promise<Result<null, EditRefusal>> {
  if (!mayEditPlan(actor)) return refuse('not-allowed');
  const { code, labelEs, labelEn, ...words } = input;
  return unlessVoted(
    inTransaction<null, EditRefusal>(db, async (tx) => {
      const isRow = !/-[POM]\d+$/.test(code);
      const { summaryEs, summaryEn } = words;
      if (isRow) {
        if (!labelEs || !labelEn || summaryEs === null || summaryEn === null) {
          return refuse('incomplete-row');
        }
        const changed = await tx
          .update(planRow)
          .set({ ...words, summaryEs, summaryEn, labelEs, labelEn, editedAt: now() })
          .where(eq(planRow.code, code))
          .returning({ code: planRow.code });
        if (changed.length === 0) return refuse('unknown-code');
      } else {
        const changed = await tx
          .update(planItem)
          .set({ ...words, editedAt: now() })
          .where(eq(planItem.code, code))
          .returning({ code: planItem.code });
        if (changed.length === 0) return refuse('unknown-code');
      }
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'plan.edited',
        subject: `plan:${code}`,
        details: { ...input },
      });
      return ok(null);
    }),
  );
}

/** Gives a goal what the document leaves out: how it is measured, from where, to where and by when. */
export async function editGoalIndicator(
  db: RegistryDatabase,
  actor: Actor,
  input: GoalIndicatorInput,
): Promise<Result<null, 'not-allowed' | 'unknown-code'>> {
  if (!mayEditPlan(actor)) return refuse('not-allowed');
  const { code, ...indicator } = input;
  return inTransaction(db, async (tx) => {
    const changed = await tx
      .update(planItem)
      .set(indicator)
      .where(eq(planItem.code, code))
      .returning({ code: planItem.code });
    if (changed.length === 0) return refuse('unknown-code');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'plan.edited',
      subject: `plan:${code}`,
      details: { ...input },
    });
    return ok(null);
  });
}
