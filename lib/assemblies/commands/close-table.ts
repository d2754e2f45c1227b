import { createHash } from 'node:crypto';
import { and, count, eq, inArray } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { paperCheckIn, paperPhoto, paperTable, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { recordNote } from '@/lib/record/format';
import { queueRoundNote } from '@/lib/rounds/notes';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { readPhoto } from '../photo';
import { mayWorkWithPaper } from '../policy';
import { minutesId, problemOfMinutes } from '../rules';
import { lockTable, type TableRow } from '../table-row';
import type { CloseTableRefusal, MinutesFigures } from '../types';

/**
 * Closes a table with its minutes and the photo of the signed sheet. The minutes leave for the public
 * record with this act, before anybody keys a paper, so that the count cannot be fitted afterwards.
 * The same minutes again are fine; others are refused.
 */
export async function closeTable(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly tableId: string; readonly minutes: MinutesFigures; readonly photo: Uint8Array },
): Promise<Result<null, CloseTableRefusal>> {
  if (!mayWorkWithPaper(actor)) return refuse('not-allowed');
  const { minutes } = input;
  const read = await readPhoto(input.photo);
  if (!read.ok) return read;
  const { content: photo, mediaType } = read.value;
  const photoSha256 = createHash('sha256').update(photo).digest();

  return inTransaction<null, CloseTableRefusal>(db, async (tx) => {
    const table = await lockTable(tx, input.tableId);
    if (table === null) return refuse('no-table');
    if (table.state !== 'open') {
      return isSame(table, minutes, photoSha256) ? ok(null) : refuse('already-closed');
    }
    const [taking] = await tx
      .select({ id: round.id })
      .from(round)
      .where(and(eq(round.id, table.roundId), inArray(round.state, ['open', 'closing'])));
    if (taking === undefined) return refuse('record-sealed');
    const [checked] = await tx
      .select({ people: count() })
      .from(paperCheckIn)
      .where(eq(paperCheckIn.tableId, table.id));
    const known = { papers: table.papers, checkedIn: checked?.people ?? 0 };
    const problem = problemOfMinutes(minutes, known);
    if (problem !== null) return refuse(problem);

    await tx
      .update(paperTable)
      .set({ state: 'closed', closedBy: actor.id, ...minutes, photoSha256 })
      .where(eq(paperTable.id, table.id));
    await tx.insert(paperPhoto).values({ tableId: table.id, mediaType, content: photo });
    const queued = await queueRoundNote(tx, {
      roundId: table.roundId,
      id: `paper-minutes:${minutesId(table.number)}`,
      text: minutesText(table, minutes, photoSha256),
    });
    if (!queued.ok) throw new Error('the record was promised other minutes of this table');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'paper.minutes-closed',
      subject: `round:${table.roundId}`,
      details: { table: table.number, ...minutes, photoSha256: photoSha256.toString('hex') },
    });
    return ok(null);
  });
}

function isSame(table: TableRow, minutes: MinutesFigures, photoSha256: Buffer): boolean {
  return (
    table.checkIns === minutes.checkIns &&
    table.ballots === minutes.ballots &&
    table.spoiled === minutes.spoiled &&
    table.unused === minutes.unused &&
    table.photoSha256?.equals(photoSha256) === true
  );
}

function minutesText(table: TableRow, minutes: MinutesFigures, photoSha256: Buffer): string {
  const { checkIns, ballots, spoiled, unused } = minutes;
  return JSON.stringify(
    recordNote.parse({
      v: 1,
      type: 'paper-minutes',
      round: table.roundId,
      minutes: minutesId(table.number),
      group: table.groupId,
      place: table.place,
      checkIns,
      ballots,
      spoiled,
      unused,
      photoSha256: photoSha256.toString('hex'),
    }),
  );
}
