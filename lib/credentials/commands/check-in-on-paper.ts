import { and, eq, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { paperCheckIn, paperTable } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { countInShift, endTurn } from './in-shift';
import type { CheckInRefusal, Help } from '../desk';
import { mayServeAtDesk } from '../policy';
import { channelTaken, groupAtDesk, takeRight } from '../right';
import { auditHelp, recordHelp } from './record-help';

export interface CheckedIn {
  readonly stub: number;
  /** The same person at the same table again: the same stub, and no second ballot. */
  readonly isRepeated: boolean;
}

/**
 * Gives a paper ballot to a resident whose DNI was checked: takes the right, numbers the stub. One
 * table checks in one person at a time, so stubs have no gaps; the right is decided by its key.
 */
export async function checkInOnPaper(
  db: RegistryDatabase,
  actor: Actor,
  input: {
    readonly residentId: string;
    readonly tableId: string;
    /** Who marks the paper in the resident's name; nobody unless said. */
    readonly help?: Help | null;
  },
): Promise<Result<CheckedIn, CheckInRefusal>> {
  if (!mayServeAtDesk(actor)) return refuse('not-allowed');
  const { residentId, tableId, help = null } = input;
  return inTransaction<CheckedIn, CheckInRefusal>(db, async (tx) => {
    const [table] = await tx
      .select({
        roundId: paperTable.roundId,
        number: paperTable.number,
        groupId: paperTable.groupId,
        papers: paperTable.papers,
        state: paperTable.state,
      })
      .from(paperTable)
      .where(eq(paperTable.id, tableId))
      .for('update');
    if (table === undefined) return refuse('no-table');
    const of = { roundId: table.roundId, residentId };
    const repeated = await stubAt(tx, tableId, residentId);
    if (repeated !== null) return ok({ stub: repeated, isRepeated: true });
    if (table.state !== 'open') return refuse('table-closed');
    const group = await groupAtDesk(tx, of);
    if (!group.ok) return group;
    if (group.value.id !== table.groupId) return refuse('other-group');

    const right = { ...of, groupId: table.groupId, channel: 'paper', blindedHash: null } as const;
    if (!(await takeRight(tx, right))) {
      const channel = await channelTaken(tx, of);
      return refuse(`taken-${channel ?? 'phone'}`);
    }
    const helped = help === null ? ok(null) : await recordHelp(tx, actor, { ...of, ...help });
    if (!helped.ok) return helped;
    const stub = await nextStub(tx, tableId);
    if (stub > table.papers) return refuse('no-papers-left');
    await tx.insert(paperCheckIn).values({ ...of, tableId, stub });
    await countInShift(tx, actor.id, 'paper');
    await endTurn(tx, of, 'paper');
    // Last: who holds the end of the audit chain must wait for nobody, not for a shift either.
    await auditHelp(tx, actor, { roundId: table.roundId, help, place: helped.value });
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'paper.checked-in',
      subject: `round:${table.roundId}`,
      details: { table: table.number, stub },
    });
    return ok({ stub, isRepeated: false });
  });
}

async function stubAt(
  tx: RegistryTransaction,
  tableId: string,
  residentId: string,
): Promise<number | null> {
  const [row] = await tx
    .select({ stub: paperCheckIn.stub })
    .from(paperCheckIn)
    .where(and(eq(paperCheckIn.tableId, tableId), eq(paperCheckIn.residentId, residentId)));
  return row?.stub ?? null;
}

async function nextStub(tx: RegistryTransaction, tableId: string): Promise<number> {
  const [last] = await tx
    .select({ stub: sql<number>`coalesce(max(${paperCheckIn.stub}), 0)`.mapWith(Number) })
    .from(paperCheckIn)
    .where(eq(paperCheckIn.tableId, tableId));
  return (last?.stub ?? 0) + 1;
}
