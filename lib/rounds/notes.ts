import 'server-only';
import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Registry, RegistryTransaction } from '@/db/registry/client';
import { roundNote } from '@/db/registry/schema';
import { ok, refuse, type Result } from '@/lib/shared/result';

/**
 * What is to stand in the public record of a round. Whoever acts queues the exact text in the
 * transaction of the act; the worker sends it to the ballot box, again and again until it is there.
 */
export interface RoundNote {
  readonly roundId: string;
  /** Unique in the round: `audit-head:2026-11-23`, `paper-minutes:mesa-3`. */
  readonly id: string;
  /** Exact JSON text of a note of the record (lib/record/format). */
  readonly text: string;
}

/** Queues a note; the same one again changes nothing, another text under its id is refused. */
export async function queueRoundNote(
  tx: RegistryTransaction,
  note: RoundNote,
): Promise<Result<null, 'other-text'>> {
  await tx.insert(roundNote).values(note).onConflictDoNothing();
  const [kept] = await tx
    .select({ text: roundNote.text })
    .from(roundNote)
    .where(and(eq(roundNote.roundId, note.roundId), eq(roundNote.id, note.id)));
  return kept?.text === note.text ? ok(null) : refuse('other-text');
}

export async function noteExists(db: Registry, roundId: string, id: string): Promise<boolean> {
  const [kept] = await db
    .select({ id: roundNote.id })
    .from(roundNote)
    .where(and(eq(roundNote.roundId, roundId), eq(roundNote.id, id)));
  return kept !== undefined;
}

/** Whether the ballot box has it: from then on nobody can change it unseen. */
export async function noteIsRecorded(db: Registry, roundId: string, id: string): Promise<boolean> {
  const [sent] = await db
    .select({ id: roundNote.id })
    .from(roundNote)
    .where(and(eq(roundNote.roundId, roundId), eq(roundNote.id, id), isNotNull(roundNote.sentAt)));
  return sent !== undefined;
}

export async function unsentNotes(db: Registry, roundId: string): Promise<RoundNote[]> {
  return db
    .select({ roundId: roundNote.roundId, id: roundNote.id, text: roundNote.text })
    .from(roundNote)
    .where(and(eq(roundNote.roundId, roundId), isNull(roundNote.sentAt)))
    .orderBy(asc(roundNote.id));
}

export async function markNoteSent(db: Registry, note: RoundNote): Promise<void> {
  await db
    .update(roundNote)
    .set({ sentAt: sql`now()` })
    .where(
      and(eq(roundNote.roundId, note.roundId), eq(roundNote.id, note.id), isNull(roundNote.sentAt)),
    );
}
