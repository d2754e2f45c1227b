import 'server-only';
import { eq } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { paperTable, round } from '@/db/registry/schema';
import { frozenManifest } from '@/lib/rounds/queries';
import type { Manifest } from '@/lib/rounds/manifest';
import { present } from '@/lib/shared/assert';
import { numbersOf, settled } from './rules';
import { entriesOf, turnOf } from './table-row';
import type { PaperEntry, Pass } from './types';

/** The frozen manifest of a round that was opened. */
export async function manifestOf(db: Registry, roundId: string): Promise<Manifest> {
  const [row] = await db
    .select({ hash: round.manifestHash })
    .from(round)
    .where(eq(round.id, roundId));
  return frozenManifest(db, roundId, present(row?.hash, 'manifest hash'));
}

export interface OwnPass {
  readonly pass: Pass;
  /** Numbers that this officer keys. */
  readonly numbers: readonly number[];
  /** What this very officer has keyed. Of the other's entry nothing is ever read here. */
  readonly entries: readonly PaperEntry[];
}

/** What an officer sees of a pile while it is her turn; null when it is not. */
export async function ownPass(
  db: Registry,
  tableId: string,
  officerId: string,
): Promise<OwnPass | null> {
  const [table] = await db.select().from(paperTable).where(eq(paperTable.id, tableId));
  const pass = table === undefined ? null : turnOf(table, officerId);
  if (table === undefined || pass === null) return null;
  const entries = await entriesOf(db, tableId);
  const manifest = await manifestOf(db, table.roundId);
  return { pass, numbers: numbersOf(manifest, table, pass, entries), entries: entries[pass] };
}

/** The pile as it is counted, for the public audit; null while it is not reconciled. */
export async function reconciledPile(
  db: Registry,
  tableId: string,
): Promise<readonly PaperEntry[] | null> {
  const [table] = await db
    .select({ state: paperTable.state })
    .from(paperTable)
    .where(eq(paperTable.id, tableId));
  if (table?.state !== 'reconciled') return null;
  const entries = await entriesOf(db, tableId);
  return settled(entries[1], entries[3]);
}
