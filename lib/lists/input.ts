import { z } from 'zod';
import { CHALLENGE_KINDS } from '@/db/registry/schema';
import { dniInput } from '@/lib/roll/input';
import { normalisePhone } from '@/lib/roll/rules';
import { limaMoment, reasonInput, roundId } from '@/lib/rounds/input';

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

export const decisionInput = z.strictObject({
  id: z.uuid(),
  decision: z.enum(['accept', 'reject']),
  /** Read by who filed it, and by anybody they show it to. */
  reason: reasonInput,
});
export type DecisionInput = z.output<typeof decisionInput>;

export const datesInput = z.strictObject({
  roundId,
  listsOpenAt: limaMoment,
  challengesCloseAt: limaMoment,
  finalAt: limaMoment,
});

export const matterInput = z.enum(['challenge', 'inclusion']);
