import { geoMercator } from 'd3-geo';
import { scaleSqrt } from 'd3-scale';
import { placeLabels } from './place-labels';

export interface DistrictPoint {
  readonly code: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Null where the figure is not published: an open circle. */
  readonly value: number | null;
}

const WIDTH = 640;
const HEIGHT = 520;
const MARGIN = 58;
const LARGEST_RADIUS = 38;
const SMALLEST_RADIUS = 4;
const FONT_SIZE = 16;

/**
 * Districts where their capitals lie, as circles whose area is proportional to a value. Names stand
 * at the circles. It is a picture: the page that shows it has a table of the same figures beside it.
 */
export function DistrictMap({
  caption,
  districts,
  highlight = [],
}: {
  /** What is shown, in a sentence. */
  readonly caption: string;
  readonly districts: readonly DistrictPoint[];
  /** Codes drawn in full colour; all, when there are none. */
  readonly highlight?: readonly string[];
}) {
  const circles = circlesOf(districts);
  const labels = placeLabels(circles, { width: WIDTH, height: HEIGHT, fontSize: FONT_SIZE });
  const stands = (code: string) => highlight.length === 0 || highlight.includes(code);
  return (
    <figure className="mb-8">
      <figcaption className="mb-3 font-semibold">{caption}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={caption}
        className="border-line w-full max-w-2xl border bg-white"
        data-print-colour
      >
        <North />
        {circles.map(({ id, x, y, r, value }) => (
          <circle
            key={id}
            cx={x}
            cy={y}
            r={r}
            strokeWidth={1.5}
            className={
              value === null
                ? 'stroke-ink fill-white'
                : stands(id)
                  ? 'fill-accent/75 stroke-accent-strong'
                  : 'fill-line stroke-line-strong'
            }
          />
        ))}
        {labels.map(({ id, leader }) =>
          leader ? <line key={id} {...leader} strokeWidth={1.5} className="stroke-ink" /> : null,
        )}
        {labels.map(({ id, text, x, y, anchor }) => (
          <text
            key={id}
            x={x}
            y={y}
            textAnchor={anchor}
            fontSize={FONT_SIZE}
            className={`fill-ink stroke-white ${stands(id) && highlight.length > 0 ? 'font-bold' : ''}`}
            strokeWidth={4}
            strokeLinejoin="round"
            paintOrder="stroke"
          >
            {text}
          </text>
        ))}
      </svg>
    </figure>
  );
}

/** Circles in the drawing's units, the largest first, so that small ones stay visible on top. */
function circlesOf(districts: readonly DistrictPoint[]) {
  const projection = geoMercator().fitExtent(
    [
      [MARGIN, MARGIN],
      [WIDTH - MARGIN, HEIGHT - MARGIN],
    ],
    {
      type: 'MultiPoint',
      coordinates: districts.map(({ longitude, latitude }) => [longitude, latitude]),
    },
  );
  const most = Math.max(1, ...districts.map(({ value }) => value ?? 0));
  const radius = scaleSqrt([0, most], [0, LARGEST_RADIUS]);
  return districts
    .map(({ code, name, latitude, longitude, value }) => {
      const [x, y] = projection([longitude, latitude]) ?? [0, 0];
      const r = Math.max(SMALLEST_RADIUS, radius(value ?? 0));
      // Two decimals: half of the bytes, the same drawing.
      const round = (figure: number) => Math.round(figure * 100) / 100;
      return { id: code, name, x: round(x), y: round(y), r: round(r), value };
    })
    .sort((a, b) => b.r - a.r || (a.id < b.id ? -1 : 1));
}

function North() {
  return (
    <g className="fill-ink" transform={`translate(${WIDTH - 34} 40)`}>
      <path d="M0-22 7-4H-7z" />
      <text y="14" textAnchor="middle" fontSize={FONT_SIZE}>
        N
      </text>
    </g>
  );
}
