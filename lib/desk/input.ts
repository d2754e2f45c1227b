import { z } from 'zod';
import { HELP_REASONS, INCIDENT_KINDS } from '@/db/registry/schema';
import { scannedDni } from './dni-scan';

/** The longest record a barcode reader types in one line. */
const MOST_SCANNED = 300;

/** A DNI typed by hand or by a barcode reader. */
export const scanInput = z
  .string()
  .max(MOST_SCANNED)
  .transform((text, context) => {
    const dni = scannedDni(text);
    if (dni !== null) return dni;
    context.addIssue({ code: 'custom', message: text.trim() === '' ? 'empty' : 'malformed' });
    return z.NEVER;
  });

const words = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.trim().replaceAll('\r\n', '\n'));
const line = (least: number, most: number) =>
  z
    .string()
    .transform((text) => text.trim().replace(/\s+/g, ' '))
    .pipe(z.string().min(least).max(most));
const papers = z
  .string()
  .max(12)
  .transform((text) => text.replace(/[\s.]/g, ''))
  .pipe(z.string().regex(/^\d{1,5}$/))
  .transform(Number)
  .pipe(z.number().int().min(0).max(20_000));

export const openShiftInput = z.strictObject({
  requestKey: z.uuid(),
  place: line(2, 80),
  device: line(1, 40),
  papers,
});

export const closeShiftInput = z.strictObject({
  papers,
  spoiled: papers,
  note: words(1000),
  alone: words(500),
});

export const incidentInput = z.strictObject({
  id: z.uuid(),
  kind: z.enum(INCIDENT_KINDS),
  words: words(1000).pipe(z.string().min(5)),
});

export const openAssemblyInput = z.strictObject({
  requestKey: z.uuid(),
  name: line(3, 120),
  place: line(3, 120),
  day: z.iso.date(),
});

export const helpReasonInput = z.enum(HELP_REASONS);
