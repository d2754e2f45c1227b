'use server';

import { notFound, redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { beginKeying, discardEntry } from '@/lib/assemblies/commands/begin-keying';
import { finishKeying } from '@/lib/assemblies/commands/finish-keying';
import { openTable } from '@/lib/assemblies/commands/open-table';
import { openTableInput, reasonInput } from '@/lib/assemblies/input';
import { paperTableById } from '@/lib/assemblies/queries';
import { requirePermission } from '@/lib/auth/session';
import { checkInOnPaper } from '@/lib/credentials/commands/check-in-on-paper';
import { checkBound } from '../bound';
import { personLookedUp } from '../look-up';
import { tablePage, tablesPage } from './addresses';

/** The votes of a table are keyed twice. */
const PASSES: readonly unknown[] = [1, 2];

/** The forms of paper: each works without JavaScript, and can be sent again without harm. */

export async function openPaperTable(form: FormData): Promise<never> {
  const actor = await requirePermission('work-with-paper');
  const fields = ['requestKey', 'roundId', 'groupId', 'place', 'papers'] as const;
  const input = openTableInput.safeParse(
    Object.fromEntries(fields.map((field) => [field, form.get(field)])),
  );
  if (!input.success) redirect(tablesPage('form'));
  const opened = await openTable(registry(), actor, input.data);
  if (!opened.ok) redirect(tablesPage(opened.reason));
  redirect(tablePage(opened.value.id));
}

export async function checkIn(tableId: string, form: FormData): Promise<never> {
  const actor = await requirePermission('work-with-paper');
  checkBound([tableId], { form });
  const db = registry();
  const table = await paperTableById(db, tableId);
  if (table === null) redirect(tablesPage('no-table'));
  const residentId = await personLookedUp(actor, form, table.roundId, (problem) =>
    tablePage(tableId, undefined, problem === undefined ? {} : { problema: problem }),
  );
  const checked = await checkInOnPaper(db, actor, { residentId, tableId });
  if (!checked.ok) redirect(tablePage(tableId, undefined, { problema: checked.reason }));
  const { stub, isRepeated } = checked.value;
  const says = { [isRepeated ? 'repetido' : 'talon']: String(stub) };
  redirect(tablePage(tableId, undefined, says));
}

export async function beginToKey(tableId: string): Promise<never> {
  const actor = await requirePermission('work-with-paper');
  checkBound([tableId]);
  const begun = await beginKeying(registry(), actor, { tableId });
  if (!begun.ok) redirect(tablePage(tableId, undefined, { problema: begun.reason }));
  redirect(tablePage(tableId, 'keying'));
}

export async function finishToKey(tableId: string): Promise<never> {
  const actor = await requirePermission('work-with-paper');
  checkBound([tableId]);
  const finished = await finishKeying(registry(), actor, { tableId });
  if (!finished.ok) redirect(tablePage(tableId, 'keying', { problema: finished.reason }));
  redirect(tablePage(tableId, undefined, { termino: finished.value.state }));
}

export async function discardOneEntry(
  tableId: string,
  pass: 1 | 2,
  form: FormData,
): Promise<never> {
  const actor = await requirePermission('work-with-paper', 'discard-paper-entries');
  checkBound([tableId], { form });
  if (!PASSES.includes(pass)) notFound();
  const reason = reasonInput.safeParse(form.get('reason'));
  if (!reason.success) redirect(tablePage(tableId, undefined, { problema: 'reason-needed' }));
  const done = await discardEntry(registry(), actor, { tableId, pass, reason: reason.data });
  redirect(tablePage(tableId, undefined, done.ok ? {} : { problema: done.reason }));
}
