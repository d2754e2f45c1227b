import { randomBytes } from 'node:crypto';
import {
  and,
  eq,
  inArray,
  isNotNull,
  isNull,
  lt,
  notExists,
  notInArray,
  or,
  sql,
} from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import {
  approval,
  resident,
  rollAddition,
  rollEntry,
  rollImport,
  rollImportRow,
  round,
} from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse } from '@/lib/shared/result';
import { forgetIdentityCopies } from './copies';
import { removeSealedFile } from './import/sealed-file';
import { ROLL_ADDITION_KIND, ROLL_IMPORT_KIND } from './import/types';
import { uploadPath } from './import/work';

/**
 * What is kept of a roll, and until when: the file until its import is decided, rejected rows thirty
 * days more, people who are on no roll any more for the months that the municipality says.
 */

const REJECTED_ROWS_DAYS = 30;
/** Nobody goes on with an upload after a day; an import nobody decides on is given up. */
const CUT_UPLOAD_DAYS = 2;
const UNDECIDED_DAYS = 30;
const PEOPLE_AT_ONCE = 1000;

const DECIDED = ['applied', 'declined', 'withdrawn', 'failed'] as const;

/** Proposals that a second person turned down, or nobody decided in time. */
export async function settleProposals(db: RegistryDatabase): Promise<void> {
  const last = sql`(select a.decision from approval a
    where a.kind = ${ROLL_IMPORT_KIND} and a.subject = roll_import.id::text
    order by a.requested_at desc limit 1)`;
  const since = { changedAt: sql`now()` };
  const proposed = eq(rollImport.state, 'proposed');
  await db
    .update(rollImport)
    .set({ state: 'declined', decidedAt: sql`now()`, ...since })
    .where(and(proposed, sql`${last} = 'declined'`));
  // Whoever asked may look at it again, and ask again.
  await db
    .update(rollImport)
    .set({ state: 'previewed', ...since })
    .where(and(proposed, sql`${last} in ('withdrawn', 'expired')`));
  await db
    .update(rollAddition)
    .set({
      state: 'declined',
      decidedAt: sql`now()`,
      dniSealed: null,
      phoneSealed: null,
      phoneHash: null,
      nameSealed: null,
      nameHash: null,
    })
    .where(
      and(
        eq(rollAddition.state, 'proposed'),
        notExists(
          db
            .select({ one: sql`1` })
            .from(approval)
            .where(
              and(
                eq(approval.kind, ROLL_ADDITION_KIND),
                sql`${approval.subject} = roll_addition.id::text`,
                or(isNull(approval.decision), eq(approval.decision, 'approved')),
              ),
            ),
        ),
      ),
    );
}

/** Deletes the files of imports that are decided, and gives up those that nobody goes on with. */
export async function forgetFiles(db: RegistryDatabase, uploads: string): Promise<void> {
  await db
    .update(rollImport)
    .set({ state: 'withdrawn', decidedAt: sql`now()`, changedAt: sql`now()` })
    .where(
      or(
        and(
          eq(rollImport.state, 'uploading'),
          lt(rollImport.changedAt, sql`now() - make_interval(days => ${CUT_UPLOAD_DAYS})`),
        ),
        and(
          inArray(rollImport.state, ['mapping', 'previewed']),
          lt(rollImport.changedAt, sql`now() - make_interval(days => ${UNDECIDED_DAYS})`),
        ),
      ),
    );
  const kept = await db
    .select({ id: rollImport.id })
    .from(rollImport)
    .where(and(inArray(rollImport.state, [...DECIDED]), isNotNull(rollImport.fileKey)));
  for (const { id } of kept) {
    await removeSealedFile(uploadPath(uploads, id));
    await inTransaction(db, async (tx) => {
      // Without its key a copy of the file that a disk may still hold is noise.
      const [gone] = await tx
        .update(rollImport)
        .set({ fileKey: null, sampleSealed: null })
        .where(and(eq(rollImport.id, id), isNotNull(rollImport.fileKey)))
        .returning({ state: rollImport.state });
      if (gone === undefined) return refuse('already');
      await tx
        .delete(rollImportRow)
        .where(and(eq(rollImportRow.importId, id), isNull(rollImportRow.reason)));
      await recordAudit(tx, {
        actor: 'worker',
        action: 'roll.files-erased',
        subject: `roll-import:${id}`,
        details: { after: gone.state },
      });
      return ok(null);
    });
  }
}

