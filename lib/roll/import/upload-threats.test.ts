import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspectFile, rowsOf } from './read-file';
import type { RollFile } from './sealed-file';
import { FileProblem, type FileFormat, type Row } from './types';
import { bookParts, fileOf, textRow, zipOf } from './xlsx.fixture';

const HEAD = ['DNI', 'Distrito', 'Nombres'];
const PERSON = ['40123456', 'El Tambo', 'Juana Ñahui'];
const book = () => bookParts(textRow(1, HEAD) + textRow(2, PERSON));

async function readAll(file: RollFile): Promise<{ format: FileFormat; rows: Row[] }> {
  const { format } = await inspectFile(file);
  const rows: Row[] = [];
  for await (const row of rowsOf(file, format)) rows.push(row);
  return { format, rows };
}

/** Why it was refused; 'read' when it was not. */
async function verdict(bytes: Buffer): Promise<string> {
  try {
    await readAll(fileOf(bytes));
    return 'read';
  } catch (error) {
    if (error instanceof FileProblem) return error.reason;
    throw error;
  }
}

describe('T38: a spreadsheet that is an attack', () => {
  it('the honest book of these tests is read, its hidden sheet is not', async () => {
    const { format, rows } = await readAll(fileOf(zipOf(book())));
    expect(format).toMatchObject({ kind: 'xlsx', sheet: 'Padrón', sheets: 2 });
    expect(rows.map((row) => row.cells)).toEqual([HEAD, PERSON]);
  });

  it('a zip bomb is refused before it is unpacked', async () => {
    const zeros = Buffer.alloc(64 * 1024 * 1024);
    expect(deflateRawSync(zeros).length).toBeLessThan(100_000);
    expect(await verdict(zipOf([...book(), { name: 'xl/media/a.bin', text: zeros }]))).toBe(
      'zip-bomb',
    );
  });

  it('a bomb that lies about its size is cut where it said it would end', async () => {
    const row = textRow(2, PERSON);
    const parts = bookParts(textRow(1, HEAD) + row.repeat(1).replace('r="2"', 'r="2"'));
    const sheet = parts.at(-1)!;
    const swollen = `${String(sheet.text)}${' '.repeat(50_000_000)}`;
    const lying = { ...sheet, text: swollen, saysBytes: 60_000 };
    expect(await verdict(zipOf([...parts.slice(0, -1), lying]))).toBe('broken-xlsx');
  });

  it('a cell without an end does not fill the memory', async () => {
    const cell = `<row r="1"><c t="inlineStr"><is><t>${Array.from({ length: 400_000 }, (_, i) => `w${String(i * 7919)}`).join(' ')}</t></is></c></row>`;
    expect(await verdict(zipOf(bookParts(cell)))).toBe('zip-bomb');
  });

  it('two files in one are refused: something before, something behind, two parts of a name', async () => {
    const honest = zipOf(book());
    const after = Buffer.concat([honest, Buffer.from('<script>alert(1)</script>')]);
    expect(await verdict(after)).toBe('polyglot');
    const before = Buffer.concat([Buffer.from('%PDF-1.7\n'), honest]);
    expect(await verdict(before)).toBe('pdf');
    const page = Buffer.concat([Buffer.from('<html><script>1</script>'), honest]);
    expect(await verdict(page)).toBe('not-a-spreadsheet');
    const zipInZip = Buffer.concat([zipOf([{ name: 'a', text: 'b' }]), honest]);
    expect(['polyglot', 'broken-xlsx']).toContain(await verdict(zipInZip));
    expect(await verdict(zipOf([...book(), book().at(-1)!]))).toBe('polyglot');
  });

  it('another zip, a locked book, macros and document types are refused', async () => {
    expect(await verdict(zipOf([{ name: 'a.txt', text: 'x' }]))).toBe('not-a-spreadsheet');
    const [first, ...rest] = book();
    expect(await verdict(zipOf([{ ...first!, flags: 1 }, ...rest]))).toBe('encrypted');
    expect(await verdict(zipOf([...book(), { name: 'xl/vbaProject.bin', text: 'x' }]))).toBe(
      'macros',
    );
    const entity = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>';
    const typed = [...book().slice(0, -1), { name: 'xl/worksheets/sheet1.xml', text: entity }];
    expect(await verdict(zipOf(typed))).toBe('doctype');
    expect(await verdict(zipOf([...book(), { name: '../../etc/passwd', text: 'x' }]))).toBe(
      'broken-xlsx',
    );
  });

  it('a book cut short is refused, wherever it is cut', async () => {
    const honest = zipOf(book());
    for (let length = 4; length < honest.length; length += 17) {
      expect(await verdict(honest.subarray(0, length))).not.toBe('read');
    }
  });

  it('formulas are never worked out: the text that was last shown is what is read', async () => {
    const cells = `<row r="1"><c r="A1" t="inlineStr"><is><t>DNI</t></is></c><c r="B1" t="inlineStr"><is><t>Distrito</t></is></c></row>
      <row r="2"><c r="A2" t="str"><f>CONCATENATE("401","23456")</f><v>40123456</v></c><c r="B2" t="str"><f>WEBSERVICE("http://127.0.0.1")</f><v>El Tambo</v></c></row>
      <row r="3"><c r="A3"><f>1+1</f></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C3" t="inlineStr"><is><t>x</t></is></c></row>`;
    const { rows } = await readAll(fileOf(zipOf(bookParts(cells))));
    expect(rows[1]?.cells).toEqual(['40123456', 'El Tambo']);
    expect(rows[2]?.cells).toEqual(['', '', 'x']);
    const { rows: text } = await readAll(
      fileOf(Buffer.from('DNI;Distrito\n=1+1;"=cmd|\'/c calc\'!A1"\n')),
    );
    expect(text[1]?.cells).toEqual(['=1+1', "=cmd|'/c calc'!A1"]);
  });

  it('shared texts, numbers, sparse rows and phonetic readings come as they are shown', async () => {
    const shared = [
      'DNI',
      'Distrito',
      'Juana</t></si><si><r><t>Ñ</t></r><r><t>ahui</t></r><rPh><t>ño</t></rPh></si><si><t>fin',
    ];
    const cells = `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>
      <row r="5"><c r="A5"><v>40123456</v></c><c r="C5" t="s"><v>3</v></c><c r="D5"><v>9.64123456E8</v></c></row>`;
    const { rows } = await readAll(fileOf(zipOf(bookParts(cells, shared))));
    expect(rows).toEqual([
      { number: 2, cells: ['DNI', '', 'Distrito'] },
      { number: 5, cells: ['40123456', '', 'Ñahui', '964123456'] },
    ]);
  });

  it.each([
    ['a PDF', Buffer.from('%PDF-1.7 …'), 'pdf'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'old-excel'],
    ['a picture', Buffer.from('89504e470d0a1a0a00', 'hex'), 'binary'],
    ['an SVG with a script', Buffer.from('<svg><script>1</script></svg>'), 'not-a-spreadsheet'],
    ['a program', Buffer.from('7f454c4602010100', 'hex'), 'binary'],
    ['bytes of nothing', Buffer.from([1, 2, 3, 0, 0, 5, 6, 7, 8]), 'binary'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['headers alone', Buffer.from('DNI;Distrito\n'), 'no-rows'],
    ['one column', Buffer.from('DNI\n40123456\n'), 'no-header'],
    [
      'a person in the first row',
      Buffer.from('40123456;El Tambo;Juana\n40123457;Chilca;Ana\n'),
      'no-header',
    ],
    [
      'a DNI with dots in the first row',
      Buffer.from('Juana;40.123.456\nAna;40.123.457\n'),
      'no-header',
    ],
    [
      'a phone among words in the first row',
      Buffer.from('Juana;cel 964000001\nAna;964000002\n'),
      'no-header',
    ],
    [
      'a quote that never closes',
      Buffer.from(`DNI;Distrito\n1;"${'x'.repeat(200_000)}`),
      'row-too-long',
    ],
    [
      'a row of a hundred cells',
      Buffer.from(`DNI;Distrito\n${'x;'.repeat(100)}\n`),
      'too-many-columns',
    ],
  ])('%s is refused', async (_name, bytes, reason) => {
    expect(await verdict(bytes)).toBe(reason);
  });
});

describe('T38: encodings and separators', () => {
  const text = 'DNI;Distrito;Apellidos\n40123456;El Tambo;Ñahui Peña\n';
  const rows = [
    ['DNI', 'Distrito', 'Apellidos'],
    ['40123456', 'El Tambo', 'Ñahui Peña'],
  ];
  const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['Latin-1', Buffer.from(text, 'latin1'), 'windows-1252'],
    ['UTF-16 LE', utf16, 'utf-16le'],
    ['UTF-16 BE', Buffer.from(utf16).swap16(), 'utf-16be'],
    ['UTF-16 LE without a mark', Buffer.from(text, 'utf16le'), 'utf-16le'],
  ])('%s is read as it was written', async (_name, bytes, encoding) => {
    const read = await readAll(fileOf(bytes));
    expect(read.format).toEqual({ kind: 'csv', encoding, delimiter: ';' });
    expect(read.rows.map((row) => row.cells)).toEqual(rows);
  });

  it('a Latin-1 letter after a million letters of ASCII is still read right', async () => {
    const many = `DNI,Distrito\n${'40123456,El Tambo\n'.repeat(60_000)}`;
    const read = await readAll(fileOf(Buffer.from(`${many}40123457,Ñ\n`, 'latin1')));
    expect(read.rows.at(-1)?.cells).toEqual(['40123457', 'Ñ']);
  });

  it('a file that says UTF-8 and is not is refused', async () => {
    const broken = Buffer.concat([Buffer.from('\uFEFF'), Buffer.from(text, 'latin1')]);
    expect(await verdict(broken)).toBe('broken-encoding');
    expect(await verdict(utf16.subarray(0, -1))).toBe('broken-encoding');
  });

  it.each([
    [',', 'DNI,Distrito\n1,"El Tambo, Huancayo"\n'],
    [';', 'DNI;Distrito\n1;El Tambo, Huancayo\n'],
    ['\t', 'DNI\tDistrito\n1\tEl Tambo, Huancayo\n'],
    [';', 'sep=;\r\nDNI;Distrito\r\n1;El Tambo, Huancayo\r\n'],
  ])('the separator %j is found', async (delimiter, file) => {
    const read = await readAll(fileOf(Buffer.from(file)));
    expect(read.format).toMatchObject({ delimiter });
    expect(read.rows.at(-1)?.cells).toEqual(['1', 'El Tambo, Huancayo']);
  });
});
