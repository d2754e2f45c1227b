import { z } from 'zod';
import { RSA_BYTES } from '@/lib/credentials/types';
import { fromBase64Url } from '@/lib/shared/bytes';
import { MAX_RESIDENTS } from './types';

const SECRET_BYTES = 32;

const bytesOf = (length: number) =>
  z.string().transform((text, context) => {
    const bytes = fromBase64Url(text);
    if (bytes?.length === length) return bytes;
    context.addIssue({ code: 'custom', message: `not ${length} bytes of base64url` });
    return z.NEVER;
  });

const count = z.number().int().nonnegative().max(MAX_RESIDENTS);

/** What a tablet sends when it is loaded. */
export const loadInput = z.strictObject({
  device: bytesOf(SECRET_BYTES),
  blinded: z
    .array(z.strictObject({ group: z.string().min(1).max(64), value: bytesOf(RSA_BYTES) }))
    .min(1)
    .max(MAX_RESIDENTS),
});

/** Closing minutes. */
export const minutesInput = z.strictObject({
  device: bytesOf(SECRET_BYTES),
  minutes: z.strictObject({
    checkIns: count,
    ballots: count,
    vouchers: count,
    head: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});

/** Places in the list of those who voted. */
export const syncInput = z.strictObject({
  device: bytesOf(SECRET_BYTES),
  used: z.array(z.number().int().nonnegative()).max(MAX_RESIDENTS),
});

/** The form that prepares a tablet. */
export const prepareForm = z.strictObject({
  round: z.string().min(1).max(64),
  place: z.string().trim().min(3).max(120),
  list: z.string().trim().min(1).max(20_000),
});

/** The form that gives a tablet up. */
export const loseForm = z.strictObject({
  tablet: z.string().regex(/^T-[0-9A-Z]{4}$/),
  reason: z.string().max(500),
  attendance: z.string().max(20_000),
});

/** The form that asks to set free those who waited for a lost tablet. */
export const releaseForm = z.strictObject({
  tablet: z.string().regex(/^T-[0-9A-Z]{4}$/),
  reason: z.string().max(500),
  /** How many the page said are reserved. */
  held: z.coerce.number().int().positive(),
});
