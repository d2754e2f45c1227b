import { z } from 'zod';
import { normaliseCode, normaliseDni } from './rules';

function digits(normalise: (text: string) => string | null) {
  return z
    .string()
    .max(40)
    .transform((text, context) => {
      const value = normalise(text);
      if (value !== null) return value;
      context.addIssue({
        code: 'custom',
        message: text.trim() === '' ? 'empty' : 'malformed',
      });
      return z.NEVER;
    });
}

export const dniInput = digits(normaliseDni);
export const codeInput = digits(normaliseCode);

/** What is wrong with a typed number, as a literal the page has one sentence for. */
export function problemOf(error: z.ZodError): 'empty' | 'malformed' {
  return error.issues.some((issue) => issue.message === 'empty') ? 'empty' : 'malformed';
}
