import type { ExampleId } from '@/lib/results/worked-example';

/** A pattern for each proposal of the example: told apart without seeing a colour. */
const TONES: Readonly<Record<ExampleId, { readonly fill: string; readonly lines: string }>> = {
  A: { fill: 'fill-social', lines: 'M0 0h8v8H0z' },
  B: { fill: 'fill-accent', lines: 'M-1 1l2-2h3l-5 5zM0 8l8-8h-3L-1 6zM9 7l-2 2h-3l5-5z' },
  C: { fill: 'fill-ambiental', lines: 'M0 0h8v3H0zM0 6h8v1H0z' },
  D: { fill: 'fill-economica', lines: 'M2 2h4v4H2z' },
  E: { fill: 'fill-institucional', lines: 'M0 0h2v8H0zM4 0h1v8H4z' },
};

const patternId = (id: ExampleId): string => `regla-${id}`;

/** The patterns, once on a page that draws the example. */
export function ExamplePatterns() {
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <defs>
        {Object.entries(TONES).map(([id, { fill, lines }]) => (
          <pattern key={id} id={`regla-${id}`} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect width="8" height="8" className="fill-white" />
            <path d={lines} className={fill} />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

const LETTER_ROOM = 15;

/** A piece of money or load, with the letter of its proposal where there is room for it. */
export function Segment({
  id,
  x,
  y,
  width,
  height,
}: {
  /** Null for what cannot be told apart: plain. */
  readonly id: ExampleId | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}) {
  const place = { x, y, width: Math.max(0.5, width), height: Math.max(0.5, height) };
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  return (
    <g>
      <rect
        {...place}
        strokeWidth="1.5"
        className={id === null ? 'fill-accent-soft stroke-ink' : 'stroke-ink'}
        {...(id === null ? {} : { fill: `url(#${patternId(id)})` })}
      />
      {id !== null && width >= LETTER_ROOM && height >= LETTER_ROOM ? (
        <>
          <rect
            x={middleX - 7.5}
            y={middleY - 8}
            width="15"
            height="16"
            rx="2"
            className="fill-white"
          />
          <text
            x={middleX}
            y={middleY + 5}
            textAnchor="middle"
            fontSize="14"
            fontWeight="700"
            className="fill-ink"
          >
            {id}
          </text>
        </>
      ) : null}
    </g>
  );
}

/** The mark of a proposal in a line of text. */
export function ExampleTile({ id }: { readonly id: ExampleId }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 26 26"
      width="26"
      height="26"
      className="inline-block shrink-0 align-[-0.35em]"
      data-print-colour
    >
      <Segment id={id} x={1} y={1} width={24} height={24} />
    </svg>
  );
}
