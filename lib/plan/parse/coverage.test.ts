import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plan } from '../fixtures/plan';
import { parsePlan } from '../parse';
import { splitActions } from './actions';
import { cutCell } from './cell';

/** Cells made of what real cells are made of, and of anything at all. */
const cell = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<ul style="a: b">',
        '<li>',
        '<br>',
        '<b>',
        '</b>',
        '-',
        ' - ',
        ' – ',
        '• ',
        '1. ',
        '2. ',
        'En relación al agua: ',
        'Proponemos:',
        'Promover ferias.',
        'Abrir',
        'socio-económico',
        ' ',
        '. ',
        'á',
        '<5',
      ),
      fc.string().map((text) => text.replace(/[\t\n\r\f\0\uFEFF]/g, ' ')),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

describe('no character of a cell is lost', () => {
  it('the stretches of a cell put together are the cell', () => {
    fc.assert(
      fc.property(cell, (text) => {
        expect(
          cutCell(text)
            .map(({ raw }) => raw)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('the actions and headings of a unit put together are the unit', () => {
    fc.assert(
      fc.property(cell, (text) => {
        expect(
          splitActions(text)
            .map(({ raw }) => raw)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('every letter of every unit is in a text or a heading of the row', () => {
    fc.assert(
      fc.property(cell, cell, (objective, goal) => {
        const document = plan([`Hay un problema.\t${objective}\t${goal}`]).normalize('NFC');
        const parsed = parsePlan(document);
        if (!parsed.ok) throw new Error(parsed.reason);
        const row = parsed.value.dimensions[0]?.rows[0];
        const letters = (texts: readonly string[]) =>
          Array.from(texts.join('').replace(/\s/g, '')).sort().join('');
        for (const [column, source] of [
          ['objective', objective],
          ['goal', goal],
        ] as const) {
          const shown = cutCell(source.normalize('NFC')).flatMap((stretch) =>
            stretch.kind === 'unit' ? [stretch.text] : [],
          );
          const texts = column === 'objective' ? row?.objectives : row?.goals;
          const headings = row?.headings.filter((heading) => heading.column === column);
          expect(letters([...(texts ?? []), ...(headings ?? [])].map(({ text }) => text))).toBe(
            letters(shown),
          );
        }
      }),
    );
  });
});
