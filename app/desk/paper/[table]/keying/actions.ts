'use server';

import { getLocale, getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { keyPaper } from '@/lib/assemblies/commands/key-paper';
import { paperNumberInput } from '@/lib/assemblies/input';
import { manifestOf } from '@/lib/assemblies/keying-queries';
import { paperTableById } from '@/lib/assemblies/queries';
import { readPaper } from '@/lib/assemblies/rules';
import { requirePermission } from '@/lib/auth/session';
import { pickText } from '@/lib/i18n/text';
import { contestsFor } from '@/lib/rounds/contests';
import { tablePage, tablesPage } from '../../addresses';
import type { KeyingState } from './state';

/** Saves one paper of the officer's own entry and leads to the next one. Safe to send again. */
export async function savePaper(
  tableId: string,
  _state: KeyingState,
  form: FormData,
): Promise<KeyingState> {
  const actor = await requirePermission('work-with-paper');
  const db = registry();
  const table = await paperTableById(db, tableId);
  if (table === null) redirect(tablesPage('no-table'));
  const [t, problems, locale, manifest] = await Promise.all([
    getTranslations('paper.keying.errors'),
    getTranslations('paper.problem'),
    getLocale(),
    manifestOf(db, table.roundId),
  ]);
  const number = paperNumberInput.safeParse(form.get('number'));
  if (!number.success) redirect(tablePage(tableId, 'keying'));
  const contests = contestsFor(manifest, table.groupId);
  const typed = Object.fromEntries(
    contests.map(({ id }) => {
      const value = form.get(id);
      return [id, typeof value === 'string' ? value.slice(0, 200) : ''];
    }),
  );
  const isVoid = form.get('void') === 'yes';
  const paper = readPaper(manifest, table.groupId, typed);
  if (!isVoid && Object.keys(paper.problems).length > 0) {
    const errors = contests.flatMap(({ id, title }) => {
      const problem = paper.problems[id];
      const contest = pickText(locale, title);
      return problem === undefined ? [] : [[id, t(problem, { contest })] as const];
    });
    return { typed, errors: Object.fromEntries(errors) };
  }
  const saved = await keyPaper(db, actor, {
    tableId,
    number: number.data,
    choices: isVoid ? null : paper.choices,
    replaces: form.get('replaces') === 'yes',
  });
  if (saved.ok) redirect(tablePage(tableId, 'keying'));
  const { checkedIn, papers, ballots, spoiled } = table;
  const figures = { checkIns: checkedIn, papers, ballots, spoiled };
  const words = Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [name, String(figure)]),
  );
  return { typed, errors: { form: problems(saved.reason, words) } };
}
