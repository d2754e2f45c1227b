import { formatCode } from '@/lib/ballots/receipt';
import type { QrDrawing } from './qr';
import type { SlipContent } from './slip';

const WIDTH = 720;
const MARGIN = 48;
const QR_WIDTH = 460;
/** Height of a line, and space after a paragraph, in sizes of its letters. */
const LINE = 1.3;
const GAP = 0.5;

interface Row {
  readonly text: string;
  readonly font: string;
  /** Of the base line. */
  readonly y: number;
}

/** The receipt as a picture for the phone's gallery: for who has no printer and no pencil. */
export function slipImage(
  content: SlipContent,
  drawing: QrDrawing,
  words: { readonly title: string; readonly how: string; readonly proves: string },
): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (pen === null) return Promise.resolve(null);
  const rows: Row[] = [];
  let bottom = MARGIN;
  const write = (text: string, size: number, weight: 'bold' | 'normal'): void => {
    const font = `${weight} ${size}px system-ui, sans-serif`;
    pen.font = font;
    for (const line of wrapped(text, (part) => pen.measureText(part).width, WIDTH - 2 * MARGIN)) {
      rows.push({ text: line, font, y: bottom + size });
      bottom += size * LINE;
    }
    bottom += size * GAP;
  };
  write(words.title, 36, 'bold');
  write(content.roundTitle, 26, 'normal');
  write(formatCode(content.receipt), 52, 'bold');
  const scale = Math.floor(QR_WIDTH / drawing.side);
  const qrTop = bottom;
  bottom += drawing.side * scale + MARGIN / 2;
  write(words.how, 26, 'normal');
  write(words.proves, 26, 'normal');

  // A canvas forgets everything when it is given its size.
  canvas.width = WIDTH;
  canvas.height = Math.ceil(bottom + MARGIN / 2);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#000';
  for (const { text, font, y } of rows) {
    pen.font = font;
    pen.fillText(text, MARGIN, y);
  }
  pen.translate(MARGIN, qrTop);
  pen.scale(scale, scale);
  pen.fill(new Path2D(drawing.path));
  return new Promise((done) => {
    canvas.toBlob(done, 'image/png');
  });
}

/** Words in lines that are no wider than `most`; a word that is wider stands alone. */
export function wrapped(text: string, width: (text: string) => number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && width(longer) > most) lines.push(word);
    else lines[Math.max(0, lines.length - 1)] = longer;
  }
  return lines;
}
