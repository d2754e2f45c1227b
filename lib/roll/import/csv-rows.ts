import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { declaredDelimiter } from './detect';
import { blocksOf, type RollFile } from './sealed-file';
import {
  FileProblem,
  MAX_COLUMNS,
  MAX_ROW_CHARACTERS,
  type FileFormat,
  type FileProblemReason,
  type Row,
} from './types';

const PROBLEMS: Readonly<Record<string, FileProblemReason>> = {
  CSV_QUOTE_NOT_CLOSED: 'broken-quotes',
  CSV_INVALID_CLOSING_QUOTE: 'broken-quotes',
  CSV_MAX_RECORD_SIZE: 'row-too-long',
};

/** The rows of a text, one at a time, as a spreadsheet would number them. */
export async function* csvRows(
  file: RollFile,
  format: Extract<FileFormat, { kind: 'csv' }>,
): AsyncGenerator<Row> {
  const parser = parse({
    delimiter: format.delimiter,
    relax_column_count: true,
    // Some files have more than one kind.
    record_delimiter: ['\r\n', '\n', '\r'],
    // A quote within a name is a letter like another.
    relax_quotes: true,
    max_record_size: MAX_ROW_CHARACTERS,
  });
  pipeline(Readable.from(textOf(file, format)), parser, () => {
    // What went wrong comes out of the parser's own end, below.
  });
  let number = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1;
      if (record.length > MAX_COLUMNS) throw new FileProblem('too-many-columns', number);
      yield { number, cells: record };
    }
  } catch (error) {
    if (error instanceof CsvError) {
      throw new FileProblem(PROBLEMS[error.code] ?? 'broken-quotes', number + 1);
    }
    throw error;
  } finally {
    parser.destroy();
  }
}

async function* textOf(
  file: RollFile,
  { encoding }: Extract<FileFormat, { kind: 'csv' }>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let isFirst = true;
  try {
    for await (const block of blocksOf(file)) {
      let text = decoder.decode(block, { stream: true });
      if (isFirst && declaredDelimiter(text) !== null) text = text.replace(/^sep=.(?=\r?\n)/i, '');
      isFirst = false;
      if (text !== '') yield text;
    }
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem('broken-encoding');
  }
}
