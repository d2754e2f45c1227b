import { z } from 'zod';

const line = (max: number) =>
  z
    .string()
    .transform((text) => text.replace(/\s+/gu, ' ').trim())
    .pipe(z.string().min(1, 'required').max(max, 'too-long'));

const optionalLine = (max: number) =>
  z
    .string()
    .transform((text) => text.replace(/\s+/gu, ' ').trim())
    .pipe(z.string().max(max, 'too-long'))
    .transform((text) => (text === '' ? null : text));

const PLAN_CODE = /^(SOC|ECO|AMB|INS)-[1-9]\d?(-[POM][1-9]\d?)?$/;

/** The edited layer over an official text: a short title and what it means in practice. */
export const planTextInput = z.strictObject({
  code: z.string().regex(PLAN_CODE),
  /** Rows only: what fits on the assembly's wall. */
  labelEs: line(28).optional(),
  labelEn: line(28).optional(),
  titleEs: line(60),
  titleEn: line(60),
  summaryEs: optionalLine(300),
  summaryEn: optionalLine(300),
});
export type PlanTextInput = z.output<typeof planTextInput>;

/** The plan's goals carry no indicator: an editor may add one, with where the baseline comes from. */
export const goalIndicatorInput = z.strictObject({
  code: z.string().regex(/^(SOC|ECO|AMB|INS)-[1-9]\d?-M[1-9]\d?$/),
  indicator: optionalLine(200),
  baseline: optionalLine(100),
  targetValue: optionalLine(100),
  targetYear: z
    .string()
    .trim()
    .transform((text) => (text === '' ? null : Number(text)))
    .pipe(z.number().int().min(2000).max(2100).nullable()),
  indicatorSource: optionalLine(200),
});
export type GoalIndicatorInput = z.output<typeof goalIndicatorInput>;

/** Its base64 travels once through the confirmation form, under the megabyte a form may carry. */
const MAX_UPLOAD_BYTES = 500 * 1024;

export const planUploadInput = z.strictObject({
  file: z
    .instanceof(File)
    .refine((file) => file.name !== '' || file.size > 0, 'required')
    .refine((file) => file.size <= MAX_UPLOAD_BYTES, 'too-large'),
});

export const planConfirmationInput = z.strictObject({
  document: z.base64().min(1),
  name: z.string().min(1).max(255),
  seen: z.string().regex(/^([0-9a-f]{64})?$/),
});
