import { z } from 'zod';

const wholeNumber = (most: number) =>
  z
    .string()
    .max(12)
    .transform((text) => text.replace(/[\s.]/g, ''))
    .pipe(z.string().regex(/^\d{1,5}$/))
    .transform(Number)
    .pipe(z.number().int().min(0).max(most));

const MOST_PAPERS = 20_000;

/** The form that opens a table. */
export const openTableInput = z.strictObject({
  requestKey: z.uuid(),
  roundId: z.string().min(1).max(64),
  groupId: z.string().min(1).max(64),
  place: z.string().trim().min(3).max(200),
  papers: wholeNumber(MOST_PAPERS).pipe(z.number().min(1)),
});

/** The figures of the closing minutes, as typed. */
export const minutesInput = z.strictObject({
  checkIns: wholeNumber(MOST_PAPERS),
  ballots: wholeNumber(MOST_PAPERS),
  spoiled: wholeNumber(MOST_PAPERS),
  unused: wholeNumber(MOST_PAPERS),
});

export const paperNumberInput = wholeNumber(MOST_PAPERS).pipe(z.number().min(1));

export const reasonInput = z.string().trim().min(5).max(500);

/** Dice, or any words said aloud in front of everybody. */
export const seedInput = z.string().trim().min(1).max(100);
