import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { planDocument, planItem, planRow } from '@/db/registry/schema';
import type { Actor } from '@/lib/auth/actor';
import { freshRegistry } from '@/services/supervisor/test-support';
import { editGoalIndicator, editPlanText, importPlan, loadShippedPlan } from './commands';
import { plan } from './fixtures/plan';
import {
  importedDocument,
  planByDimension,
  planRowDetail,
  planTextForEditor,
  storedTexts,
  votableRows,
} from './queries';

let registry: Awaited<ReturnType<typeof freshRegistry>>;
beforeAll(async () => {
  registry = await freshRegistry();
});
afterAll(async () => {
  await registry.drop();
});
beforeEach(async () => {
  await registry.owner`truncate plan_document, dimension cascade`;
});

const OPERATOR: Actor = { kind: 'operator' };
const FIRST = 'Hay robos.\t<p>Iluminar las calles.</p><p>Formar rondas.</p>\tCalles seguras.';
const SECOND = 'Hay ruido.\tMedir el ruido.\tNoches tranquilas.';

async function bring(lines: string[], actor: Actor = OPERATOR) {
  const document = new TextEncoder().encode(plan(lines));
  return importPlan(registry.db, actor, { document, sourceName: 'plan.txt' });
}

async function changesOf(lines: string[]) {
  const imported = await bring(lines);
  if (!imported.ok) throw new Error(imported.reason);
  return imported.value.differences.list.map(({ kind, code }) => `${kind} ${code}`);
}

const items = async () => registry.db.select().from(planItem).orderBy(planItem.code);
const item = async (code: string) =>
  (await registry.db.select().from(planItem).where(eq(planItem.code, code)))[0]!;
const audits = async () =>
  registry.sql<
    { n: number }[]
  >`select count(*)::int as n from audit_entry where action like 'plan.%'`;

const WORDS = {
  titleEs: 'Luz en cada esquina',
  titleEn: 'Light on every corner',
  summaryEs: 'Postes que alumbren.',
  summaryEn: 'Lamp posts that work.',
};

describe('importing a plan', () => {
  it('keeps the official texts, the document and one audit entry', async () => {
    const before = (await audits())[0]!.n;
    const imported = await bring([FIRST]);
    expect(imported.ok).toBe(true);
    expect((await item('SOC-1-O2')).officialText).toBe('Formar rondas.');
    expect((await item('SOC-1-O2')).titleEs).toBe('Formar rondas');
    expect(await importedDocument(registry.db)).toMatchObject({
      title: 'PLAN DE GOBIERNO DE LA PROVINCIA DE LAS NUBES',
      visionYear: 2029,
      goalYear: 2030,
      sourceName: 'plan.txt',
      warnings: [],
    });
    expect((await audits())[0]!.n).toBe(before + 1);
  });

  it('changes nothing the second time and duplicates nothing', async () => {
    await bring([FIRST]);
    const before = await items();
    expect(await changesOf([FIRST])).toEqual([]);
    expect(await items()).toEqual(before);
    expect(await registry.db.select().from(planDocument)).toHaveLength(1);
  });

  it('keeps the titles an editor wrote and replaces the official text under them', async () => {
    await bring([FIRST]);
    await editPlanText(registry.db, OPERATOR, { code: 'SOC-1-O1', ...WORDS });
    expect(await changesOf([FIRST.replace('Iluminar las', 'Iluminar todas las')])).toEqual([
      'changed SOC-1-O1',
    ]);
    expect(await item('SOC-1-O1')).toMatchObject({
      ...WORDS,
      officialText: 'Iluminar todas las calles.',
    });
  });

  it('keeps what left the document, flagged, and takes it back when it returns', async () => {
    await bring([FIRST, SECOND]);
    expect(await changesOf([FIRST])).toEqual(['gone SOC-2-P1', 'gone SOC-2-O1', 'gone SOC-2-M1']);
    expect(await item('SOC-2-O1')).toMatchObject({
      inDocument: false,
      officialText: 'Medir el ruido.',
    });
    expect((await votableRows(registry.db)).map(({ code }) => code)).not.toContain('SOC-2');
    expect(
      (await planByDimension(registry.db, ['eligible']))[0]?.rows.map(({ code }) => code),
    ).toEqual(['SOC-1', 'SOC-2']);
    expect(await changesOf([FIRST, SECOND])).toEqual([
      'new SOC-2-P1',
      'new SOC-2-O1',
      'new SOC-2-M1',
    ]);
    expect((await item('SOC-2-O1')).inDocument).toBe(true);
  });

  it('links the goal of a merged cell, and only while the document says so', async () => {
    const merged = [
      'Hay ruido.\tMedir el ruido.\tUna red de desagüe completa.',
      'La red de desagüe no alcanza.\tTender tuberías.\t',
    ];
    await bring(merged);
    const goals = async () => (await planRowDetail(registry.db, 'SOC-2'))?.linkedGoals;
    expect((await goals())?.map(({ code }) => code)).toEqual(['SOC-1-M1']);
    await bring([merged[0]!, `${merged[1]!}Desagüe para todos.`]);
    expect(await goals()).toEqual([]);
  });

  it('leaves everything as it was when the file is no plan', async () => {
    await bring([FIRST]);
    const before = await items();
    const refused = await importPlan(registry.db, OPERATOR, {
      document: new TextEncoder().encode('%PDF-1.7'),
      sourceName: 'plan.pdf',
    });
    expect(refused).toEqual({ ok: false, reason: 'pdf' });
    expect(await items()).toEqual(before);
  });

  it('leaves nothing half-imported when the database fails in the middle', async () => {
    await bring([FIRST]);
    const before = await storedTexts(registry.db);
    await registry.owner`alter table plan_document add constraint no_more check (source_name <> 'plan.txt') not valid`;
    await expect(bring([SECOND])).rejects.toThrow();
    await registry.owner`alter table plan_document drop constraint no_more`;
    expect(await storedTexts(registry.db)).toEqual(before);
  });

  it('gives the same plan when two people import at once', async () => {
    const results = await Promise.all([bring([FIRST]), bring([FIRST, SECOND]), bring([FIRST])]);
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true]);
    const codes = (await items()).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('is for administrators, the operator and the system', async () => {
    const councillor: Actor = {
      kind: 'staff',
      id: 'c1',
      displayName: 'Regidora',
      roles: ['councillor'],
    };
    expect(await bring([FIRST], councillor)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await editPlanText(registry.db, councillor, { code: 'SOC-1-O1', ...WORDS })).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    expect(await items()).toEqual([]);
  });
});

