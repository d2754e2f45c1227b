import type { ReactNode } from 'react';

/**
 * A table with its caption. The first column names the row. Numbers (by column index) stand right,
 * in figures of one width. On a narrow screen it scrolls inside its own frame, by keyboard too.
 */
export function DataTable({
  caption,
  head,
  rows,
  numeric = [],
  captionHidden = false,
  dense = false,
  foot,
}: {
  readonly caption: string;
  readonly head: readonly ReactNode[];
  readonly rows: readonly (readonly ReactNode[])[];
  readonly numeric?: readonly number[];
  readonly captionHidden?: boolean;
  readonly dense?: boolean;
  /** A last row of totals. */
  readonly foot?: readonly ReactNode[] | undefined;
}) {
  const cell = dense ? 'py-1.5 pr-4 last:pr-0' : 'py-3 pr-5 last:pr-0';
  const side = (column: number) =>
    numeric.includes(column) ? 'text-right whitespace-nowrap' : 'text-left';
  const line = (cells: readonly ReactNode[], weight: string) =>
    cells.map((content, column) =>
      column === 0 ? (
        <th key={column} scope="row" className={`${cell} ${side(column)} ${weight}`}>
          {content}
        </th>
      ) : (
        <td key={column} className={`${cell} ${side(column)}`}>
          {content}
        </td>
      ),
    );
  return (
    <div role="region" aria-label={caption} tabIndex={0} className="mb-6 overflow-x-auto">
      <table className={`w-full border-collapse ${dense ? 'text-base' : ''}`}>
        <caption className={captionHidden ? 'sr-only' : 'pb-2 text-left font-semibold'}>
          {caption}
        </caption>
        <thead>
          <tr className="border-ink border-b-2 align-bottom">
            {head.map((content, column) => (
              <th key={column} scope="col" className={`${cell} ${side(column)} font-semibold`}>
                {content}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="border-line border-b align-top">
              {line(row, 'font-normal')}
            </tr>
          ))}
        </tbody>
        {foot ? (
          <tfoot>
            <tr className="border-ink border-t-2 font-semibold">{line(foot, 'font-semibold')}</tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}
