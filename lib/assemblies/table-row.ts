import { eq } from 'drizzle-orm';
import type { Registry, RegistryTransaction } from '@/db/registry/client';
import { paperEntry, paperTable } from '@/db/registry/schema';
import type { PaperEntry, Pass } from './types';

export type TableRow = typeof paperTable.$inferSelect;

/** The table for the rest of this transaction: whoever changes it next waits. */
export async function lockTable(tx: RegistryTransaction, id: string): Promise<TableRow | null> {
  const [row] = await tx.select().from(paperTable).where(eq(paperTable.id, id)).for('update');
  return row ?? null;
}

/** What was keyed in each pass, by ascending number. */
export async function entriesOf(
  db: Registry,
  tableId: string,
): Promise<Readonly<Record<Pass, PaperEntry[]>>> {
  const rows = await db
    .select({ pass: paperEntry.pass, number: paperEntry.number, choices: paperEntry.choices })
    .from(paperEntry)
    .where(eq(paperEntry.tableId, tableId))
    .orderBy(paperEntry.number);
  const entries: Record<Pass, PaperEntry[]> = { 1: [], 2: [], 3: [] };
  for (const { pass, ...entry } of rows) entries[pass as Pass].push(entry);
  return entries;
}

/** In which pass this officer may key now; null when it is not her turn. */
export function turnOf(table: TableRow, officerId: string): Pass | null {
  if (table.state === 'keying') {
    if (table.firstBy === officerId) return table.firstDone ? null : 1;
    if (table.secondBy === officerId) return table.secondDone ? null : 2;
  }
  return table.state === 'arbitration' && table.thirdBy === officerId ? 3 : null;
}
