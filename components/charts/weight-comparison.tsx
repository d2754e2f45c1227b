import { formatPercent } from '@/lib/shared/percent';
import { type DimensionCode, DimensionMark } from '../dimension';
import { Bar } from './bar';

export interface WeightColumn {
  readonly key: string;
  /** "Ciclo anterior", "Pidieron los vecinos", "Propuesto", "Adoptado". */
  readonly label: string;
  /** Striped: what was, or what was only proposed. */
  readonly striped?: boolean | undefined;
}

/**
 * The weight of each dimension in several moments, on one scale, every bar with its name and figure.
 * Values in basis points of the whole (10 000); null where there is none yet.
 */
export function WeightComparison({
  columns,
  rows,
}: {
  readonly columns: readonly WeightColumn[];
  readonly rows: readonly {
    readonly code: DimensionCode;
    readonly values: Readonly<Record<string, number | null>>;
  }[];
}) {
  const longest = Math.max(
    1,
    ...rows.flatMap((row) => columns.map((column) => row.values[column.key] ?? 0)),
  );
  return (
    <div className="mb-8 grid gap-x-10 gap-y-8 md:grid-cols-2">
      {rows.map((row) => (
        <div key={row.code} className="break-inside-avoid">
          <p className="mb-2">
            <DimensionMark code={row.code} />
          </p>
          <dl className="space-y-2">
            {columns.map((column) => {
              const value = row.values[column.key] ?? null;
              return (
                <div
                  key={column.key}
                  className="flex flex-wrap items-baseline justify-between gap-x-4 text-base"
                >
                  <dt>{column.label}</dt>
                  <dd className="font-semibold">
                    {value === null ? '—' : formatPercent(value / 10_000)}
                  </dd>
                  <dd className="w-full">
                    <Bar
                      share={(value ?? 0) / longest}
                      tone={row.code}
                      striped={column.striped ?? false}
                      height={14}
                    />
                  </dd>
                </div>
              );
            })}
          </dl>
        </div>
      ))}
    </div>
  );
}
