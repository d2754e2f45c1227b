import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { FileProblem } from './types';

/** What a reader of one part of a spreadsheet is told. Names come without their prefix. */
export interface XmlListener {
  open?(name: string, attribute: (name: string) => string | undefined): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Beyond what any cell may hold (32,767), with room for what the format writes around it. */
const MAX_WITHOUT_A_TAG = 1024 * 1024;
const MAX_DEPTH = 64;

/**
 * Reads XML as it comes, never the whole of it, and calls the listener; yields after each portion, so
 * that what was gathered can be handed on. No document type, so no entity and no other file.
 */
export async function* readXml(source: Readable, listener: XmlListener): AsyncGenerator<void> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({
    xmlns: false,
    position: false,
  });
  let depth = 0;
  let sinceTag = 0;
  parser.on('doctype', () => {
    throw new FileProblem('doctype');
  });
  parser.on('error', () => {
    throw new FileProblem('broken-xlsx');
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    sinceTag = 0;
    if (depth > MAX_DEPTH) throw new FileProblem('broken-xlsx');
    listener.open?.(localName(name), (wanted) => attributes[wanted]);
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    sinceTag = 0;
    listener.close?.(localName(name));
  });
  parser.on('text', (text) => {
    listener.text?.(text);
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      sinceTag += chunk.length;
      parser.write(decoder.decode(chunk, { stream: true }));
      if (sinceTag > MAX_WITHOUT_A_TAG) throw new FileProblem('zip-bomb');
      yield;
    }
    parser.write(decoder.decode());
    parser.close();
    yield;
  } catch (error) {
    // Also a part that is larger than it said, cut short or wrongly packed.
    throw error instanceof FileProblem ? error : new FileProblem('broken-xlsx');
  } finally {
    source.destroy();
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
