import { posix } from 'node:path';
import { SharedStrings } from './shared-strings';
import type { RollFile } from './sealed-file';
import { FileProblem, MAX_COLUMNS, type FileFormat, type Row } from './types';
import { readXml, type XmlListener } from './xml-events';
import { openSheetZip, type SheetZip } from './xlsx-zip';

type XlsxFormat = Extract<FileFormat, { kind: 'xlsx' }>;

const STRINGS = 'xl/sharedStrings.xml';

/** Which sheet is read: the first one that can be seen. */
export async function inspectXlsx(file: RollFile): Promise<XlsxFormat> {
  const zip = await openSheetZip(file);
  try {
    const sheets: { name: string; id: string; hidden: boolean }[] = [];
    let from1904 = false;
    await drain(zip, 'xl/workbook.xml', {
      open(name, attribute) {
        if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute('date1904') ?? '');
        if (name !== 'sheet') return;
        sheets.push({
          name: attribute('name') ?? '',
          id: attribute('r:id') ?? attribute('id') ?? '',
          hidden: (attribute('state') ?? 'visible') !== 'visible',
        });
      },
    });
    const targets = new Map<string, string>();
    await drain(zip, 'xl/_rels/workbook.xml.rels', {
      open(name, attribute) {
        if (name !== 'Relationship' || attribute('TargetMode') === 'External') return;
        targets.set(attribute('Id') ?? '', attribute('Target') ?? '');
      },
    });
    const visible = sheets.filter((sheet) => !sheet.hidden);
    const [first] = visible;
    const target = first === undefined ? undefined : targets.get(first.id);
    if (first === undefined || target === undefined) throw new FileProblem('no-sheet');
    const path = target.startsWith('/') ? target.slice(1) : posix.join('xl', target);
    if (!zip.has(path)) throw new FileProblem('no-sheet');
    return { kind: 'xlsx', sheet: first.name, sheets: visible.length, path, from1904 };
  } finally {
    zip.close();
  }
}

async function drain(zip: SheetZip, part: string, listener: XmlListener): Promise<void> {
  for await (const _ of readXml(await zip.open(part), listener)) {
    // The listener has what it wants.
  }
}

/**
 * The rows of the sheet, one at a time. A formula is never worked out: what stands is the text that the
 * spreadsheet last showed.
 */
export async function* xlsxRows(file: RollFile, format: XlsxFormat): AsyncGenerator<Row> {
  const zip = await openSheetZip(file);
  try {
    const strings = await sharedStrings(zip);
    const sheet = new SheetListener(strings);
    for await (const _ of readXml(await zip.open(format.path), sheet)) yield* sheet.take();
  } finally {
    zip.close();
  }
}

async function sharedStrings(zip: SheetZip): Promise<SharedStrings> {
  const strings = new SharedStrings();
  if (!zip.has(STRINGS)) return strings;
  let text = '';
  let inText = false;
  let phonetic = 0;
  await drain(zip, STRINGS, {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic += 1;
      inText = name === 't' && phonetic === 0;
    },
    text(part) {
      if (inText) text += part;
    },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') phonetic -= 1;
      if (name === 'si') strings.add(text);
    },
  });
  return strings;
}

class SheetListener implements XmlListener {
  readonly #strings: SharedStrings;
  #rows: Row[] = [];
  #number = 0;
  #cells: string[] = [];
  #column = -1;
  #type = 'n';
  #text = '';
  #inValue = false;

  constructor(strings: SharedStrings) {
    this.#strings = strings;
  }

  take(): Row[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'row') {
      const number = Number(attribute('r') ?? this.#number + 1);
      if (!Number.isInteger(number) || number <= this.#number) throw new FileProblem('broken-xlsx');
      this.#number = number;
      this.#cells = [];
      this.#column = -1;
    } else if (name === 'c') {
      this.#column = columnOf(attribute('r')) ?? this.#column + 1;
      this.#type = attribute('t') ?? 'n';
      this.#text = '';
    }
    this.#inValue = name === 'v' || name === 't';
  }

  text(part: string): void {
    if (this.#inValue) this.#text += part;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#inValue = false;
    if (name === 'c') this.#keep();
    if (name === 'row') this.#rows.push({ number: this.#number, cells: this.#cells });
  }

  #keep(): void {
    const value = this.#value();
    if (value === '') return;
    if (this.#column >= MAX_COLUMNS) throw new FileProblem('too-many-columns', this.#number);
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = value;
  }

  #value(): string {
    if (this.#type === 's') return this.#text === '' ? '' : this.#strings.get(Number(this.#text));
    if (this.#type === 'n') return plainNumber(this.#text);
    // `e`: what the spreadsheet shows when a formula failed, such as #N/A, is no value.
    return this.#type === 'e' ? '' : this.#text;
  }
}

/** 'B7' → 1; null without a reference. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return null;
  let column = 0;
  for (let at = 0; at < letters.length; at += 1) column = column * 26 + letters.charCodeAt(at) - 64;
  return column - 1;
}

/** 9.64123456E8 is a phone number to whoever typed it. */
function plainNumber(text: string): string {
  if (!/[eE.]/.test(text)) return text;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value.toString() : text;
}
