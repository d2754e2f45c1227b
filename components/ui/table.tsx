import type { ReactNode } from 'react';

/**
 * A table with its caption. The first column names the row. Numbers (by column index) stand right,
 * in figures of one width. On a narrow screen it scrolls inside its own frame, by keyboard too: the
 * row's name stays in sight and a shadow says that there is more.
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
  const cell = `${dense ? 'py-1.5 pr-4' : 'py-3 pr-5'} max-sm:pr-2.5 last:pr-0`;
  const side = (column: number) => (numeric.includes(column) ? 'text-right' : 'text-left');
  const figure = (column: number) => (numeric.includes(column) ? 'whitespace-nowrap' : '');
  // With few columns all of it fits, and a column that stays would only take room.
  const stays =
    head.length > 3 ? 'max-sm:bg-paper max-sm:sticky max-sm:left-0 max-sm:max-w-[42vw]' : '';
  const line = (cells: readonly ReactNode[], weight: string) =>
    cells.map((content, column) =>
      column === 0 ? (
        <th key={column} scope="row" className={`${cell} ${side(column)} ${stays} ${weight}`}>
          {content}
        </th>
      ) : (
        <td key={column} className={`${cell} ${side(column)} ${figure(column)}`}>
          {content}
        </td>
      ),
    );
  return (
    <div
      role="region"
      aria-label={caption}
      tabIndex={0}
      className="scroll-hint mb-6 overflow-x-auto"
    >
      <table className="w-full border-collapse max-sm:text-[0.9rem]">
        <caption className={captionHidden ? 'sr-only' : 'pb-2 text-left font-semibold'}>
          <span className="max-sm:sticky max-sm:left-0 max-sm:inline-block max-sm:max-w-[85vw]">
            {caption}
          </span>
        </caption>
        <thead>
          <tr className="border-ink border-b-2 align-bottom">
            {head.map((content, column) => (
              <th
                key={column}
                scope="col"
                className={`${cell} ${side(column)} ${column === 0 ? stays : ''} font-semibold`}
              >
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
