import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { rollImport } from '@/db/registry/schema';
import { defineKind } from '@/lib/approvals/kind';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse } from '@/lib/shared/result';
import { currentRollVersion } from '../versions';
import { ROLL_IMPORT_KIND } from './types';

const payload = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The version of the roll that the preview was compared with. */
  baseVersion: z.number().int().min(0),
  accepted: z.number().int().min(0),
  rejected: z.number().int().min(0),
});

/** Putting a file onto the roll: one proposes it, another says yes, and the worker does it. */
export const rollImportKind = defineKind({
  kind: ROLL_IMPORT_KIND,
  payload,
  mayAsk: 'import-roll',
  mayDecide: 'approve-roll',
  days: 7,
  auditSubject: (subject) => `roll-import:${subject}`,
  describe: async (db, { subject }) => {
    const [row] = await db
      .select({
        name: rollImport.fileName,
        accepted: rollImport.rowsAccepted,
        rejected: rollImport.rowsRejected,
        preview: rollImport.preview,
      })
      .from(rollImport)
      .where(eq(rollImport.id, subject));
    // As people read large numbers here: 12 500.
    const words = (value: number): string => value.toString().replace(/\B(?=(\d{3})+$)/g, '\u00a0');
    const figure = (name: string): string => words(Number(row?.preview?.[name] ?? 0));
    return {
      name: row?.name ?? '',
      accepted: words(row?.accepted ?? 0),
      rejected: words(row?.rejected ?? 0),
      joined: figure('joined'),
      left: figure('left'),
      after: figure('after'),
      href: `/admin/roll/${subject}`,
    };
  },
  run: async (tx, { subject, payload: seen, decidedBy }) => {
    if (seen.baseVersion !== (await currentRollVersion(tx))) return refuse('roll-changed');
    const [approved] = await tx
      .update(rollImport)
      .set({ state: 'applying', changedAt: sql`now()` })
      .where(
        and(
          eq(rollImport.id, subject),
          eq(rollImport.state, 'proposed'),
          eq(rollImport.fileSha256, Buffer.from(seen.sha256, 'hex')),
          eq(rollImport.baseVersion, seen.baseVersion),
          eq(rollImport.rowsAccepted, seen.accepted),
        ),
      )
      .returning({ id: rollImport.id });
    if (approved === undefined) return refuse('wrong-state');
    await recordAudit(tx, {
      actor: `staff:${decidedBy.id}`,
      action: 'roll.approved',
      subject: `roll-import:${subject}`,
      details: { sha256: seen.sha256 },
    });
    return ok(null);
  },
});
