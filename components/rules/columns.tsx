import type { Portion } from '@/lib/results/worked-example';
import { Segment } from './segment';

const WIDTH = 328;
const TOP = 22;
const TALL = 170;
const FOOT = 22;

/** One column per person: what each paid or carries, one piece on top of the other. */
export function Columns({
  columns,
  label,
  line,
}: {
  readonly columns: readonly (readonly Portion[])[];
  /** The same in words. */
  readonly label: string;
  /** A line across at so many céntimos, and what it is. */
  readonly line?: { readonly cents: number; readonly label: string };
}) {
  const sums = columns.map((column) => column.reduce((sum, { cents }) => sum + cents, 0));
  const highest = Math.max(1, line?.cents ?? 0, ...sums);
  const tall = (cents: number): number => (cents / highest) * TALL;
  const step = WIDTH / Math.max(1, columns.length);
  const bottom = TOP + TALL;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${bottom + FOOT}`}
      role="img"
      aria-label={label}
      className="w-full max-w-120"
      data-print-colour
    >
      {columns.map((column, voter) => (
        <g key={voter}>
          {column.map((portion, at) => (
            <Segment
              key={at}
              id={portion.id}
              x={voter * step + 4}
              y={bottom - tall(sumTo(column, at))}
              width={step - 8}
              height={tall(portion.cents)}
            />
          ))}
          <text
            x={(voter + 0.5) * step}
            y={bottom + 17}
            textAnchor="middle"
            fontSize="14"
            className="fill-ink"
          >
            {voter + 1}
          </text>
        </g>
      ))}
      <line x1="0" x2={WIDTH} y1={bottom} y2={bottom} strokeWidth="2" className="stroke-ink" />
      {line === undefined ? null : (
        <>
          <line
            x1="0"
            x2={WIDTH}
            y1={bottom - tall(line.cents)}
            y2={bottom - tall(line.cents)}
            strokeWidth="2"
            strokeDasharray="6 4"
            className="stroke-ink"
          />
          {/* Above all columns, so that none can cover it. */}
          <line
            x1="0"
            x2="26"
            y1="9"
            y2="9"
            strokeWidth="2"
            strokeDasharray="6 4"
            className="stroke-ink"
          />
          <text x="32" y="14" fontSize="14" className="fill-ink">
            {line.label}
          </text>
        </>
      )}
    </svg>
  );
}

/** Of a column, all up to and with this piece. */
function sumTo(column: readonly Portion[], at: number): number {
  return column.slice(0, at + 1).reduce((sum, { cents }) => sum + cents, 0);
}
