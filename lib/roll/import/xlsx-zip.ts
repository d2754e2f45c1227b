import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { blocksOf, type RollFile } from './sealed-file';
import { FileProblem } from './types';

/**
 * The zip that an .xlsx is, opened with limits: it begins and ends as a zip and nothing stands before
 * or behind, no part is larger than it says, none grows beyond what a spreadsheet does, none is locked
 * or holds a program.
 */

const MAX_PARTS = 2000;
const MAX_PART_BYTES = 1024 * 1024 * 1024;
const MAX_WHOLE_BYTES = 2 * MAX_PART_BYTES;
/** Sheets shrink to a tenth or a thirtieth; bombs to a thousandth. */
const MAX_GROWTH = 150;
/** A small part may shrink as it likes. */
const SMALL_BYTES = 1024 * 1024;

const STORED = 0;
const DEFLATED = 8;

class FileReader extends RandomAccessReader {
  readonly #file: RollFile;

  constructor(file: RollFile) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(blocksOf(this.#file, start, end));
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

export interface SheetZip {
  readonly has: (name: string) => boolean;
  /** The unpacked bytes of a part. */
  open(name: string): Promise<Readable>;
  close(): void;
}

export async function openSheetZip(file: RollFile): Promise<SheetZip> {
  const reader = new FileReader(file);
  const zip = await fromRandomAccessReaderPromise(reader, file.size, {
    lazyEntries: true,
    autoClose: false,
    validateEntrySizes: true,
    strictFileNames: true,
  }).catch((error: unknown) => {
    // Bytes behind the end of the zip: two files in one.
    const message = error instanceof Error ? error.message : '';
    throw new FileProblem(message.includes('comment length') ? 'polyglot' : 'broken-xlsx');
  });
  try {
    if (zip.comment !== '') throw new FileProblem('polyglot');
    if (zip.entryCount > MAX_PARTS) throw new FileProblem('zip-bomb');
    const parts = await partsOf(zip);
    checkParts(parts, file.size);
    return {
      has: (name) => parts.has(name),
      async open(name) {
        const part = parts.get(name);
        if (part === undefined) throw new FileProblem('broken-xlsx');
        const stream = await zip.openReadStreamPromise(part).catch(() => {
          throw new FileProblem('broken-xlsx');
        });
        return stream;
      },
      close: () => {
        zip.close();
      },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function partsOf(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const parts = new Map<string, Entry>();
    zip.on('entry', (entry: Entry) => {
      // Two parts of one name: programs that read the first and those that read the last differ.
      if (parts.has(entry.fileName)) {
        reject(new FileProblem('polyglot'));
        return;
      }
      parts.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once('end', () => {
      resolve(parts);
    });
    zip.once('error', () => {
      reject(new FileProblem('broken-xlsx'));
    });
    zip.readEntry();
  });
}

function checkParts(parts: ReadonlyMap<string, Entry>, fileBytes: number): void {
  const entries = [...parts.values()];
  if (!parts.has('[Content_Types].xml') || !parts.has('xl/workbook.xml')) {
    throw new FileProblem('not-a-spreadsheet');
  }
  let [packed, unpacked] = [0, 0];
  for (const entry of entries) {
    if (entry.isEncrypted()) throw new FileProblem('encrypted');
    if (![STORED, DEFLATED].includes(entry.compressionMethod)) throw new FileProblem('broken-xlsx');
    if (/vbaproject\.bin$|^xl\/macrosheets\//i.test(entry.fileName))
      throw new FileProblem('macros');
    if (
      entry.uncompressedSize > MAX_PART_BYTES ||
      (entry.uncompressedSize > SMALL_BYTES &&
        entry.uncompressedSize > entry.compressedSize * MAX_GROWTH)
    ) {
      throw new FileProblem('zip-bomb');
    }
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
  }
  // Parts that lie over one another are how a small zip unpacks to petabytes.
  if (packed > fileBytes || unpacked > MAX_WHOLE_BYTES) throw new FileProblem('zip-bomb');
  const first = Math.min(...entries.map((entry) => entry.relativeOffsetOfLocalHeader));
  if (first !== 0) throw new FileProblem('polyglot');
}
