import { type AnyColumn, type SQL, notInArray, sql } from 'drizzle-orm';
import type { RegistryTransaction } from '@/db/registry/client';
import { dimension, planDocument, planItem, planRow, planRowGoalLink } from '@/db/registry/schema';
import { now } from '@/lib/shared/clock';
import type { PlanRecords } from '../rules';
import type { ParsedPlan } from '../types';

/** The table holds one document: the one that was imported last. */
const DOCUMENT_ID = 'current';

/**
 * Writes what a plan consists of over what is there. `fromDocument` false writes the project's own
 * words only, and leaves alone what a document brought before.
 */
export async function writeRecords(
  tx: RegistryTransaction,
  records: PlanRecords,
  fromDocument: boolean,
): Promise<void> {
  await writeDimensions(tx, records, fromDocument);
  await writeRows(tx, records, fromDocument);
  await writeItems(tx, records, fromDocument);
  if (!fromDocument) return;
  await tx.delete(planRowGoalLink);
  if (records.goalLinks.length > 0) await tx.insert(planRowGoalLink).values([...records.goalLinks]);
}

function incoming(column: AnyColumn): SQL {
  return sql`excluded.${sql.identifier(column.name)}`;
}

/** An editor's words win over those that come with an import. */
function incomingUnlessEdited(editedAt: AnyColumn, column: AnyColumn): SQL {
  return sql`case when ${editedAt} is null then ${incoming(column)} else ${column} end`;
}

async function writeDimensions(
  tx: RegistryTransaction,
  records: PlanRecords,
  fromDocument: boolean,
): Promise<void> {
  await tx
    .insert(dimension)
    .values(
      records.dimensions.map(({ code, position, name, introduction }) => ({
        code,
        position,
        nameEs: name.es,
        nameEn: name.en,
        introduction,
      })),
    )
    .onConflictDoUpdate({
      target: dimension.code,
      set: {
        nameEs: incoming(dimension.nameEs),
        nameEn: incoming(dimension.nameEn),
        ...(fromDocument ? { introduction: incoming(dimension.introduction) } : {}),
      },
    });
}

async function writeRows(
  tx: RegistryTransaction,
  records: PlanRecords,
  fromDocument: boolean,
): Promise<void> {
  const words = (column: AnyColumn) => incomingUnlessEdited(planRow.editedAt, column);
  await tx
    .insert(planRow)
    .values(
      records.rows.map((row) => ({
        code: row.code,
        dimensionCode: row.dimensionCode,
        position: row.position,
        labelEs: row.label.es,
        labelEn: row.label.en,
        titleEs: row.title.es,
        titleEn: row.title.en,
        summaryEs: row.summary.es,
        summaryEn: row.summary.en,
        inDocument: fromDocument,
      })),
    )
    .onConflictDoUpdate({
      target: planRow.code,
      set: {
        labelEs: words(planRow.labelEs),
        labelEn: words(planRow.labelEn),
        titleEs: words(planRow.titleEs),
        titleEn: words(planRow.titleEn),
        summaryEs: words(planRow.summaryEs),
        summaryEn: words(planRow.summaryEn),
        ...(fromDocument ? { inDocument: true } : {}),
      },
      ...(fromDocument ? {} : { setWhere: sql`not ${planRow.inDocument}` }),
    });
}

async function writeItems(
  tx: RegistryTransaction,
  records: PlanRecords,
  fromDocument: boolean,
): Promise<void> {
  const words = (column: AnyColumn) => incomingUnlessEdited(planItem.editedAt, column);
  await tx
    .insert(planItem)
    .values(
      records.items.map((item) => ({
        code: item.code,
        rowCode: item.rowCode,
        kind: item.kind,
        position: item.position,
        officialText: item.officialText,
        titleEs: item.title.es,
        titleEn: item.title.en,
        summaryEs: item.summary?.es ?? null,
        summaryEn: item.summary?.en ?? null,
        heading: item.heading,
        duplicateOf: item.duplicateOf,
        similarTo: [...item.similarTo],
        truncated: item.truncated,
        inDocument: fromDocument,
        sourceLines: [...item.sourceLines],
        feedbackRole: item.feedbackRole,
      })),
    )
    .onConflictDoUpdate({
      target: planItem.code,
      set: {
        titleEs: words(planItem.titleEs),
        titleEn: words(planItem.titleEn),
        summaryEs: words(planItem.summaryEs),
        summaryEn: words(planItem.summaryEn),
        feedbackRole: incoming(planItem.feedbackRole),
        ...(fromDocument
          ? {
              officialText: incoming(planItem.officialText),
              heading: incoming(planItem.heading),
              duplicateOf: incoming(planItem.duplicateOf),
              similarTo: incoming(planItem.similarTo),
              truncated: incoming(planItem.truncated),
              sourceLines: incoming(planItem.sourceLines),
              inDocument: true,
            }
          : {}),
      },
      ...(fromDocument ? {} : { setWhere: sql`not ${planItem.inDocument}` }),
    });
}

/** What the document no longer holds stays, with its last official text, and says so. */
export async function flagGone(tx: RegistryTransaction, records: PlanRecords): Promise<void> {
  const items = records.items.map(({ code }) => code);
  const rows = records.rows.map(({ code }) => code);
  await tx.update(planItem).set({ inDocument: false }).where(notInArray(planItem.code, items));
  await tx.update(planRow).set({ inDocument: false }).where(notInArray(planRow.code, rows));
}

export async function writeDocument(
  tx: RegistryTransaction,
  plan: ParsedPlan,
  source: { readonly sourceName: string; readonly sourceSha256: string },
): Promise<void> {
  const document = {
    title: plan.title ?? source.sourceName,
    introduction: paragraphs(plan.introduction),
    vision: paragraphs(plan.vision?.paragraphs ?? []),
    visionYear: plan.horizons.vision?.year ?? null,
    goalYear: plan.horizons.goals?.year ?? null,
    citation: plan.citation,
    ...source,
    warnings: plan.warnings.map((warning) => ({ ...warning, ids: [...warning.ids] })),
    importedAt: now(),
  };
  await tx
    .insert(planDocument)
    .values({ id: DOCUMENT_ID, ...document })
    .onConflictDoUpdate({ target: planDocument.id, set: document });
}

function paragraphs(list: readonly string[]): string | null {
  return list.length === 0 ? null : list.join('\n\n');
}
