import { describe, expect, it } from 'vitest';
import { FIRST_SOCIAL_LINE, HEADER, plan } from './fixtures/plan';
import { parsePlan } from './parse';
import type { ParsedPlan, PlanRow, WarningKind } from './types';

function read(document: string | Uint8Array): ParsedPlan {
  const parsed = parsePlan(document);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

function social(...lines: string[]): PlanRow[] {
  return [...read(plan(lines)).dimensions[0]!.rows];
}

const textsOf = (list: readonly { text: string }[] | undefined) => list?.map(({ text }) => text);
const kinds = (parsed: ParsedPlan, kind: WarningKind) =>
  parsed.warnings.filter((warning) => warning.kind === kind);

describe('tables inside prose (quirks 1, 2, 3, 17)', () => {
  it('reads only lines with two tabs, under the repeated header row', () => {
    const parsed = read(plan(['Hay robos.\tIluminar las calles.\tCalles seguras.']));
    expect(parsed.dimensions.map(({ id, rows }) => [id, rows.length])).toEqual([
      ['SOC', 1],
      ['ECO', 1],
      ['AMB', 1],
      ['INS', 1],
    ]);
    expect(parsed.warnings).toEqual([]);
    expect(parsed.dimensions[1]?.introduction).toEqual(['Esta parte trata del trabajo.']);
  });

  it('continues a row over a page break and starts a new one after a blank line alone', () => {
    const rows = social(
      'Hay robos.\tIluminar las calles.\tCalles seguras.',
      '',
      '\tFormar rondas vecinales.\t',
      '',
      'Hay ruido.\tMedir el ruido.\tNoches tranquilas.',
    );
    expect(rows.map(({ sourceLines }) => sourceLines)).toEqual([
      [FIRST_SOCIAL_LINE, FIRST_SOCIAL_LINE + 2],
      [FIRST_SOCIAL_LINE + 4],
    ]);
    expect(textsOf(rows[0]?.objectives)).toEqual([
      'Iluminar las calles.',
      'Formar rondas vecinales.',
    ]);
  });

  it('passes over separators after a row and repeated headers without ending the row', () => {
    const rows = social(
      'Hay robos.\tIluminar las calles.\tCalles seguras.',
      '--\t------------\t-----',
      '',
      HEADER,
      '\tFormar rondas vecinales.\t',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.objectives).toHaveLength(2);
  });

  it('takes title, introduction, vision, citation and horizons from the preamble', () => {
    const parsed = read(plan(['Hay robos.\tIluminar las calles.\tCalles seguras.']));
    expect(parsed.title).toBe('PLAN DE GOBIERNO DE LA PROVINCIA DE LAS NUBES');
    expect(parsed.introduction).toEqual(['Este plan recoge lo que se habló en los barrios.']);
    expect(parsed.vision?.paragraphs).toEqual([
      '“Una provincia que camina junta.',
      'Con agua, trabajo y alegría”.',
    ]);
    expect(parsed.citation).toMatch(/^\(Plan concertado 2019-2029.*mayo\)$/);
    expect(parsed.horizons.vision?.year).toBe(2029);
    expect(parsed.horizons.goals?.year).toBe(2030);
  });

  it('finds the columns by their titles when a plan orders them otherwise', () => {
    const document = plan([]).replace(
      HEADER,
      'Metas\tProblemas identificados\tObjetivos estratégicos\nCalles seguras.\tHay robos.\tIluminar las calles.',
    );
    const row = read(document).dimensions[0]?.rows[0];
    expect(textsOf(row?.problems)).toEqual(['Hay robos.']);
    expect(textsOf(row?.goals)).toEqual(['Calles seguras.']);
  });
});

describe('sentences cut by a page break (quirks 4, 12)', () => {
  it('joins a goal without a final stop with one that goes on in lower case', () => {
    const [row] = social(
      'Hay robos.\tIluminar las calles.\t<p>Barrios con luz en la</p>',
      '',
      '\tFormar rondas.\t<p>calle y en el parque.</p> <p>Patrullas de noche.</p>',
    );
    expect(textsOf(row?.goals)).toEqual([
      'Barrios con luz en la calle y en el parque.',
      'Patrullas de noche.',
    ]);
    expect(row?.goals[0]?.lines).toEqual([FIRST_SOCIAL_LINE, FIRST_SOCIAL_LINE + 2]);
    expect(row?.goals[0]?.fragments).toEqual(['Barrios con luz en la', 'calle y en el parque.']);
  });

  it.each([
    ['a final stop on the left', 'Barrios con luz.', 'calles limpias.'],
    ['a capital on the right', 'Barrios con luz', 'Calles limpias.'],
    ['a bullet on the right', 'Barrios con luz', '-calles limpias.'],
  ])('does not join over %s', (_why, left, right) => {
    const [row] = social(`Hay robos.\tIluminar.\t${left}`, '', `\tFormar rondas.\t${right}`);
    expect(row?.goals).toHaveLength(2);
  });

  it('joins a problem cut in mid sentence instead of starting a row', () => {
    const rows = social(
      'Hay poca luz en las\tIluminar las calles.\tCalles seguras.',
      '',
      'plazas y en los parques.\tFormar rondas.\t',
    );
    expect(rows).toHaveLength(1);
    expect(textsOf(rows[0]?.problems)).toEqual(['Hay poca luz en las plazas y en los parques.']);
  });

  it('flags a text that ends in a comma or in a word that asks for more', () => {
    const parsed = read(plan(['Parques sucios,\tLimpiar los parques.\tParques para']));
    const [row] = parsed.dimensions[0]!.rows;
    expect(row?.problems[0]?.truncated).toBe(true);
    expect(row?.objectives[0]?.truncated).toBe(false);
    expect(row?.goals[0]?.truncated).toBe(true);
    expect(kinds(parsed, 'truncated-text').map(({ ids }) => ids)).toEqual([
      ['SOC-1-P1'],
      ['SOC-1-M1'],
    ]);
  });
});

describe('lists and paragraphs (quirks 5, 6)', () => {
  it('splits bullets glued to the previous full stop', () => {
    const [row] = social(
      'P.\t<ul style="x: y">-Abrir talleres.-Cuidar el agua. - Sembrar\t-Uno.-Dos.',
    );
    expect(textsOf(row?.objectives)).toEqual(['Abrir talleres.', 'Cuidar el agua.', 'Sembrar']);
    expect(textsOf(row?.goals)).toEqual(['Uno.', 'Dos.']);
    expect(row?.objectives[0]?.markup).toBe('bullet');
  });

  it.each([
    'Apoyar el desarrollo socio-económico y el re-uso del agua.',
    'Promover alianzas público – público y público-privado.',
    'Asfaltar la carretera Yanama-Chacra y la vía Yanama - Chacra.',
    'Bajar la anemia -hoy en 40 %- con hierro.',
  ])('keeps the hyphens inside "%s"', (sentence) => {
    const [row] = social(`P.\t<ul>-${sentence}\tM.`);
    expect(textsOf(row?.objectives)).toEqual([sentence]);
  });

  it('splits items that no full stop ends when a bullet starts with a capital', () => {
    const [row] = social(
      'P.\t<ul> - Abrir talleres de oficio - Cuidar el agua -Sembrar queñua\tM.',
    );
    expect(textsOf(row?.objectives)).toEqual([
      'Abrir talleres de oficio',
      'Cuidar el agua',
      'Sembrar queñua',
    ]);
  });

  it('reads paragraphs, list items, line breaks, round bullets and numbers', () => {
    const [row] = social(
      '<p>Uno.</p><p>Dos.</p>\t<ul><li>Abrir <b>talleres</b>.</li><li>Cuidar el agua.</ul>\t1. Luz. 2. Agua.',
      '',
      '\t• Sembrar.• Regar.<br>Podar.\ta) Casas. b) Pistas.',
    );
    expect(textsOf(row?.problems)).toEqual(['Uno.', 'Dos.']);
    expect(textsOf(row?.objectives)).toEqual([
      'Abrir talleres.',
      'Cuidar el agua.',
      'Sembrar.',
      'Regar.',
      'Podar.',
    ]);
    expect(textsOf(row?.goals)).toEqual(['Luz.', 'Agua.', 'Casas.', 'Pistas.']);
    expect(row?.problems[0]?.markup).toBe('p');
  });
});

describe('headings and actions (quirks 7, 8, 9)', () => {
  it('groups objectives under a subheading, also over a page break', () => {
    const parsed = read(
      plan([
        'P.\t<p>Abrir ferias.</p><p>En relación al agua:</p><p>Cuidar los ríos.</p>\tM.',
        '',
        '\t<p>Sembrar agua.</p><p>En cuanto a los bosques: Plantar queñuas. Regar los viveros.</p>\t',
      ]),
    );
    const objectives = parsed.dimensions[0]!.rows[0]!.objectives;
    expect(
      objectives.map(({ text, heading, headingCarriedOver, splitFromUnit }) => [
        text,
        heading,
        headingCarriedOver,
        splitFromUnit,
      ]),
    ).toEqual([
      ['Abrir ferias.', null, false, false],
      ['Cuidar los ríos.', 'En relación al agua:', false, false],
      ['Sembrar agua.', 'En relación al agua:', true, false],
      ['Plantar queñuas.', 'En cuanto a los bosques:', false, true],
      ['Regar los viveros.', 'En cuanto a los bosques:', false, true],
    ]);
    expect(parsed.dimensions[0]!.rows[0]!.headings.map(({ inline }) => inline)).toEqual([
      false,
      true,
    ]);
    expect(kinds(parsed, 'carried-heading')).toMatchObject([{ ids: ['SOC-1-O3'] }]);
  });

  it('keeps a lead-in apart and a sentence with the same opening as an objective', () => {
    const [row] = social(
      'P.\t<p>Para resolver esto proponemos:</p><p>Una feria.</p><p>Para resolver esto proponemos una feria más.</p>\tM.',
    );
    expect(textsOf(row?.objectives)).toEqual([
      'Una feria.',
      'Para resolver esto proponemos una feria más.',
    ]);
    expect(row?.headings).toMatchObject([{ kind: 'lead-in', inline: false }]);
    expect(row?.objectives[0]?.heading).toBeNull();
  });

  it('warns of a subheading that no objective follows', () => {
    const parsed = read(plan(['P.\t<p>Abrir ferias.</p><p>En relación al agua:</p>\tM.']));
    expect(kinds(parsed, 'heading-without-objective')).toMatchObject([
      { line: FIRST_SOCIAL_LINE, text: 'En relación al agua:' },
    ]);
  });

  it.each([
    ['infinitives', 'Abrir ferias. Cuidar los ríos. Sembrar agua.', 3],
    ['an action without a subject', 'Capacitar al personal. Se dará respuesta en diez días.', 2],
    ['nouns of action', 'Mejora de parques. Defensa de los humedales.', 2],
    ['a stop without a space', 'Abrir ferias en los barrios.Cuidar los ríos.', 2],
    ['a gerund', 'Gestión del agua. Asegurando el riego de todos.', 1],
    ['an explanation', 'Abrir ferias. Esto dará trabajo a las familias.', 1],
    ['an abbreviation', 'Abrir una feria en el Jr. Construir y en la Av. Mejorar.', 1],
    ['a colon inside a sentence', 'Ampliar el programa Vaso de Leche: Incluir a los ancianos.', 1],
  ])('splits one unit at %s as it should', (_what, unit, actions) => {
    const [row] = social(`P.\t${unit}\tM.`);
    expect(row?.objectives).toHaveLength(actions);
    expect(row?.objectives.every(({ splitFromUnit }) => splitFromUnit === actions > 1)).toBe(true);
    expect(textsOf(row?.objectives)?.join('').replace(/\s/g, '')).toBe(unit.replace(/\s/g, ''));
  });
});

describe('repetitions and empty cells (quirks 10, 11, 13, 14)', () => {
  it('marks a duplicate and a near duplicate and drops neither', () => {
    const parsed = read(
      plan([
        'P.\t<p>Cuidar los manantiales de la parte alta.</p><p>Abrir ferias.</p>\tM.',
        'Q.\t<p>Cuidar los manantiales de la parte alta.</p><p>Cuidar los manantiales de la parte baja.</p>\tN.',
      ]),
    );
    const second = parsed.dimensions[0]!.rows[1]!.objectives;
    expect(second[0]).toMatchObject({ duplicateOf: 'SOC-1-O1', similarTo: [] });
    expect(second[1]).toMatchObject({ duplicateOf: null, similarTo: ['SOC-1-O1'] });
    expect(kinds(parsed, 'duplicate')).toMatchObject([{ ids: ['SOC-2-O1', 'SOC-1-O1'] }]);
    expect(kinds(parsed, 'near-duplicate')).toMatchObject([{ ids: ['SOC-2-O2', 'SOC-1-O1'] }]);
  });

  it('links the goal of a merged cell to the row it answers and leaves it where it is', () => {
    const parsed = read(
      plan([
        'Hay ruido en el centro.\tMedir el ruido.\tUna red de desagüe completa.',
        'La red de desagüe no alcanza.\tTender tuberías.\t',
      ]),
    );
    const [first, second] = parsed.dimensions[0]!.rows;
    expect(first?.goals).toHaveLength(1);
    expect(second).toMatchObject({ goals: [], inferredGoalIds: ['SOC-1-M1'] });
    expect(kinds(parsed, 'empty-goal-cell')).toMatchObject([{ ids: ['SOC-2'] }]);
  });

  it('links nothing when the goal speaks of its own row', () => {
    const [, second] = social(
      'La red de luz no alcanza.\tTender cables.\tUna red de luz completa.',
      'La red de desagüe no alcanza.\tTender tuberías.\t',
    );
    expect(second?.inferredGoalIds).toEqual([]);
  });

  it('leaves the slips of the original as they are', () => {
    const [row] = social('Los recurso  de la provincia .\tAbrir feria`s.\t"Metas"..');
    expect(textsOf(row?.problems)).toEqual(['Los recurso  de la provincia .']);
    expect(textsOf(row?.goals)).toEqual(['"Metas"..']);
  });
});

describe('what finds no place', () => {
  it('is reported with its line and its text', () => {
    const parsed = read(
      plan(['Hay robos.\tIluminar.\tLuz.', 'Página 3', 'dos\tceldas', 'una\tdos\ttres\tcuatro']),
    );
    expect(parsed.warnings).toEqual([
      { kind: 'unplaced-line', line: FIRST_SOCIAL_LINE + 1, ids: [], text: 'Página 3' },
      { kind: 'unplaced-table-line', line: FIRST_SOCIAL_LINE + 2, ids: [], text: 'dos\tceldas' },
      {
        kind: 'unplaced-table-line',
        line: FIRST_SOCIAL_LINE + 3,
        ids: [],
        text: 'una\tdos\ttres\tcuatro',
      },
    ]);
  });

  it('does not slip into the dimension before an unknown one', () => {
    const parsed = read(
      plan(['Hay robos.\tIluminar.\tLuz.', '', '5.- DIMENSIÓN DEPORTIVA', HEADER, 'A.\tB.\tC.']),
    );
    expect(parsed.dimensions[0]?.rows).toHaveLength(1);
    expect(kinds(parsed, 'unknown-dimension')).toHaveLength(1);
    expect(kinds(parsed, 'unplaced-table-line')).toMatchObject([{ text: 'A.\tB.\tC.' }]);
  });

  it('says which dimension is missing or empty', () => {
    const cut = plan([]).split('4.- DIMENSIÓN')[0]!;
    const parsed = read(cut);
    expect(kinds(parsed, 'empty-dimension')).toMatchObject([{ ids: ['SOC'] }]);
    expect(kinds(parsed, 'missing-dimension')).toMatchObject([{ ids: ['INS'] }]);
  });
});
