/** Words of the import of a roll: what a file may be, what may be wrong with it and with its rows. */

/** The two-person act of putting an import onto the roll, and of adding one person. */
export const ROLL_IMPORT_KIND = 'roll.import';
export const ROLL_ADDITION_KIND = 'roll.addition';

const MIB = 1024 * 1024;

export const MAX_FILE_BYTES = 200 * MIB;
/** The largest roll of the province with room to spare; a longer file is not a roll of this place. */
export const MAX_ROWS = 700_000;
export const MAX_COLUMNS = 60;
/** Of a whole row; the longest honest ones have some hundred characters. */
export const MAX_ROW_CHARACTERS = 64 * 1024;
/** Pieces in which a browser sends a file: a broken line repeats one piece, not the file. */
export const PIECE_BYTES = MIB;
/** Without a script a browser sends the file whole, and the server reads it whole. */
export const WHOLE_UPLOAD_BYTES = 8 * MIB;
/** A number that more people than this share belongs to none of them in particular. */
export const SHARED_PHONE_LIMIT = 3;
export const ADULT_AGE = 18;

/** Why a whole file cannot be read; each has one sentence. */
export const FILE_PROBLEMS = [
  'empty',
  'too-large',
  'no-header',
  'no-rows',
  'binary',
  'pdf',
  'old-excel',
  'not-a-spreadsheet',
  'broken-encoding',
  'broken-quotes',
  'row-too-long',
  'too-many-rows',
  'too-many-columns',
  'broken-xlsx',
  'encrypted',
  'macros',
  'zip-bomb',
  'polyglot',
  'doctype',
  'no-sheet',
  'damaged',
  'not-applied',
  'unexpected',
] as const;
export type FileProblemReason = (typeof FILE_PROBLEMS)[number];

/** The file cannot be read, and the person who sent it is told why. */
export class FileProblem extends Error {
  constructor(
    readonly reason: FileProblemReason,
    /** Where, as the spreadsheet numbers its rows. */
    readonly row: number | null = null,
  ) {
    super(`The file cannot be read: ${reason}`);
  }
}

/** Why a row does not come onto the roll. */
export const ROW_REJECTIONS = [
  'dni-missing',
  'dni-malformed',
  'dni-repeated',
  'district-missing',
  'district-unknown',
  'district-ambiguous',
  'date-missing',
  'date-malformed',
  'date-ambiguous',
  'under-age',
] as const;
/** What was left out of a row that does come onto it. */
export const ROW_WARNINGS = ['phone-unusable'] as const;
export type RowReason = (typeof ROW_REJECTIONS)[number] | (typeof ROW_WARNINGS)[number];

export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';
export type Delimiter = ',' | ';' | '\t' | '|';

export type FileFormat =
  | { readonly kind: 'csv'; readonly encoding: Encoding; readonly delimiter: Delimiter }
  | {
      readonly kind: 'xlsx';
      /** The first visible sheet is read. */
      readonly sheet: string;
      readonly sheets: number;
      /** Its place inside the zip. */
      readonly path: string;
      /** Days are counted from 1904 in files of old Macs. */
      readonly from1904: boolean;
    };

export interface Row {
  /** As the spreadsheet numbers it, from 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** How a date of two small numbers is read. `refuse`: not at all, where it would matter. */
export type DateOrder = 'day-first' | 'month-first' | 'refuse';

/** Which column is what, from 0. */
export interface Mapping {
  readonly dni: number;
  readonly district: number;
  readonly phone: number | null;
  /** Joined in this order: surnames and given names, or one column with all of them. */
  readonly name: readonly number[];
  /** Only looked at: who is younger than `minAge` does not come onto the roll. */
  readonly birth: number | null;
  readonly dateOrder: DateOrder;
  readonly minAge: number;
  /** A spreadsheet ate the zeros in front of old DNIs: they are put back. */
  readonly padDni: boolean;
  /** `whole`: who is not in the file leaves the roll. `partial`: nobody leaves. */
  readonly scope: 'whole' | 'partial';
}

/** What is read of a file before anybody chooses columns. */
export interface Inspection {
  readonly format: FileFormat;
  readonly headerRow: number;
  readonly headers: readonly string[];
  readonly sample: readonly (readonly string[])[];
}

export interface DistrictChange {
  readonly before: number;
  readonly after: number;
  readonly joined: number;
  readonly left: number;
}

/** What applying an import would change: numbers only. */
export interface Preview {
  readonly before: number;
  readonly after: number;
  readonly joined: number;
  readonly left: number;
  readonly movedDistrict: number;
  readonly changedPhone: number;
  readonly changedName: number;
  readonly unchanged: number;
  readonly withoutPhone: number;
  readonly sharedPhones: number;
  readonly districts: Readonly<Record<string, DistrictChange>>;
}
