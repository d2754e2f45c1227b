import { type Result, ok, refuse } from '@/lib/shared/result';
import type { PlanRefusal } from '../types';

/** A plan is some tens of kilobytes; what is a hundred times larger is another kind of file. */
export const MAX_PLAN_BYTES = 5 * 1024 * 1024;

const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly reason: PlanRefusal }[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46], reason: 'pdf' }, // %PDF
  { bytes: [0x50, 0x4b, 0x03, 0x04], reason: 'word' }, // zip: docx, odt, xlsx
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], reason: 'word' }, // the older doc, xls
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], reason: 'word' }, // {\rtf
];

/**
 * The text of a plan's bytes: UTF-8 or UTF-16 with or without a mark, else Windows-1252, which is
 * what older office software calls ANSI. NFC, so that an accent is one letter everywhere; line
 * ends as they are. Refused: `empty`, `pdf`, `word`, `binary`, `too-large`.
 */
export function decodePlan(bytes: Uint8Array): Result<string, PlanRefusal> {
  if (bytes.length > MAX_PLAN_BYTES) return refuse('too-large');
  for (const { bytes: signature, reason } of SIGNATURES) {
    if (signature.every((byte, index) => bytes[index] === byte)) return refuse(reason);
  }
  const text = decodeText(bytes).normalize('NFC');
  if (text.trim() === '') return refuse('empty');
  if (isBinary(text)) return refuse('binary');
  return ok(text);
}

function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  const damaged = count(utf8, /\uFFFD/g);
  if (damaged === 0) return utf8;
  // A UTF-8 file with a byte lost is still UTF-8: read as ANSI every accent in it would break.
  const accented = count(utf8, /[\u0080-\uFFFC]/g);
  return accented > damaged ? utf8 : decodeAnsi(bytes);
}

/** Windows-1252 from 0x80 to 0x9F; the rest is Latin-1. Node 20's own decoder leaves these bytes as control characters. */
const ANSI_80_TO_9F = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

function decodeAnsi(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009F]/g, (letter) => ANSI_80_TO_9F.charAt(letter.charCodeAt(0) - 0x80));
}

function isBinary(text: string): boolean {
  if (text.includes('\0')) return true;
  // Tab, line feed, vertical tab, form feed and carriage return belong to text.
  return count(text, /[\u0001-\u0008\u000E-\u001F]/g) > text.length / 100;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
