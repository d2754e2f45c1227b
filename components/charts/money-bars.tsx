import type { ReactNode } from 'react';
import { type DimensionCode, DimensionMark } from '../dimension';
import { Soles } from '../money';
import { Bar } from './bar';

export interface MoneyBar {
  readonly id: string;
  readonly label: string;
  readonly href?: string | undefined;
  readonly cents: number;
  /** The same money before (last cycle, or asked for): drawn striped, thinner, under it. */
  readonly beforeCents?: number | undefined;
  readonly dimension?: DimensionCode | undefined;
  readonly note?: ReactNode;
}

/** Amounts beside each other on one scale, each with its figure; `beforeLabel` names the second bar. */
export function MoneyBars({
  bars,
  beforeLabel,
}: {
  readonly bars: readonly MoneyBar[];
  readonly beforeLabel?: string | undefined;
}) {
  const longest = Math.max(1, ...bars.flatMap((bar) => [bar.cents, bar.beforeCents ?? 0]));
  return (
    <ul className="mb-8 space-y-4">
      {bars.map((bar) => (
        <li key={bar.id} className="break-inside-avoid">
          <div className="flex flex-wrap items-start justify-between gap-x-6">
            <span className="flex min-w-0 items-start gap-2">
              {bar.dimension ? (
                <DimensionMark code={bar.dimension} size={24} label={false} />
              ) : null}
              {bar.href ? <a href={bar.href}>{bar.label}</a> : <span>{bar.label}</span>}
            </span>
            <span className="font-semibold">
              <Soles cents={bar.cents} />
            </span>
          </div>
          <div className="mt-1">
            <Bar share={bar.cents / longest} tone={bar.dimension ?? 'accent'} />
          </div>
          {bar.beforeCents === undefined ? null : (
            <div className="mt-1 grid items-center gap-x-3 sm:grid-cols-[1fr_auto]">
              <Bar
                share={bar.beforeCents / longest}
                tone={bar.dimension ?? 'accent'}
                striped
                height={11}
              />
              <span className="text-base">
                {beforeLabel} <Soles cents={bar.beforeCents} />
              </span>
            </div>
          )}
          {bar.note ? <p className="mt-1 text-base">{bar.note}</p> : null}
        </li>
      ))}
    </ul>
  );
}
