import { formatCode } from '@/lib/ballots/receipt';
import type { QrDrawing } from './qr';
import type { SlipContent } from './slip';

const WIDTH = 720;
const MARGIN = 48;

/** The receipt as a picture for the phone's gallery: for who has no printer and no pencil. */
export function slipImage(
  content: SlipContent,
  drawing: QrDrawing,
  lines: { readonly title: string; readonly how: string; readonly proves: string },
): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  const height = 1180;
  canvas.width = WIDTH;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (pen === null) return Promise.resolve(null);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, WIDTH, height);
  pen.fillStyle = '#000';
  let y = MARGIN + 28;
  const write = (text: string, size: number, weight: 'bold' | 'normal'): void => {
    pen.font = `${weight} ${size}px system-ui, sans-serif`;
    for (const line of wrapped(text, (part) => pen.measureText(part).width, WIDTH - 2 * MARGIN)) {
      pen.fillText(line, MARGIN, y);
      y += size * 1.35;
    }
    y += size * 0.4;
  };
  write(lines.title, 36, 'bold');
  write(content.roundTitle, 26, 'normal');
  write(formatCode(content.receipt), 52, 'bold');
  const scale = Math.floor(460 / drawing.side);
  pen.save();
  pen.translate(MARGIN, y);
  pen.scale(scale, scale);
  pen.fill(new Path2D(drawing.path));
  pen.restore();
  y += drawing.side * scale + 56;
  write(lines.how, 26, 'normal');
  write(lines.proves, 26, 'normal');
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
