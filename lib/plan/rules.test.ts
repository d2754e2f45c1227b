import { describe, expect, it } from 'vitest';
import { plan } from './fixtures/plan';
import { parsePlan } from './parse';
import { type StoredText, differences, recordsOf, shippedRecords } from './rules';

function records(social: string[]) {
  const parsed = parsePlan(plan(social));
  if (!parsed.ok) throw new Error(parsed.reason);
  return recordsOf(parsed.value);
}

const FIRST = 'Hay robos.\tIluminar las calles.\tCalles seguras.';

function stored(social: string[], change: Partial<StoredText> = {}): StoredText[] {
  return records(social).items.map(({ code, officialText }) => ({
    code,
    officialText,
    inDocument: true,
    edited: false,
    ...change,
  }));
}

describe('what an import would change', () => {
  it('is nothing for the same document', () => {
    const { list, unchanged } = differences(stored([FIRST]), records([FIRST]));
    expect(list).toEqual([]);
    expect(unchanged).toBe(12);
  });

  it('is everything, as new, over the shipped words alone', () => {
    const shipped = shippedRecords().items.map(({ code }) => ({
      code,
      officialText: null,
      inDocument: false,
      edited: false,
    }));
    const { list } = differences(shipped, records([FIRST]));
    expect(list).toHaveLength(12);
    expect(new Set(list.map(({ kind }) => kind))).toEqual(new Set(['new']));
  });

  it('names the texts before and after, and the titles an editor wrote', () => {
    const before = stored([FIRST, 'Hay ruido.\tMedir el ruido.\tCalma.'], { edited: true });
    const { list } = differences(before, records([FIRST.replace('robos', 'asaltos')]));
    expect(list).toEqual([
      {
        kind: 'changed',
        code: 'SOC-1-P1',
        before: 'Hay robos.',
        after: 'Hay asaltos.',
        keepsEditedTitle: true,
      },
      ...[
        ['SOC-2-P1', 'Hay ruido.'],
        ['SOC-2-O1', 'Medir el ruido.'],
        ['SOC-2-M1', 'Calma.'],
      ].map(([code, text]) => ({
        kind: 'gone',
        code,
        before: text,
        after: null,
        keepsEditedTitle: true,
      })),
    ]);
  });
});
