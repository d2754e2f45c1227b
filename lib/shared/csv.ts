/**
 * One line of CSV (RFC 4180): every cell quoted, quotes doubled, CRLF at the end. A cell that a
 * spreadsheet would take for a formula gets an apostrophe in front (threat T18).
 */
export function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return `"${text.replaceAll('"', '""')}"`;
  });
  return `${quoted.join(',')}\r\n`;
}
