import { z } from 'zod';
import { REQUEST_KINDS, REQUEST_OUTCOMES } from '@/db/registry/schema';
import { dniInput } from '@/lib/roll/input';
import { limaMoment, reasonInput } from '@/lib/shared/input';

const words = z.string().trim().min(10, 'too-short').max(2000, 'too-long');

export const requestInput = z.strictObject({
  kind: z.enum(REQUEST_KINDS, 'empty'),
  detail: words,
});

/** At the desk, where an officer reads the DNI of the person. */
export const deskRequestInput = requestInput.extend({ dni: dniInput });
export type DeskRequestInput = z.output<typeof deskRequestInput>;

export const answerInput = z.strictObject({
  id: z.uuid(),
  outcome: z.enum(REQUEST_OUTCOMES, 'empty'),
  /** With its reason; the person reads it. */
  answer: words,
});
export type AnswerInput = z.output<typeof answerInput>;

export const extendInput = z.strictObject({ id: z.uuid(), reason: reasonInput });

export const incidentInput = z.strictObject({
  requestKey: z.uuid(),
  what: words,
  dataKinds: z.string().trim().min(3, 'too-short').max(500, 'too-long'),
  /** Empty while it is not known. */
  people: z
    .string()
    .trim()
    .regex(/^\d{0,9}$/, 'malformed')
    .transform((text) => (text === '' ? null : Number(text))),
  measures: words,
  knownAt: limaMoment,
});
export type IncidentInput = z.output<typeof incidentInput>;

export const closeIncidentInput = z.strictObject({ id: z.uuid(), note: words });

export const toldInput = z.strictObject({ id: z.uuid(), whom: z.enum(['authority', 'people']) });
