import { z } from 'zod';
import { roundId } from '@/lib/shared/input';

/** As many as one PDF holds, and a printer in an afternoon. */
export const MOST_LETTERS = 2000;

/** As many as one person gets in a round: a lost one, and a lost one again. */
export const LETTERS_EACH = 3;

/** The second person's yes to a batch: lib/approvals. */
export const LETTERS_PRINT_KIND = 'letters.print';

const number = z
  .string()
  .trim()
  .regex(/^\d{1,6}$/, 'malformed')
  .transform(Number);

export const lettersInput = z
  .strictObject({
    round: roundId,
    /** Empty: the whole province. */
    district: z.string().regex(/^(\d{6})?$/, 'malformed'),
    first: number.refine((value) => value >= 1, 'malformed'),
    last: number,
    reason: z.string().trim().min(10, 'too-short').max(500, 'too-long'),
  })
  .refine(({ first, last }) => last >= first, { path: ['last'], message: 'before-first' })
  .refine(({ first, last }) => last - first < MOST_LETTERS, {
    path: ['last'],
    message: 'too-many',
  });

export type LettersInput = z.infer<typeof lettersInput>;
