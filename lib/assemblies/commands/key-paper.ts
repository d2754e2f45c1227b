import { and, eq } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { paperEntry, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import type { Actor } from '@/lib/auth/actor';
import type { Choices } from '@/lib/ballots/body';
import { frozenManifest } from '@/lib/rounds/queries';
import type { Manifest } from '@/lib/rounds/manifest';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayWorkWithPaper } from '../policy';
import { differingNumbers, entryText, isValidPaper } from '../rules';
import { entriesOf, lockTable, turnOf, type TableRow } from '../table-row';
import type { KeyPaperRefusal, Pass } from '../types';

/**
 * Keys one paper in the officer's own pass. The same paper again is fine; another content for a
 * number that is keyed already needs `replaces`, so that a slip of the number loses nothing.
 */
export async function keyPaper(
  db: RegistryDatabase,
  actor: Actor,
  input: {
    readonly tableId: string;
    readonly number: number;
    /** Null: the whole paper is void. */
    readonly choices: Choices | null;
    readonly replaces: boolean;
  },
): Promise<Result<null, KeyPaperRefusal>> {
  if (!mayWorkWithPaper(actor)) return refuse('not-allowed');
  const { number, choices } = input;
  return inTransaction<null, KeyPaperRefusal>(db, async (tx) => {
    const table = await lockTable(tx, input.tableId);
    if (table === null) return refuse('no-table');
    const pass = turnOf(table, actor.id);
    if (pass === null) return refuse('not-your-turn');
    const manifest = await manifestOf(tx, table.roundId);
    if (!(await numbersToKey(tx, table, pass, manifest)).includes(number)) {
      return refuse('no-such-number');
    }
    if (choices !== null && !isValidPaper(manifest, table.groupId, choices)) {
      return refuse('not-valid');
    }
    const of = and(
      eq(paperEntry.tableId, table.id),
      eq(paperEntry.pass, pass),
      eq(paperEntry.number, number),
    );
    const keyed = choices === null ? null : copied(choices);
    const [held] = await tx.select({ choices: paperEntry.choices }).from(paperEntry).where(of);
    if (held === undefined) {
      await tx.insert(paperEntry).values({ tableId: table.id, pass, number, choices: keyed });
      return ok(null);
    }
    const text = (what: Choices | null) => entryText(manifest, table.groupId, what);
    if (text(held.choices) === text(choices)) return ok(null);
    if (!input.replaces) return refuse('number-taken');
    await tx.update(paperEntry).set({ choices: keyed }).where(of);
    return ok(null);
  });
}

function copied(choices: Choices): Record<string, string[]> {
  return Object.fromEntries(Object.entries(choices).map(([id, picks]) => [id, [...picks]]));
}

/** The frozen manifest of a round that was opened. */
export async function manifestOf(tx: RegistryTransaction, roundId: string): Promise<Manifest> {
  const [row] = await tx
    .select({ hash: round.manifestHash })
    .from(round)
    .where(eq(round.id, roundId));
  return frozenManifest(tx, roundId, present(row?.hash, 'manifest hash'));
}

/** Every number of the pile, or for the third person only those in which the two entries differ. */
export async function numbersToKey(
  tx: RegistryTransaction,
  table: TableRow,
  pass: Pass,
  manifest: Manifest,
): Promise<number[]> {
  if (pass !== 3) {
    const papers = present(table.ballots, 'ballots') + present(table.spoiled, 'spoiled');
    return Array.from({ length: papers }, (_, index) => index + 1);
  }
  const entries = await entriesOf(tx, table.id);
  return differingNumbers(manifest, table.groupId, entries[1], entries[2]);
}
