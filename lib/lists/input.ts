import { z } from 'zod';
import { CHALLENGE_KINDS } from '@/db/registry/schema';
import { dniInput } from '@/lib/roll/input';
import { normalisePhone } from '@/lib/roll/rules';
import { limaMoment, reasonInput, roundId } from '@/lib/shared/input';

const district = z.string().regex(/^\d{6}$/, 'empty');
export const evidence = z.string().trim().min(10, 'too-short').max(2000, 'too-long');
export const names = z.string().trim().min(5, 'too-short').max(120, 'too-long');

export const challengeInput = z.strictObject({
  roundId,
  subjectDni: dniInput,
  kind: z.enum(CHALLENGE_KINDS, 'empty'),
  districtCode: district,
  evidence,
});
export type ChallengeInput = z.output<typeof challengeInput>;

/** The same at the desk, where the officer reads the DNI of who files it. */
export const deskChallengeInput = challengeInput.extend({ filerDni: dniInput });

export const inclusionInput = z.strictObject({
  roundId,
  dni: dniInput,
  names,
  districtCode: district,
  phone: z
    .string()
    .max(40)
    .transform((text, context) => {
      if (text.trim() === '') return null;
      const phone = normalisePhone(text);
      if (phone !== null) return phone;
      context.addIssue({ code: 'custom', message: 'malformed' });
      return z.NEVER;
    }),
  grounds: evidence,
});
export type InclusionInput = z.output<typeof inclusionInput>;

/** By the page nobody says a phone: nothing shows that it is that person's. */
export const pageInclusionInput = inclusionInput.omit({ phone: true });

export const decisionInput = z.strictObject({
  id: z.uuid(),
  decision: z.enum(['accept', 'reject']),
  /** Read by who filed it, and by anybody they show it to. */
  reason: reasonInput,
});
export type DecisionInput = z.output<typeof decisionInput>;

/** Rejecting what came in by the page within a time: all of it, with one reason. */
export const bulkInput = z.strictObject({
  roundId,
  from: limaMoment,
  until: limaMoment,
  reason: reasonInput,
  /** How many they are, typed by whoever was told so. */
  count: z
    .string()
    .trim()
    .regex(/^\d{0,6}$/, 'malformed')
    .transform(Number),
});
export type BulkInput = z.output<typeof bulkInput>;

export const datesInput = z.strictObject({
  roundId,
  listsOpenAt: limaMoment,
  challengesCloseAt: limaMoment,
  finalAt: limaMoment,
});

export const matterInput = z.enum(['challenge', 'inclusion']);
