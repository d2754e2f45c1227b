import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import type { Letter } from './letter-commands';
import { printedLetterCode } from './letter-code';

/** The sentences of a letter, in the language of whoever prints it. */
export interface LetterWords {
  readonly title: string;
  readonly municipality: string;
  readonly greeting: string;
  readonly about: string;
  readonly codeIs: string;
  readonly steps: readonly string[];
  readonly secret: string;
  readonly help: string;
  addressee(letter: Letter): string;
  district(letter: Letter): string;
  dni(letter: Letter): string;
  number(letter: Letter): string;
}

const POINTS_PER_MM = 72 / 25.4;
const mm = (millimetres: number): number => millimetres * POINTS_PER_MM;

/** DL envelope with a window, folded in three (DIN 5008 B): the window shows name and district. */
const WINDOW = { left: mm(20), top: mm(50), width: mm(85) };
const TEXT = { left: mm(25), top: mm(103), width: mm(160) };
const FOLDS = [mm(105), mm(210)];
const QR_SIZE = mm(28);

/**
 * The letters as one PDF, a page each, streamed. A code stands in the third below the first fold, so
 * that neither the window nor a sheet held against the light inside the fold shows it.
 */
export function letterPdf(
  letters: readonly Letter[],
  words: LetterWords,
  address: URL,
): PDFKit.PDFDocument {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    info: { Title: words.title },
  });
  const qr = QRCode.create(address.href, { errorCorrectionLevel: 'M' });
  for (const letter of letters) drawLetter(pdf, letter, words, qr);
  pdf.end();
  return pdf;
}

function drawLetter(
  pdf: PDFKit.PDFDocument,
  letter: Letter,
  words: LetterWords,
  qr: QRCode.QRCode,
): void {
  pdf.addPage();
  pdf.fillColor('black').strokeColor('black');
  write(pdf, words.municipality, { size: 9, left: WINDOW.left, top: mm(45), width: WINDOW.width });
  pdf
    .moveTo(WINDOW.left, mm(49))
    .lineTo(WINDOW.left + WINDOW.width, mm(49))
    .lineWidth(0.4)
    .stroke();
  const name = letter.name ?? words.addressee(letter);
  write(pdf, name, { size: 11, bold: true, ...WINDOW });
  write(pdf, words.district(letter), { size: 11, ...WINDOW, top: pdf.y + 2 });
  for (const fold of FOLDS) pdf.moveTo(mm(4), fold).lineTo(mm(8), fold).lineWidth(0.4).stroke();

  write(pdf, words.greeting, { size: 18, bold: true, ...TEXT });
  write(pdf, words.about, { size: 11, ...TEXT, top: pdf.y + 6 });
  write(pdf, words.dni(letter), { size: 11, ...TEXT, top: pdf.y + 6 });
  const box = { left: TEXT.left, top: pdf.y + 12, width: mm(110), height: mm(24) };
  pdf.rect(box.left, box.top, box.width, box.height).lineWidth(1.2).stroke();
  const inside = { left: box.left + mm(5), width: box.width - mm(10) };
  write(pdf, words.codeIs, { size: 10, ...inside, top: box.top + mm(4) });
  write(pdf, printedLetterCode(letter.code), {
    ...{ size: 24, bold: true, mono: true },
    ...inside,
    top: box.top + mm(10),
  });
  drawQr(pdf, qr, TEXT.left + TEXT.width - QR_SIZE, box.top);
  let top = box.top + Math.max(box.height, QR_SIZE) + mm(6);
  for (const step of words.steps) {
    write(pdf, step, { size: 12, ...TEXT, top });
    top = pdf.y + 5;
  }
  write(pdf, words.secret, { size: 11, ...TEXT, top: top + 6 });
  write(pdf, words.help, { size: 11, ...TEXT, top: pdf.y + 8 });
  write(pdf, words.number(letter), { size: 8, ...TEXT, top: mm(285) });
}

interface Where {
  readonly size: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly bold?: boolean;
  readonly mono?: boolean;
}

function write(pdf: PDFKit.PDFDocument, text: string, where: Where): void {
  const family = where.mono === true ? 'Courier' : 'Helvetica';
  pdf
    .font(where.bold === true ? `${family}-Bold` : family)
    .fontSize(where.size)
    .text(printable(text), where.left, where.top, { width: where.width });
}

/** The standard fonts hold the letters of Spanish; another letter is written without its mark. */
function printable(text: string): string {
  return Array.from(text.normalize('NFC'), (character) =>
    /[\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2026]/.test(character)
      ? character
      : character.normalize('NFD').replace(/[^\u0020-\u007e]/g, ''),
  ).join('');
}

function drawQr(pdf: PDFKit.PDFDocument, qr: QRCode.QRCode, left: number, top: number): void {
  const { size } = qr.modules;
  const module = QR_SIZE / size;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (qr.modules.get(row, column)) {
        pdf.rect(left + column * module, top + row * module, module, module);
      }
    }
  }
  pdf.fill('black');
}
