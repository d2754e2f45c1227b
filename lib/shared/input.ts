import { z } from 'zod';
import { momentInLima } from './lima';

/** What a date-and-time field of a form holds, meant in Lima. */
export const limaMoment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, 'malformed')
  .transform((text, context) => {
    const moment = momentInLima(text);
    if (moment !== null) return moment;
    context.addIssue({ code: 'custom', message: 'malformed' });
    return z.NEVER;
  });

/** A round's id, as addresses and forms hold it. */
export const roundId = z.string().regex(/^[a-z0-9][a-z0-9-]{2,40}$/, 'malformed');

export const MIN_REASON_CHARACTERS = 10;
/** Why somebody does what is logged with its reason. */
export const reasonInput = z.string().trim().min(MIN_REASON_CHARACTERS).max(500);
