import { and, desc, eq } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { auditEntry } from '@/db/registry/schema';
import type { Actor } from '@/lib/auth/actor';
import { noteProgress, recordClosed } from '@/lib/rounds/commands/advance-round';
import { markNoteSent } from '@/lib/rounds/notes';
import { frozenManifest } from '@/lib/rounds/queries';
import type { RoundDetail } from '@/lib/rounds/types';
import { present } from '@/lib/shared/assert';
import type { BoxClient } from './box-client';
import { forgetIssuerKey } from './keys';
import { sealNotes, sendNotes } from './record-notes';
import { StepFailure } from './step-failure';

interface ClosingContext {
  readonly db: RegistryDatabase;
  readonly box: BoxClient;
  readonly keysFolder: string;
  paperPending(
    db: RegistryDatabase,
    roundId: string,
  ): Promise<{ minutes: number; tablets: number }>;
}

/**
 * Ends the voting, waits until the last paper is keyed and the last tablet has told its ballots, and
 * seals the record. Every part can be repeated; while paper is pending the state stays.
 */
export async function closeAndSeal(
  context: ClosingContext,
  actor: Actor,
  of: RoundDetail,
): Promise<void> {
  const { db, box } = context;
  const reason = await closingReason(db, of.id);
  // Waiting for paper can take days: the box is not asked again every second.
  if (of.jobNote !== 'closing-paper') {
    await noteProgress(db, of.id, 'closing-box', 20);
    await box.order({ type: 'close', round: of.id, reason });
    const manifest = await frozenManifest(db, of.id, present(of.manifestHash, 'manifest hash'));
    // A key that can sign nothing legitimate any more can only be misused.
    for (const group of manifest.groups) await forgetIssuerKey(context.keysFolder, of.id, group.id);
  }
  await sendNotes(db, box, of.id);
  const pending = await context.paperPending(db, of.id);
  if (pending.minutes + pending.tablets > 0) {
    if (of.jobNote !== 'closing-paper') await noteProgress(db, of.id, 'closing-paper', 40);
    return;
  }
  await noteProgress(db, of.id, 'closing-seal', 70);
  const notes = await sealNotes(db, of.id);
  await box.order({ type: 'seal', round: of.id, reason, notes: notes.map((note) => note.text) });
  const final = await box.round(of.id);
  if (final.state !== 'sealed' || final.ballots === undefined) {
    throw new StepFailure('failed-box-refused', { state: final.state });
  }
  for (const note of notes) await markNoteSent(db, note);
  await recordClosed(db, actor, { roundId: of.id, ballots: final.ballots });
}

/** The reason the public record keeps: what the administrator wrote, or that the hour had come. */
async function closingReason(db: RegistryDatabase, roundId: string): Promise<string> {
  const [entry] = await db
    .select({ details: auditEntry.details })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.subject, `round:${roundId}`),
        eq(auditEntry.action, 'round.close-requested'),
      ),
    )
    .orderBy(desc(auditEntry.seq))
    .limit(1);
  const reason = entry?.details['reason'];
  return typeof reason === 'string' ? reason : 'scheduled';
}
