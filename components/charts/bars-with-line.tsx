import type { ReactNode } from 'react';
import { type DimensionCode, DimensionMark } from '../dimension';
import { Bar } from './bar';

export interface LinedBar {
  readonly id: string;
  readonly label: string;
  readonly href?: string | undefined;
  /** What the bar's length shows: votes, points, effective support. */
  readonly value: number;
  /** The same in words: "312 votos". */
  readonly valueText: ReactNode;
  readonly funded: boolean;
  readonly dimension?: DimensionCode | undefined;
  /** Cost, or why it did not fit: a short line under the bar. */
  readonly note?: ReactNode;
}

/**
 * What was bought and what was not, best first, with the line where the money ended drawn between.
 * Funded bars are solid and stand above the line; the others are striped and stand below, each in
 * the order given. All of it is text in a list: it reads without the drawing.
 */
export function BarsWithLine({
  bars,
  fundedTitle,
  lineLabel,
  unfundedTitle,
}: {
  readonly bars: readonly LinedBar[];
  /** Read before the funded ones, "Se financian". */
  readonly fundedTitle: string;
  /** On the line, "Hasta aquí alcanzó el fondo de S/ 1 250 000". */
  readonly lineLabel: ReactNode;
  /** Read before the others, "No alcanzaron". */
  readonly unfundedTitle: string;
}) {
  const longest = Math.max(1, ...bars.map((bar) => bar.value));
  const funded = bars.filter((bar) => bar.funded);
  const others = bars.filter((bar) => !bar.funded);
  return (
    <div className="mb-8">
      {funded.length > 0 ? (
        <>
          <h3 className="mb-3 font-sans text-base">{fundedTitle}</h3>
          <BarList bars={funded} longest={longest} first={1} />
        </>
      ) : null}
      <p className="my-6 flex break-inside-avoid items-center gap-3 font-semibold">
        <span
          aria-hidden="true"
          className="border-ink h-0 w-6 shrink-0 border-t-4 border-double sm:w-12"
        />
        <span>{lineLabel}</span>
        <span aria-hidden="true" className="border-ink h-0 flex-1 border-t-4 border-double" />
      </p>
      {others.length > 0 ? (
        <>
          <h3 className="mb-3 font-sans text-base">{unfundedTitle}</h3>
          <BarList bars={others} longest={longest} first={funded.length + 1} />
        </>
      ) : null}
    </div>
  );
}

function BarList({
  bars,
  longest,
  first,
}: {
  readonly bars: readonly LinedBar[];
  readonly longest: number;
  readonly first: number;
}) {
  return (
    <ol start={first} className="space-y-5">
      {bars.map((bar) => (
        <li key={bar.id} className="break-inside-avoid">
          <div className="flex flex-wrap items-start justify-between gap-x-6">
            <span className="flex min-w-0 items-start gap-2 font-semibold">
              {bar.dimension ? (
                <DimensionMark code={bar.dimension} size={24} label={false} />
              ) : null}
              {bar.href ? <a href={bar.href}>{bar.label}</a> : <span>{bar.label}</span>}
            </span>
            <span className="font-semibold whitespace-nowrap">{bar.valueText}</span>
          </div>
          <div className="mt-1.5">
            <Bar
              share={bar.value / longest}
              tone={bar.dimension ?? 'accent'}
              striped={!bar.funded}
            />
          </div>
          {bar.note ? <p className="mt-1 text-base">{bar.note}</p> : null}
        </li>
      ))}
    </ol>
  );
}
