/**
 * Where each part of a public record is found; `format.ts` says what is in it. Apart, so that a
 * phone does not load the schema library to know an address.
 */

/** Leaves per file of `leaves/`: 256 KiB each, the last one growing. */
export const LEAVES_PER_FILE = 8192;
/** Ballots per file of `ballots/`. */
export const BALLOTS_PER_FILE = 10_000;

const padded = (number: number): string => String(number).padStart(6, '0');

/** Paths below `/public-record/<round>/`. */
export const RECORD_FILES = {
  /** Exact bytes of the manifest. */
  manifest: 'manifest.json',
  /** What there is to fetch (`recordIndex`). Signed by nobody: a convenience that decides nothing. */
  index: 'index.json',
  /** The newest checkpoint with its cosignatures. */
  checkpoint: 'checkpoint',
  /** The checkpoint of so many leaves, with the cosignatures it has. */
  checkpointOf: (size: number): string => `checkpoints/${size}`,
  /** Leaf hashes, 32 bytes each, `LEAVES_PER_FILE` a file. */
  leaves: (file: number): string => `leaves/${padded(file)}.bin`,
  /** Receipt codes of the batch that ended at this size, sorted, one per line. */
  receipts: (size: number): string => `receipts/${size}.txt`,
  /** What was shown live, computed from the first `size` leaves (`liveFile`). */
  live: (size: number): string => `live/${size}.json`,
  /** Every published note: one JSON line `[position, text]` each, ascending. Sealed ones come at the end. */
  notes: 'notes.ndjson',
  /** After the seal: ballot lines in the order of their leaves, `BALLOTS_PER_FILE` a file. */
  ballots: (file: number): string => `ballots/${padded(file)}.ndjson`,
  /** After publication: the count as it was announced (`announcedTally`). */
  tally: 'tally.json',
} as const;
