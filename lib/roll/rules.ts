/** What people type between digits: spaces of any kind, dots, hyphens and dashes. */
const SEPARATORS = /[\s.\u00ad\u2010-\u2015-]/g;

/** The eight digits of a DNI as stored and hashed, or null when it is not one. */
export function normaliseDni(text: string): string | null {
  const digits = text.replace(SEPARATORS, '');
  return /^\d{8}$/.test(digits) ? digits : null;
}

/** The six digits of a code however they were spaced, or null when they are not six digits. */
export function normaliseCode(text: string): string | null {
  const digits = text.replace(SEPARATORS, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** A Peruvian mobile number as nine digits, with or without +51 in front. */
export function normalisePhone(text: string): string | null {
  const digits = text.replace(SEPARATORS, '').replace(/^\+?51(?=9\d{8}$)/, '');
  return /^9\d{8}$/.test(digits) ? digits : null;
}
