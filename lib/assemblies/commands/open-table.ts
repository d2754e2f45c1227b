import { and, eq, gt, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { paperTable, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { frozenManifest } from '@/lib/rounds/queries';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayWorkWithPaper } from '../policy';
import type { OpenTableRefusal } from '../types';

/** Opens a table that gives out paper ballots of one group. The same form sent twice opens one. */
export async function openTable(
  db: RegistryDatabase,
  actor: Actor,
  input: {
    readonly requestKey: string;
    readonly roundId: string;
    readonly groupId: string;
    readonly place: string;
    readonly papers: number;
  },
): Promise<Result<{ readonly id: string }, OpenTableRefusal>> {
  if (!mayWorkWithPaper(actor)) return refuse('not-allowed');
  return inTransaction<{ id: string }, OpenTableRefusal>(db, async (tx) => {
    // One at a time per round, so that numbers have no gaps; nothing opens while the round closes.
    const [open] = await tx
      .select({ manifestHash: round.manifestHash })
      .from(round)
      .where(
        and(eq(round.id, input.roundId), eq(round.state, 'open'), gt(round.closesAt, sql`now()`)),
      )
      .for('update');
    const [known] = await tx
      .select({ id: paperTable.id })
      .from(paperTable)
      .where(eq(paperTable.requestKey, input.requestKey));
    if (known !== undefined) return ok(known);
    if (open?.manifestHash == null) return refuse('round-not-open');
    const manifest = await frozenManifest(tx, input.roundId, open.manifestHash);
    if (!manifest.groups.some(({ id }) => id === input.groupId)) return refuse('unknown-group');
    const [last] = await tx
      .select({ number: sql<number>`coalesce(max(${paperTable.number}), 0)`.mapWith(Number) })
      .from(paperTable)
      .where(eq(paperTable.roundId, input.roundId));
    const number = (last?.number ?? 0) + 1;
    const [made] = await tx
      .insert(paperTable)
      .values({ ...input, number, openedBy: actor.id })
      .returning({ id: paperTable.id });
    if (made === undefined) throw new Error('no table came back');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'paper.table-opened',
      subject: `round:${input.roundId}`,
      details: { table: number, group: input.groupId, place: input.place, papers: input.papers },
    });
    return ok(made);
  });
}
