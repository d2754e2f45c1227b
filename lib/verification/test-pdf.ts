import { inflateSync } from 'node:zlib';

/** The words of a PDF that pdfkit wrote with standard fonts, page by page, for tests to read back. */
export function pdfPages(pdf: Buffer): string[] {
  const source = pdf.toString('latin1');
  const pages: string[] = [];
  for (const match of source.matchAll(/\/FlateDecode[\s\S]*?stream\r?\n/g)) {
    const from = match.index + match[0].length;
    const to = source.indexOf('endstream', from);
    const text = inflateSync(pdf.subarray(from, to)).toString('latin1');
    // Text is shown by TJ with hexadecimal strings in WinAnsi.
    const words = [...text.matchAll(/\[([^\]]*)\] TJ/g)].map(([, shown = '']) =>
      [...shown.matchAll(/<([0-9a-f]*)>/g)]
        .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
        .join(''),
    );
    if (words.length > 0) pages.push(words.join('\n'));
  }
  return pages;
}

export async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
