import { createHash } from 'node:crypto';
import { orderOf } from './dates';
import { plainWords } from './districts';
import { ADULT_AGE, type FileFormat, type Mapping } from './types';

/** What columns are called in the rolls of municipalities, RENIEC and ONPE, without accents. */
const NAMES = {
  dni: [
    'dni',
    'nro dni',
    'n dni',
    'num dni',
    'numero dni',
    'numero de dni',
    'no dni',
    'nro doc',
    'documento',
    'num documento',
    'numero documento',
    'nro documento',
    'numero de documento',
    'doc identidad',
    'documento de identidad',
    'documento identidad',
    'le dni',
    'national id',
    'id number',
  ],
  district: [
    'distrito',
    'ubigeo',
    'cod ubigeo',
    'codigo ubigeo',
    'ubigeo distrito',
    'ubigeo inei',
    'ubigeo reniec',
    'ubigeo domicilio',
    'distrito domicilio',
    'distrito de residencia',
    'distrito residencia',
    'nombre distrito',
    'district',
  ],
  phone: [
    'telefono',
    'celular',
    'movil',
    'telefono celular',
    'telefono movil',
    'nro celular',
    'numero celular',
    'numero de celular',
    'nro telefono',
    'numero telefono',
    'numero de telefono',
    'cel',
    'telf',
    'fono',
    'phone',
    'mobile',
  ],
  birth: [
    'fecha nacimiento',
    'fecha de nacimiento',
    'fec nacimiento',
    'fec nac',
    'f nacimiento',
    'f nac',
    'fecha nac',
    'fecnac',
    'nacimiento',
    'birth date',
    'date of birth',
  ],
  whole: [
    'apellidos y nombres',
    'nombres y apellidos',
    'nombre completo',
    'nombre y apellidos',
    'apellidos nombres',
    'nombres apellidos',
    'ciudadano',
    'poblador',
    'full name',
  ],
  surname: [
    'apellidos',
    'apellido paterno',
    'ap paterno',
    'a paterno',
    'paterno',
    'primer apellido',
    'surname',
    'surnames',
  ],
  second: ['apellido materno', 'ap materno', 'a materno', 'materno', 'segundo apellido'],
  given: ['nombres', 'nombre', 'prenombres', 'nombres de pila', 'name', 'names', 'given names'],
} as const;

type Kind = keyof typeof NAMES;
const KIND_OF = new Map<string, Kind>(
  (Object.keys(NAMES) as Kind[]).flatMap((kind) =>
    NAMES[kind].map((name) => [name, kind] as const),
  ),
);

/** The columns that the report of rejected rows puts in front. */
export const REPORT_HEADERS = ['fila', 'resultado', 'motivo'] as const;
export const REPORT_COLUMNS = REPORT_HEADERS.length;

function kindOf(header: string): Kind | null {
  return KIND_OF.get(plainWords(header)) ?? null;
}

/** How many cells of a row are names of columns: the row with most of them is the header. */
export function headerScore(cells: readonly string[]): number {
  return new Set(cells.map(kindOf).filter((kind) => kind !== null)).size;
}

/** Under what a mapping is remembered: the headers, however they were accented or spaced. */
export function headerSignature(headers: readonly string[]): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(headers.map(plainWords)))
    .digest();
}

/** Whether a file is a report of rejected rows that comes back corrected. */
export function isReport(headers: readonly string[]): boolean {
  return REPORT_HEADERS.every((name, index) => plainWords(headers[index] ?? '') === name);
}

/**
 * Which column is what, as far as their names tell; −1 for a column that must be there and was not
 * found. A corrected report of rejected rows is part of a roll, everything else the whole of it.
 */
export function proposeMapping(
  headers: readonly string[],
  sample: readonly (readonly string[])[],
  format: FileFormat,
): Mapping {
  const at = (kind: Kind): number => headers.findIndex((header) => kindOf(header) === kind);
  const maybe = (index: number): number | null => (index === -1 ? null : index);
  const column = (index: number): string[] => sample.map((cells) => cells[index] ?? '');
  const dni = at('dni');
  const birth = at('birth');
  const parts = [at('surname'), at('second'), at('given')].filter((index) => index !== -1);
  const whole = at('whole');
  return {
    dni,
    district: at('district'),
    phone: maybe(at('phone')),
    name: whole === -1 ? parts : [whole],
    birth: maybe(birth),
    dateOrder: birth === -1 ? 'refuse' : orderOf(column(birth)),
    minAge: ADULT_AGE,
    padDni:
      format.kind === 'xlsx' && dni !== -1 && column(dni).some((cell) => /^\d{5,7}$/.test(cell)),
    scope: isReport(headers) ? 'partial' : 'whole',
  };
}

/** A mapping that was remembered, as far as it still fits these headers. */
export function fits(mapping: Mapping, headers: readonly string[]): boolean {
  const used = [mapping.dni, mapping.district, mapping.phone, mapping.birth, ...mapping.name];
  return used.every((index) => index === null || (index >= 0 && index < headers.length));
}
