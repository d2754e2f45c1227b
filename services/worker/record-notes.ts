import { desc, eq } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { auditEntry, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { issuedByChannel } from '@/lib/credentials/queries';
import { recordNote, type RecordNote } from '@/lib/record/format';
import {
  markNoteSent,
  noteExists,
  queueRoundNote,
  unsentNotes,
  type RoundNote,
} from '@/lib/rounds/notes';
import { limaDay } from '@/lib/shared/lima';
import { ok } from '@/lib/shared/result';
import { checkAudit } from './audit-watch';
import type { BoxClient } from './box-client';

/**
 * What the registry says in the public record: the head of the audit chain once a Lima day, and at
 * the end the rights that were given out. Paper and tablets queue their own minutes.
 */

/** Notes that go with the seal and not before; the dot keeps them apart from every other id. */
const SEAL_PREFIX = 'seal.';
const SEAL_HEAD = `${SEAL_PREFIX}audit-head`;

/**
 * Queues today's audit head of a round unless today has one; the chain is checked before. Once the
 * seal has its head there are no more: that of a seal that was cut would come after a newer one.
 */
export async function queueAuditHead(
  db: RegistryDatabase,
  roundId: string,
  now: Date,
): Promise<void> {
  const day = limaDay(now);
  const id = `audit-head:${day}`;
  if ((await noteExists(db, roundId, id)) || (await noteExists(db, roundId, SEAL_HEAD))) return;
  await checkAudit(db);
  await queueOnce(db, roundId, id, async (tx) =>
    (await noteExists(tx, roundId, SEAL_HEAD)) ? null : auditHeadNote(tx, roundId, day),
  );
}

/** What goes with the seal: the same texts however often sealing is tried. */
export async function sealNotes(db: RegistryDatabase, roundId: string): Promise<RoundNote[]> {
  await queueOnce(db, roundId, `${SEAL_PREFIX}issuance`, async (tx) => ({
    v: 1,
    type: 'issuance',
    round: roundId,
    ...(await issuedByChannel(tx, roundId)),
  }));
  await checkAudit(db);
  await queueOnce(db, roundId, SEAL_HEAD, async (tx) =>
    auditHeadNote(tx, roundId, limaDay(await databaseNow(tx))),
  );
  return unsentNotes(db, roundId);
}

/** Sends what waits, but what belongs to the seal; throws while the box is away. */
export async function sendNotes(
  db: RegistryDatabase,
  box: BoxClient,
  roundId: string,
): Promise<void> {
  for (const note of await unsentNotes(db, roundId)) {
    if (note.id.startsWith(SEAL_PREFIX)) continue;
    await box.order({ type: 'note', round: roundId, text: note.text });
    await markNoteSent(db, note);
  }
}

async function queueOnce(
  db: RegistryDatabase,
  roundId: string,
  id: string,
  make: (tx: RegistryTransaction) => Promise<RecordNote | null>,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    // One after the other, so that a head that is queued later is never an older one.
    await tx.select({ id: round.id }).from(round).where(eq(round.id, roundId)).for('no key update');
    const made = await make(tx);
    if (made === null) return ok(null);
    const note = recordNote.parse(made);
    // The first text stays: a later try finds it, whatever it would have said itself.
    await queueRoundNote(tx, { roundId, id, text: JSON.stringify(note) });
    return ok(null);
  });
}

async function auditHeadNote(
  tx: RegistryTransaction,
  roundId: string,
  day: string,
): Promise<RecordNote> {
  const [head] = await tx
    .select({ seq: auditEntry.seq, hash: auditEntry.hash })
    .from(auditEntry)
    .orderBy(desc(auditEntry.seq))
    .limit(1);
  return {
    v: 1,
    type: 'audit-head',
    round: roundId,
    day,
    seq: head?.seq ?? 0,
    hash: (head?.hash ?? Buffer.alloc(32)).toString('hex'),
  };
}