describe('the words the project ships', () => {
  it('fill the plan before any document, twice without harm', async () => {
    await loadShippedPlan(registry.db, { kind: 'system' });
    await loadShippedPlan(registry.db, { kind: 'system' });
    expect(await items()).toHaveLength(86);
    expect(await votableRows(registry.db)).toHaveLength(12);
    expect(await item('INS-2-M1')).toMatchObject({ feedbackRole: 'primary', officialText: null });
  });

  it('do not land on another municipality’s document', async () => {
    await bring([FIRST]);
    await loadShippedPlan(registry.db, { kind: 'system' });
    expect((await item('SOC-1-O1')).titleEs).toBe('Iluminar las calles');
    expect((await votableRows(registry.db)).map(({ code }) => code)).toEqual([
      'SOC-1',
      'ECO-1',
      'AMB-1',
      'INS-1',
    ]);
  });
});

describe('editing', () => {
  it('changes a row’s words and says so in the audit, never its official texts', async () => {
    await bring([FIRST]);
    const before = (await audits())[0]!.n;
    const edited = await editPlanText(registry.db, OPERATOR, {
      code: 'SOC-1',
      labelEs: 'Calles seguras',
      labelEn: 'Safe streets',
      ...WORDS,
    });
    expect(edited.ok).toBe(true);
    const [row] = await registry.db.select().from(planRow).where(eq(planRow.code, 'SOC-1'));
    expect(row).toMatchObject({ labelEs: 'Calles seguras', titleEs: WORDS.titleEs });
    expect((await audits())[0]!.n).toBe(before + 1);
    expect((await planTextForEditor(registry.db, 'SOC-1'))?.edited).toBe(true);
  });

  it('refuses a row without its label and a code nobody knows', async () => {
    await bring([FIRST]);
    expect(await editPlanText(registry.db, OPERATOR, { code: 'SOC-1', ...WORDS })).toEqual({
      ok: false,
      reason: 'incomplete-row',
    });
    expect(await editPlanText(registry.db, OPERATOR, { code: 'SOC-1-O9', ...WORDS })).toEqual({
      ok: false,
      reason: 'unknown-code',
    });
  });

  it('gives a goal its indicator, and an import leaves it there', async () => {
    await bring([FIRST]);
    const indicator = {
      indicator: 'Robos por cada mil vecinos',
      baseline: '12',
      targetValue: '6',
      targetYear: 2030,
      indicatorSource: 'Encuesta municipal',
    };
    await editGoalIndicator(registry.db, OPERATOR, { code: 'SOC-1-M1', ...indicator });
    await bring([FIRST]);
    expect(await item('SOC-1-M1')).toMatchObject(indicator);
  });
});
