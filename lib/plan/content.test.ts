import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { competenceHint, contentFor, cut, DIMENSION_WORDS, shippedContent } from './content';
import { FINGERPRINTS } from './content/fingerprints';
import { fingerprint } from './fingerprint';
import { plan } from './fixtures/plan';
import { parsePlan } from './parse';
import { fold } from './parse/words';
import { DIMENSION_IDS } from './types';

const { rows, items } = shippedContent();

describe('the project’s own words', () => {
  it('cover every row, problem, objective and goal the plan has', () => {
    const count = (kind: string) => items.filter((item) => item.kind === kind).length;
    expect(rows).toHaveLength(12);
    expect([count('problem'), count('objective'), count('goal')]).toEqual([17, 53, 16]);
    expect([...rows, ...items].map(({ code }) => code).sort()).toEqual(
      Object.keys(FINGERPRINTS).sort(),
    );
    for (const { rowCode } of items) expect(rows.map(({ code }) => code)).toContain(rowCode);
  });

  it('number the items of a row without gaps', () => {
    for (const row of rows) {
      for (const kind of ['problem', 'objective', 'goal']) {
        const positions = items
          .filter((item) => item.rowCode === row.code && item.kind === kind)
          .map(({ position }) => position);
        expect(positions).toEqual(positions.map((_, index) => index + 1));
      }
    }
  });

  it('fit a wall and a phone: labels 28, titles 60, summaries 160 characters', () => {
    const tooLong: string[] = [];
    const check = (code: string, text: { es: string; en: string } | null, max: number) => {
      for (const words of [text?.es ?? '', text?.en ?? '']) {
        if (words.length > max) tooLong.push(`${code} ${words.length.toString()}: ${words}`);
      }
    };
    for (const row of rows) {
      check(row.code, row.label, 28);
      check(row.code, row.title, 60);
      check(row.code, row.summary, 160);
    }
    for (const item of items) {
      check(item.code, item.title, 60);
      check(item.code, item.summary, 160);
    }
    expect(tooLong).toEqual([]);
  });

  it('are complete in both languages, with a summary for each objective', () => {
    for (const { code, title, summary, kind } of items) {
      expect([code, title.es.length > 4, title.en.length > 4]).toEqual([code, true, true]);
      if (kind === 'objective') {
        expect([code, /\.$/.test(summary?.es ?? ''), /\.$/.test(summary?.en ?? '')]).toEqual([
          code,
          true,
          true,
        ]);
      }
    }
  });

  it('tell the rows and objectives of the plan apart', () => {
    const titles = [...rows, ...items].map(({ title }) => title.es);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('say where the tallies land', () => {
    const role = (name: string) =>
      items.filter(({ feedbackRole }) => feedbackRole === name).map(({ code }) => code);
    expect(role('primary')).toEqual(['INS-2-M1', 'INS-2-O1']);
    expect(role('evidence')).toEqual(['INS-2-P1']);
    expect(role('revenue').every((code) => code.startsWith('INS-3'))).toBe(true);
    expect(role('capacity').every((code) => code.startsWith('INS-1'))).toBe(true);
  });

  it('hint at whose decision an objective is, only for the text they were written for', () => {
    expect(competenceHint('ECO-2-O14', null)).toBe('national');
    expect(competenceHint('ECO-2-O14', 'Otro texto.')).toBeNull();
    for (const id of DIMENSION_IDS) {
      for (const code of Object.keys(DIMENSION_WORDS[id].objectives)) {
        expect(competenceHint(code, null)).not.toBeNull();
      }
    }
  });
});

describe('words for a document', () => {
  it('are cut from the texts of a plan the project does not know', () => {
    const parsed = parsePlan(
      plan(['Faltan canchas y losas para que jueguen los niños.\tHacer losas.\tMás losas.']),
    );
    if (!parsed.ok) throw new Error(parsed.reason);
    const words = contentFor(parsed.value);
    expect(words.rows.get('SOC-1')).toMatchObject({
      code: 'SOC-1',
      label: { es: 'Faltan canchas y losas…' },
      title: { es: 'Faltan canchas y losas para que jueguen los niños' },
    });
    expect(words.items.get('SOC-1-O1')).toMatchObject({
      title: { es: 'Hacer losas' },
      summary: null,
      feedbackRole: null,
    });
    expect(words.items.get('INS-1-O1')?.feedbackRole).toBeNull();
  });

  it('never break a word nor pass the length', () => {
    expect(cut('Uno dos, tres.', 60)).toBe('Uno dos, tres');
    expect(cut('Uno dos, tres.', 10)).toBe('Uno dos…');
    expect(cut('Desoxirribonucleico', 5)).toBe('Deso…');
  });
});

const document = new URL('../../../shared/plan/plan-de-gobierno-huancayo.txt', import.meta.url);

describe.skipIf(!existsSync(document))(
  'words for the plan of Huancayo (skipped when ../shared/plan is absent)',
  () => {
    const load = (text: string) => {
      const parsed = parsePlan(text);
      if (!parsed.ok) throw new Error(parsed.reason);
      return { plan: parsed.value, words: contentFor(parsed.value) };
    };
    const text = existsSync(document) ? readFileSync(document, 'utf8') : '';

    it('are the shipped ones under every code', () => {
      const { words } = load(text);
      expect([...words.rows.values()]).toEqual(rows);
      expect(new Map(items.map((item) => [item.code, item]))).toEqual(words.items);
    });

    it('follow a text that moves, and stay with one that was corrected', () => {
      const moved = load(text.replace('-Lograr', '-Abrir ferias en cada distrito.-Lograr'));
      const shipped = new Map(items.map((item) => [item.code, item.title]));
      expect(moved.words.items.get('SOC-1-O2')?.title).toEqual(shipped.get('SOC-1-O1'));
      expect(moved.words.items.get('SOC-1-O1')?.title.es).toBe('Abrir ferias en cada distrito');
      const corrected = load(text.replace('los recurso de', 'los recursos de'));
      expect(corrected.words.items.get('ECO-2-P1')?.title).toEqual(shipped.get('ECO-2-P1'));
    });

    it('are nowhere a sentence of the document', () => {
      const { plan: parsed } = load(text);
      const sentences = parsed.dimensions
        .flatMap((dimension) => dimension.rows)
        .flatMap((row) => [...row.problems, ...row.objectives, ...row.goals])
        .map((one) => fingerprint(one.text));
      const ours = [
        ...rows.flatMap((row) => [row.title.es, row.summary.es]),
        ...items.flatMap((item) => [item.title.es, item.summary?.es ?? '']),
      ];
      expect(ours.filter((words) => sentences.includes(fingerprint(words)))).toEqual([]);
      const all = fold(text);
      expect(ours.filter((words) => words.length > 40 && all.includes(fold(words)))).toEqual([]);
    });
  },
);
