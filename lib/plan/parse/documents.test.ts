import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEADER, PREAMBLE, plan } from '../fixtures/plan';
import { parsePlan } from '../parse';
import type { ParsedPlan, WarningKind } from '../types';

function read(document: string | Uint8Array): ParsedPlan {
  const parsed = parsePlan(document);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

const kinds = (parsed: ParsedPlan, kind: WarningKind) =>
  parsed.warnings.filter((warning) => warning.kind === kind);

describe('headings and bytes of other municipalities', () => {
  const reference = plan(['Hay robos.\tIluminar las calles.\tCalles seguras.']);
  const content = (document: string | Uint8Array) =>
    read(document).dimensions.map(({ id, rows }) => ({ id, rows }));

  it.each([
    'Dimensión Económica',
    'II. DIMENSION ECONOMICA:',
    '2) Dimensión económica',
    'b) DIMENSIÓN ECONÓMICO – PRODUCTIVA',
    '**2. Dimensión Económica**',
    '<p>2° DIMENSIÓN ECONÓMICA</p>',
    '2.- ECONÓMICA',
    '2.- DIMENSIÓN ECONÓMICA\t\t',
  ])('knows "%s" as the economic dimension', (heading) => {
    const document = reference.replace('2.- DIMENSIÓN ECONÓMICA', heading);
    expect(content(document)).toEqual(content(reference));
  });

  it('takes a sentence that speaks of a dimension for prose', () => {
    const document = reference.replace(
      'Este plan recoge',
      'Dimensión social de la pobreza, que nos duele: este plan recoge',
    );
    expect(content(document)).toEqual(content(reference));
  });

  it.each<[string, (text: string) => Uint8Array]>([
    ['UTF-8 with a mark', (text) => Buffer.from(`\uFEFF${text}`)],
    ['ANSI', (text) => Buffer.from(text.replace(/“/g, '\u0093').replace(/”/g, '\u0094'), 'latin1')],
    ['UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['CRLF', (text) => Buffer.from(text.replace(/\n/g, '\r\n'))],
    ['decomposed accents', (text) => Buffer.from(text.normalize('NFD'))],
  ])('reads %s like plain UTF-8', (_name, encode) => {
    expect(content(encode(reference))).toEqual(content(reference));
    expect(read(encode(reference)).vision).toEqual(read(reference).vision);
  });

  it('keeps reading UTF-8 when one letter is damaged, and says where', () => {
    const bytes = Buffer.from(reference);
    bytes[bytes.indexOf('habló') + 4] = 0xff;
    const parsed = read(bytes);
    expect(kinds(parsed, 'damaged-characters')).toMatchObject([{ line: 4 }]);
    expect(parsed.title).toBe('PLAN DE GOBIERNO DE LA PROVINCIA DE LAS NUBES');
  });
});

describe('a file that is no plan', () => {
  it.each([
    ['empty', ''],
    ['empty', '\uFEFF \n\n'],
    ['pdf', '%PDF-1.7 …'],
    ['word', 'PK\u0003\u0004…'],
    ['word', '{\\rtf1 …'],
    ['binary', 'a\0b\0c'],
    ['no-dimensions', 'Había una vez una vicuña.\nFin.'],
    ['no-dimensions', HEADER],
    ['no-table', `${PREAMBLE}\n1.- DIMENSIÓN SOCIAL\nSolo prosa.`],
    ['no-table', `1.- DIMENSIÓN SOCIAL\n${HEADER}\n\t\t\n`],
  ] as const)('is refused: %s', (reason, document) => {
    expect(parsePlan(document)).toEqual({ ok: false, reason });
  });

  it('is refused when it is far too large', () => {
    expect(parsePlan(new Uint8Array(6 * 1024 * 1024))).toEqual({ ok: false, reason: 'too-large' });
  });

  it('never throws, whatever the text', () => {
    const word = fc.constantFrom(
      '\t',
      '\n',
      '-',
      '<p>',
      '1.- DIMENSIÓN SOCIAL\n',
      HEADER,
      'a:',
      'B.',
      '&#0;',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 40 }), (parts) => {
        expect(parsePlan(parts.join(''))).toHaveProperty('ok');
      }),
    );
  });
});
