import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { paperEntry, paperTable, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { noteIsRecorded } from '@/lib/rounds/notes';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayDiscardEntry, mayWorkWithPaper } from '../policy';
import { minutesId } from '../rules';
import { lockTable, turnOf, type TableRow } from '../table-row';
import type { BeginKeyingRefusal, Pass } from '../types';

/**
 * Takes the next free place at a pile: first or second entry, or the arbitration of what they differ
 * in. Each is another person's. Whoever has a place already gets it again.
 */
export async function beginKeying(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly tableId: string },
): Promise<Result<{ readonly pass: Pass }, BeginKeyingRefusal>> {
  if (!mayWorkWithPaper(actor)) return refuse('not-allowed');
  return inTransaction<{ pass: Pass }, BeginKeyingRefusal>(db, async (tx) => {
    const table = await lockTable(tx, input.tableId);
    if (table === null) return refuse('no-table');
    const turn = turnOf(table, actor.id);
    if (turn !== null) return ok({ pass: turn });
    const pass = await nextPass(tx, table);
    if (typeof pass === 'string') return refuse(pass);
    const others = [table.firstBy, table.secondBy].filter((by) => by !== null);
    if (others.includes(actor.id)) return refuse('same-officer');
    await tx
      .update(paperTable)
      .set(
        pass === 1
          ? { state: 'keying', firstBy: actor.id }
          : pass === 2
            ? { state: 'keying', secondBy: actor.id }
            : { thirdBy: actor.id },
      )
      .where(eq(paperTable.id, table.id));
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: pass === 3 ? 'paper.arbitration-begun' : 'paper.keying-begun',
      subject: `round:${table.roundId}`,
      details: { table: table.number, pass },
    });
    return ok({ pass });
  });
}

async function nextPass(
  tx: RegistryTransaction,
  table: TableRow,
): Promise<Pass | Exclude<BeginKeyingRefusal, 'not-allowed' | 'no-table' | 'same-officer'>> {
  switch (table.state) {
    case 'open':
      return 'not-recorded';
    case 'reconciled':
      return 'reconciled';
    case 'arbitration':
      return table.thirdBy === null ? 3 : 'two-already';
    case 'keying':
      if (table.firstBy === null) return 1;
      return table.secondBy === null ? 2 : 'two-already';
    case 'closed': {
      // While somebody can still vote, nobody learns what paper says.
      if (!(await isVotingOver(tx, table.roundId))) return 'voting-not-over';
      const note = `paper-minutes:${minutesId(table.number)}`;
      return (await noteIsRecorded(tx, table.roundId, note)) ? 1 : 'not-recorded';
    }
  }
}

async function isVotingOver(tx: RegistryTransaction, roundId: string): Promise<boolean> {
  const [over] = await tx
    .select({ id: round.id })
    .from(round)
    .where(
      and(
        eq(round.id, roundId),
        or(inArray(round.state, ['closing', 'closed']), sql`${round.closesAt} <= now()`),
      ),
    );
  return over !== undefined;
}

/** Throws away an unfinished entry, for whoever keys it to start again or for another officer. */
export async function discardEntry(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly tableId: string; readonly pass: 1 | 2; readonly reason: string },
): Promise<Result<null, 'not-allowed' | 'no-table' | 'not-your-turn'>> {
  return inTransaction<null, 'not-allowed' | 'no-table' | 'not-your-turn'>(db, async (tx) => {
    const table = await lockTable(tx, input.tableId);
    if (table === null) return refuse('no-table');
    const { pass } = input;
    const by = pass === 1 ? table.firstBy : table.secondBy;
    if (by === null || turnOf(table, by) !== pass) return refuse('not-your-turn');
    if (!mayDiscardEntry(actor, by)) return refuse('not-allowed');
    const discarded = await tx
      .delete(paperEntry)
      .where(and(eq(paperEntry.tableId, table.id), eq(paperEntry.pass, pass)))
      .returning({ number: paperEntry.number });
    await tx
      .update(paperTable)
      .set(pass === 1 ? { firstBy: null } : { secondBy: null })
      .where(eq(paperTable.id, table.id));
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'paper.keying-discarded',
      subject: `round:${table.roundId}`,
      details: { table: table.number, pass, papers: discarded.length, reason: input.reason },
    });
    return ok(null);
  });
}
