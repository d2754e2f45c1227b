/** Spreadsheets read UTF-8 only when the file says so. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A file for a spreadsheet, streamed in portions: nothing holds the whole of it in memory.
 * @param filename without its ending
 * @param head the first line, by csvLine
 * @param portions rows as they are read; what reads them is let go when the download is broken off
 * @param toLine one row as a line, by csvLine
 */
export function csvDownload<Row>(
  filename: string,
  head: string,
  portions: AsyncGenerator<readonly Row[]>,
  toLine: (row: Row) => string,
): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(BYTE_ORDER_MARK + head));
    },
    async pull(controller) {
      const next = await portions.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value.map(toLine).join('')));
    },
    async cancel() {
      await portions.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${filename}.csv"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}
