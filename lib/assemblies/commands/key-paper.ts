import { and, eq } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { paperEntry } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import type { Actor } from '@/lib/auth/actor';
import type { Choices } from '@/lib/ballots/body';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayWorkWithPaper } from '../policy';
import { manifestOf } from '../keying-queries';
import { entryText, isValidPaper, numbersOf } from '../rules';
import { entriesOf, lockTable, turnOf } from '../table-row';
import type { KeyPaperRefusal } from '../types';

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
    const entries = await entriesOf(tx, table.id);
    if (!numbersOf(manifest, table, pass, entries).includes(number)) {
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
