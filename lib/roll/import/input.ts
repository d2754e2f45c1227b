import { z } from 'zod';
import { MAX_COLUMNS, MAX_FILE_BYTES, type FileFormat, type Mapping } from './types';

const column = z
  .number()
  .int()
  .min(0)
  .max(MAX_COLUMNS - 1);

/** What is stored of a mapping; read strictly again before it is used. */
export const mappingShape: z.ZodType<Mapping> = z.strictObject({
  dni: column.or(z.literal(-1)),
  district: column.or(z.literal(-1)),
  phone: column.nullable(),
  name: z.array(column).max(3),
  birth: column.nullable(),
  dateOrder: z.enum(['day-first', 'month-first', 'refuse']),
  minAge: z.number().int().min(0).max(99),
  padDni: z.boolean(),
  scope: z.enum(['whole', 'partial']),
});

export const formatShape: z.ZodType<FileFormat & { readonly headerRow: number }> =
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('csv'),
      encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le', 'utf-16be']),
      delimiter: z.enum([',', ';', '\t', '|']),
      headerRow: z.number().int().min(1),
    }),
    z.strictObject({
      kind: z.literal('xlsx'),
      sheet: z.string(),
      sheets: z.number().int().min(1),
      path: z.string(),
      from1904: z.boolean(),
      headerRow: z.number().int().min(1),
    }),
  ]);

/** What a browser says of the file before it sends any of it. */
export const uploadInput = z.strictObject({
  name: z.string().min(1).max(255),
  size: z.number().int().min(1, 'empty').max(MAX_FILE_BYTES, 'too-large'),
  modified: z.number().int().min(0),
});
export type UploadInput = z.output<typeof uploadInput>;

const chosen = z
  .string()
  .regex(/^\d{0,2}$/)
  .transform((text) => (text === '' ? null : Number(text)))
  .pipe(column.nullable());
const mustChoose = chosen.refine((value) => value !== null, 'required');

/** The form in which a person says which column is what. */
export const mappingForm = z
  .strictObject({
    importId: z.uuid(),
    dni: mustChoose,
    district: mustChoose,
    phone: chosen,
    name1: chosen,
    name2: chosen,
    name3: chosen,
    birth: chosen,
    dateOrder: z.enum(['day-first', 'month-first', 'refuse']),
    minAge: z.coerce.number().int().min(0).max(99),
    padDni: z.enum(['yes', 'no']),
    scope: z.enum(['whole', 'partial']),
  })
  .transform(({ importId, name1, name2, name3, padDni, dni, district, ...rest }) => ({
    importId,
    mapping: {
      ...rest,
      dni,
      district,
      name: [name1, name2, name3].filter((index) => index !== null),
      padDni: padDni === 'yes',
    } satisfies Mapping,
  }))
  .refine(({ mapping: { dni, district } }) => dni !== district, {
    message: 'same-column',
    path: ['district'],
  });

const reason = z.string().trim().min(1, 'required').max(500);

export const proposalInput = z.strictObject({ importId: z.uuid(), reason });
export const importIdInput = z.strictObject({ importId: z.uuid() });
export const takeBackInput = z.strictObject({ what: z.enum(['import', 'addition']), id: z.uuid() });
