import { z } from 'zod';
import { fromBase64Url } from '@/lib/shared/bytes';
import { RSA_BYTES } from './types';

/** What the browser posts to /api/credential. */
export const credentialInput = z.strictObject({
  round: z.string().min(1).max(64),
  blinded: z
    .string()
    .max(400)
    .transform((text, context) => {
      const bytes = fromBase64Url(text);
      if (bytes?.length === RSA_BYTES) return bytes;
      context.addIssue({ code: 'custom', message: 'malformed' });
      return z.NEVER;
    }),
});
