import { createHash } from 'node:crypto';
import { words } from './parse/words';

/**
 * A short hash of what a text says, blind to case, accents and punctuation: how the project's own
 * titles know the text they were written for without holding a sentence of the document.
 */
export function fingerprint(text: string): string {
  return createHash('sha256').update(words(text).join(' ')).digest('hex').slice(0, 12);
}

/** A row is known by its problems. */
export function rowFingerprint(row: {
  readonly problems: readonly { readonly text: string }[];
}): string {
  return fingerprint(row.problems.map(({ text }) => text).join(' '));
}