/** Deletes the rows that were rejected and their headers, thirty days after their import was decided. */
export async function forgetRejectedRows(db: RegistryDatabase): Promise<void> {
  // Of imports from before headers were thought of: somebody's row may have stood in their place.
  await db
    .update(rollImport)
    .set({ headers: null })
    .where(and(isNotNull(rollImport.rowsErasedAt), isNotNull(rollImport.headers)));
  const due = await db
    .select({ id: rollImport.id })
    .from(rollImport)
    .where(
      and(
        inArray(rollImport.state, [...DECIDED]),
        isNull(rollImport.rowsErasedAt),
        lt(rollImport.decidedAt, sql`now() - make_interval(days => ${REJECTED_ROWS_DAYS})`),
      ),
    );
  for (const { id } of due) {
    await inTransaction(db, async (tx) => {
      const [marked] = await tx
        .update(rollImport)
        .set({ rowsErasedAt: sql`now()`, headers: null })
        .where(and(eq(rollImport.id, id), isNull(rollImport.rowsErasedAt)))
        .returning({ id: rollImport.id });
      if (marked === undefined) return refuse('already');
      const gone = await tx
        .delete(rollImportRow)
        .where(eq(rollImportRow.importId, id))
        .returning({ row: rollImportRow.rowNumber });
      await recordAudit(tx, {
        actor: 'worker',
        action: 'roll.rows-erased',
        subject: `roll-import:${id}`,
        details: { rows: gone.length },
      });
      return ok(null);
    });
  }
}

/** Rounds that still need the people on their roll: not published, or published a short while ago. */
function neededBy(tx: RegistryTransaction, months: number) {
  return tx
    .select({ one: sql`1` })
    .from(rollEntry)
    .innerJoin(round, eq(round.id, rollEntry.roundId))
    .where(
      and(
        eq(rollEntry.residentId, resident.id),
        or(
          notInArray(round.state, ['draft', 'published']),
          sql`${round.publishedAt} > now() - make_interval(months => ${months})`,
        ),
      ),
    );
}

/** Erases people who have been on no roll for as many months; how many in this portion. */
export async function eraseLeft(db: RegistryDatabase, months: number): Promise<number> {
  let erased = 0;
  await inTransaction(db, async (tx) => {
    const due = await tx
      .select({ id: resident.id })
      .from(resident)
      .where(
        and(
          isNull(resident.erasedAt),
          lt(resident.leftAt, sql`now() - make_interval(months => ${months})`),
          notExists(neededBy(tx, months)),
        ),
      )
      .limit(PEOPLE_AT_ONCE)
      .for('update', { skipLocked: true });
    erased = await erase(
      tx,
      due.map(({ id }) => id),
    );
    if (erased === 0) return refuse('nobody');
    await recordAudit(tx, {
      actor: 'worker',
      action: 'roll.people-erased',
      subject: 'roll',
      details: { people: erased, months },
    });
    return ok(null);
  });
  return erased;
}

async function erase(tx: RegistryTransaction, ids: readonly string[]): Promise<number> {
  await forgetIdentityCopies(tx, ids);
  for (const id of ids) {
    await tx
      .update(resident)
      .set({
        // Something random, so that nobody who knows the DNI finds the row, not even with the key.
        dniHash: randomBytes(32),
        dniLastTwo: '',
        phoneSealed: null,
        phoneHash: null,
        nameSealed: null,
        nameHash: null,
        leftAt: sql`coalesce(${resident.leftAt}, now())`,
        erasedAt: sql`now()`,
      })
      .where(eq(resident.id, id));
  }
  return ids.length;
}
