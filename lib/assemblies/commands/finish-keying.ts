import { eq } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { paperTable } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { canonicalChoices } from '@/lib/ballots/rules';
import { recordNote } from '@/lib/record/format';
import type { Manifest } from '@/lib/rounds/manifest';
import { queueRoundNote } from '@/lib/rounds/notes';
import { officerPseudonym } from '@/lib/rounds/officer-pseudonym';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayWorkWithPaper } from '../policy';
import { manifestOf } from '../keying-queries';
import { differingNumbers, minutesId, numbersOf, settled, sumsHold } from '../rules';
import { entriesOf, lockTable, turnOf, type TableRow } from '../table-row';
import type { FinishKeyingRefusal, PaperEntry } from '../types';

export interface Finished {
  readonly state: 'keying' | 'arbitration' | 'reconciled';
}

/**
 * Ends an officer's pass. It must hold as many valid and void papers as the minutes in the public
 * record say. When both are in they are compared; equal ones are reconciled, others go to a third.
 */
export async function finishKeying(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly tableId: string },
): Promise<Result<Finished, FinishKeyingRefusal>> {
  if (!mayWorkWithPaper(actor)) return refuse('not-allowed');
  return inTransaction<Finished, FinishKeyingRefusal>(db, async (tx) => {
    const table = await lockTable(tx, input.tableId);
    if (table === null) return refuse('no-table');
    const pass = turnOf(table, actor.id);
    if (pass === null) return refuse('not-your-turn');
    const manifest = await manifestOf(tx, table.roundId);
    const entries = await entriesOf(tx, table.id);
    const minutes = {
      ballots: present(table.ballots, 'ballots'),
      spoiled: present(table.spoiled, 'spoiled'),
    };
    const own = pass === 3 ? settled(entries[1], entries[3]) : entries[pass];
    const isWhole =
      pass !== 3 || entries[3].length === numbersOf(manifest, table, 3, entries).length;
    if (!isWhole || !sumsHold(own, minutes)) return refuse('sums-differ');

    const finished = async (state: Finished['state']) => {
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'paper.keying-finished',
        subject: `round:${table.roundId}`,
        details: { table: table.number, pass, state },
      });
      return ok({ state });
    };
    if (pass !== 3) {
      await tx
        .update(paperTable)
        .set(pass === 1 ? { firstDone: true } : { secondDone: true })
        .where(eq(paperTable.id, table.id));
      const otherDone = pass === 1 ? table.secondDone : table.firstDone;
      if (!otherDone) return finished('keying');
      if (differingNumbers(manifest, table.groupId, entries[1], entries[2]).length > 0) {
        await tx
          .update(paperTable)
          .set({ state: 'arbitration' })
          .where(eq(paperTable.id, table.id));
        return finished('arbitration');
      }
    }
    await reconcile(tx, actor, { table, manifest, entries: own });
    return finished('reconciled');
  });
}

/** The pile is settled: its ballots leave for the public record, and nothing here changes any more. */
async function reconcile(
  tx: RegistryTransaction,
  actor: Actor,
  of: {
    readonly table: TableRow;
    readonly manifest: Manifest;
    readonly entries: readonly PaperEntry[];
  },
): Promise<void> {
  const { table } = of;
  await tx.update(paperTable).set({ state: 'reconciled' }).where(eq(paperTable.id, table.id));
  const queued = await queueRoundNote(tx, {
    roundId: table.roundId,
    id: `paper-ballots:${minutesId(table.number)}`,
    text: ballotsText(table, of.manifest, of.entries),
  });
  if (!queued.ok) throw new Error('the record was promised another pile of this table');
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'paper.reconciled',
    subject: `round:${table.roundId}`,
    details: { table: table.number, ballots: table.ballots, arbitrated: table.thirdBy !== null },
  });
}

function ballotsText(table: TableRow, manifest: Manifest, entries: readonly PaperEntry[]): string {
  const who = (staffId: string | null) =>
    officerPseudonym(table.roundId, present(staffId, 'officer'));
  // Sorted by their text: in which order the pile lay is nobody's business.
  const ballots = entries
    .flatMap(({ choices }) =>
      choices === null
        ? []
        : [{ group: table.groupId, choices: canonicalChoices(manifest, table.groupId, choices) }],
    )
    .map((ballot) => ({ ballot, text: JSON.stringify(ballot) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ ballot }) => ballot);
  return JSON.stringify(
    recordNote.parse({
      v: 1,
      type: 'paper-ballots',
      round: table.roundId,
      minutes: minutesId(table.number),
      keyedBy: [who(table.firstBy), who(table.secondBy)],
      arbitratedBy: table.thirdBy === null ? null : who(table.thirdBy),
      ballots,
    }),
  );
}
