import { crc32, deflateRawSync } from 'node:zlib';
import type { RollFile } from './sealed-file';

/** Spreadsheets as programs write them, and as attackers do. */

export interface Part {
  readonly name: string;
  readonly text: string | Buffer;
  /** What the zip says of its size; the truth unless told. */
  readonly saysBytes?: number;
  readonly flags?: number;
}

function header(signature: number, part: Part, packed: Buffer, plain: Buffer): Buffer {
  const central = signature === 0x02014b50;
  const bytes = Buffer.alloc(central ? 46 : 30);
  let at = bytes.writeUInt32LE(signature, 0);
  if (central) at = bytes.writeUInt16LE(20, at);
  at = bytes.writeUInt16LE(20, at);
  at = bytes.writeUInt16LE((part.flags ?? 0) | 0x800, at);
  at = bytes.writeUInt16LE(8, at);
  at = bytes.writeUInt32LE(0, at);
  at = bytes.writeUInt32LE(crc32(plain), at);
  at = bytes.writeUInt32LE(packed.length, at);
  at = bytes.writeUInt32LE(part.saysBytes ?? plain.length, at);
  bytes.writeUInt16LE(Buffer.byteLength(part.name), at);
  return bytes;
}

export function zipOf(parts: readonly Part[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const plain = Buffer.from(part.text as string);
    const packed = deflateRawSync(plain);
    const name = Buffer.from(part.name);
    const entry = header(0x02014b50, part, packed, plain);
    entry.writeUInt32LE(offset, 42);
    central.push(entry, name);
    const own = [header(0x04034b50, part, packed, plain), name, packed];
    local.push(...own);
    offset += own.reduce((sum, bytes) => sum + bytes.length, 0);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const WORKBOOK = `${XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Oculta" sheetId="1" state="hidden" r:id="rId9"/><sheet name="Padrón" sheetId="2" r:id="rId1"/><sheet name="Notas" sheetId="3" r:id="rId2"/></sheets></workbook>`;
const RELATIONS = `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`;

/** The parts of a book whose sheet has these rows, as XML. */
export function bookParts(sheetRows: string, shared: readonly string[] = []): Part[] {
  const strings = shared.map((text) => `<si><t>${text}</t></si>`).join('');
  return [
    { name: '[Content_Types].xml', text: `${XML}<Types/>` },
    { name: 'xl/workbook.xml', text: WORKBOOK },
    { name: 'xl/_rels/workbook.xml.rels', text: RELATIONS },
    { name: 'xl/sharedStrings.xml', text: `${XML}<sst>${strings}</sst>` },
    {
      name: 'xl/worksheets/sheet1.xml',
      text: `${XML}<worksheet><sheetData>${sheetRows}</sheetData></worksheet>`,
    },
  ];
}

/** A row of texts, written within the cells. */
export function textRow(number: number, cells: readonly string[]): string {
  const inner = cells
    .map((cell, index) => {
      const place = `${String.fromCharCode(65 + index)}${String(number)}`;
      return `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`;
    })
    .join('');
  return `<row r="${String(number)}">${inner}</row>`;
}

/** Bytes in memory, read like a file. */
export function fileOf(bytes: Uint8Array): RollFile {
  return {
    size: bytes.length,
    read: (position, length) =>
      Promise.resolve(Buffer.from(bytes.subarray(position, position + length))),
    close: () => Promise.resolve(),
  };
}
