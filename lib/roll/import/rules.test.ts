import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { ageOn, orderOf, readDate } from './dates';
import { districtFinder } from './districts';
import { headerSignature, proposeMapping } from './headers';
import { readDni, readRow, SeenDnis, type ReadContext } from './read-row';
import { reportLine, unguarded } from './report';
import { ROW_REJECTIONS, type Mapping } from './types';

const DISTRICTS = [
  { code: '120101', reniecCode: '110101', name: 'Huancayo' },
  { code: '120114', reniecCode: '110114', name: 'El Tambo' },
  { code: '120130', reniecCode: '110109', name: 'Santo Domingo de Acobamba' },
];
const TODAY = { year: 2026, month: 11, day: 23 };

describe('dates', () => {
  it.each([
    ['31/12/1990', '1990-12-31'],
    ['1990-12-31', '1990-12-31'],
    ['31-12-1990', '1990-12-31'],
    ['31.12.1990 00:00:00', '1990-12-31'],
    ['1990-12-31T00:00:00Z', '1990-12-31'],
    // Excel: 33238 is 31 December 1990, and 29 February 1900 never was.
    ['33238', '1990-12-31'],
    ['36526.5', '2000-01-01'],
  ])('%s is %s', (text, expected) => {
    const read = readDate(text, 'refuse');
    if (read.kind !== 'day') throw new Error(read.kind);
    const { year, month, day } = read.day;
    expect(
      `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
    ).toBe(expected);
  });

  it('days of 1904 are four years and a day later', () => {
    expect(readDate('31776', 'refuse', true)).toEqual(readDate('33238', 'refuse'));
  });

  it.each(['', 'ayer', '31/13/1990', '30/02/1990', '31/12/90', '12/05/07', '0', '99999', '1990'])(
    '%j is no date',
    (text) => {
      expect(readDate(text, 'refuse').kind).toBe('malformed');
    },
  );

  it('what can be read in two ways is said to be so, unless the order is known', () => {
    expect(readDate('03/04/2008', 'refuse').kind).toBe('either');
    expect(readDate('03/04/2008', 'day-first')).toEqual({
      kind: 'day',
      day: { year: 2008, month: 4, day: 3 },
    });
    expect(readDate('03/04/2008', 'month-first')).toEqual({
      kind: 'day',
      day: { year: 2008, month: 3, day: 4 },
    });
    expect(readDate('04/04/2008', 'refuse').kind).toBe('day');
    expect(orderOf(['03/04/2008', '25/04/2008'])).toBe('day-first');
    expect(orderOf(['03/04/2008', '04/25/2008'])).toBe('month-first');
    expect(orderOf(['25/04/2008', '04/25/2008'])).toBe('refuse');
    expect(orderOf(['03/04/2008'])).toBe('refuse');
  });

  it('somebody is eighteen on her birthday and not the day before', () => {
    expect(ageOn({ year: 2008, month: 11, day: 23 }, TODAY)).toBe(18);
    expect(ageOn({ year: 2008, month: 11, day: 24 }, TODAY)).toBe(17);
  });
});

describe('districts', () => {
  const find = districtFinder(DISTRICTS);
  it.each(['El Tambo', 'EL TAMBO', ' el  tambo ', '120114', '110114', 'JUNIN/HUANCAYO/EL TAMBO'])(
    '%s is found',
    (text) => {
      expect(find(text)).toEqual({ kind: 'found', code: '120114' });
    },
  );

  it('what is none, or two, is not guessed', () => {
    expect(find('Miraflores').kind).toBe('unknown');
    expect(find('120999').kind).toBe('unknown');
    expect(find(' ').kind).toBe('missing');
    const both = districtFinder([
      ...DISTRICTS,
      { code: '110101', reniecCode: '100101', name: 'Ica' },
    ]);
    expect(both('110101').kind).toBe('ambiguous');
  });
});

describe('columns', () => {
  const format = { kind: 'csv', encoding: 'utf-8', delimiter: ';' } as const;

  it('are proposed from their names', () => {
    const headers = [
      'N°',
      'Nro. D.N.I.',
      'Ap. Paterno',
      'Ap. Materno',
      'Nombres',
      'UBIGEO',
      'Fec. Nac.',
      'Celular',
    ];
    expect(
      proposeMapping(headers, [['1', '1', '', '', '', '', '25/01/1990', '']], format),
    ).toMatchObject({
      district: 5,
      phone: 7,
      name: [2, 3, 4],
      birth: 6,
      dateOrder: 'day-first',
      scope: 'whole',
    });
    expect(proposeMapping(['DNI', 'Distrito'], [], format)).toMatchObject({
      dni: 0,
      district: 1,
      phone: null,
      name: [],
      birth: null,
    });
    expect(proposeMapping(['a', 'b'], [], format)).toMatchObject({ dni: -1, district: -1 });
    expect(
      proposeMapping(['fila', 'resultado', 'motivo', 'DNI', 'Distrito'], [], format),
    ).toMatchObject({ dni: 3, scope: 'partial' });
  });

  it('are remembered however the headers are accented and spaced', () => {
    expect(headerSignature(['Teléfono', 'DNI '])).toEqual(headerSignature(['TELEFONO', 'dni']));
    expect(headerSignature(['DNI', 'Telefono'])).not.toEqual(headerSignature(['Telefono', 'DNI']));
  });
});

describe('a row', () => {
  const mapping: Mapping = {
    dni: 0,
    district: 1,
    phone: 2,
    name: [4, 5],
    birth: 3,
    dateOrder: 'refuse',
    minAge: 18,
    padDni: false,
    scope: 'whole',
  };
  const context = (changes: Partial<Mapping> = {}): ReadContext => ({
    mapping: { ...mapping, ...changes },
    findDistrict: districtFinder(DISTRICTS),
    on: TODAY,
    from1904: false,
    seen: new SeenDnis(),
  });
  const good = ['40123456', 'El Tambo', '964 123 456', '31/12/1990', 'Ñahui  Peña', 'Juana'];
  const withCell = (index: number, cell: string) =>
    good.map((one, at) => (at === index ? cell : one));

  it('that is right is accepted, without what is not needed', () => {
    expect(readRow(good, context())).toEqual({
      accepted: true,
      reason: null,
      dni: '40123456',
      districtCode: '120114',
      phone: '964123456',
      name: 'Ñahui Peña Juana',
    });
  });

  it.each([
    [0, '', 'dni-missing'],
    [0, '4012345', 'dni-malformed'],
    [0, '00000000', 'dni-malformed'],
    [1, '', 'district-missing'],
    [1, 'Lima', 'district-unknown'],
    [3, '', 'date-missing'],
    [3, 'ayer', 'date-malformed'],
    [3, '24/11/2008', 'under-age'],
    [3, '12/11/2008', 'date-ambiguous'],
  ] as const)('with column %i = %j is rejected: %s', (index, cell, reason) => {
    expect(readRow(withCell(index, cell), context())).toEqual({ accepted: false, reason });
    expect(ROW_REJECTIONS).toContain(reason);
  });

  it('whose date may be read in two ways is accepted when both make an adult', () => {
    expect(readRow(withCell(3, '03/04/1990'), context()).accepted).toBe(true);
    expect(readRow(withCell(3, '12/11/2008'), context({ dateOrder: 'day-first' })).accepted).toBe(
      true,
    );
    expect(readRow(withCell(3, '12/11/2008'), context({ dateOrder: 'month-first' }))).toMatchObject(
      { reason: 'under-age' },
    );
  });

  it('that repeats a DNI is rejected, but not when the first one was rejected itself', () => {
    const one = context();
    expect(readRow(withCell(1, 'Lima'), one).accepted).toBe(false);
    expect(readRow(good, one).accepted).toBe(true);
    expect(readRow(good, one)).toEqual({ accepted: false, reason: 'dni-repeated' });
  });

  it('with a phone that is none keeps its person, without the phone', () => {
    expect(readRow(withCell(2, '064-234567'), context())).toMatchObject({
      accepted: true,
      reason: 'phone-unusable',
      phone: null,
    });
    expect(readRow(withCell(2, ''), context())).toMatchObject({
      accepted: true,
      reason: null,
      phone: null,
    });
  });

  it('gets the zeros back that a spreadsheet ate, only where that was chosen', () => {
    expect(readDni('1234567', false)).toBeNull();
    expect(readDni('1234567', true)).toBe('01234567');
    expect(readDni('123', true)).toBeNull();
    expect(readDni('40123456-7', false)).toBe('40123456');
    expect(readDni('40.123.456', false)).toBe('40123456');
    expect(readDni('401234567', true)).toBeNull();
  });
});

describe('the report of rejected rows', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      "'=1",
      "''+51",
      '=1+1',
      '+51 964',
      '-1',
      '@x',
      '\t',
      '\r',
      '"',
      ',',
      ';',
      '\n',
      "'",
    ),
  );

  it('comes back exactly as it was, whatever stands in the cells', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 8 }), { minLength: 1 }),
        (rows) => {
          const text = rows
            .map((cells, index) =>
              reportLine({ number: index + 1, outcome: 'rechazada', reason: 'x', cells }),
            )
            .join('');
          const back: string[][] = parse(text, { relax_column_count: true });
          expect(back.map((line) => line.slice(3).map(unguarded))).toEqual(rows);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('T18: no cell of it begins like a formula', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
        const [line]: string[][] = parse(
          reportLine({ number: 1, outcome: 'a', reason: 'b', cells }),
          {
            relax_column_count: true,
          },
        );
        expect(line?.some((one) => /^[=+\-@\t\r]/.test(one))).toBe(false);
      }),
    );
  });
});
