import { linkHorizontal } from 'd3-shape';
import { DIMENSION_FILL, type DimensionCode } from '../dimension';

export interface FlowItem {
  readonly id: string;
  /** At most 28 characters. */
  readonly label: string;
  readonly votes: number;
  readonly cents: number;
  readonly funded: boolean;
  readonly dimension: DimensionCode;
  /** Under the label: "312 votos · S/ 240 000". */
  readonly detail: string;
}

const WIDTH = 960;
const ROW = 52;
const TOP = 34;
const VOTES_X = 18;
const NAMES_X = 250;
const NAMES_END = 610;
const MONEY_X = 760;
const BAND = 22;
const WIDEST = 38;

/**
 * From votes to proposals to the envelope: on the left how many ballots named each proposal, on the
 * right what the envelope bought, as tall as its share of the money. What did not fit ends in a
 * dashed line. Its words stand in the lists beside it: on a narrow screen only those are shown.
 */
export function MoneyFlow({
  caption,
  items,
  envelopeCents,
  votesLabel,
  envelopeLabel,
  leftLabel,
  notFundedLabel,
}: {
  readonly caption: string;
  /** In the order to draw; funded ones first, in order of purchase. */
  readonly items: readonly FlowItem[];
  readonly envelopeCents: number;
  readonly votesLabel: string;
  readonly envelopeLabel: string;
  /** "Quedan S/ 12 000"; null when nothing is left. */
  readonly leftLabel: string | null;
  readonly notFundedLabel: string;
}) {
  if (items.length === 0 || envelopeCents <= 0) return null;
  const height = TOP + items.length * ROW + 8;
  const perCent = scaleOf(items, envelopeCents);
  const rows = layOut(items, perCent);
  const bought = rows.at(-1)?.moneyEnd ?? TOP;
  const bottom = TOP + envelopeCents * perCent;
  return (
    <figure className="mb-10 hidden sm:block print:block">
      <figcaption className="mb-3 font-semibold">{caption}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={caption}
        className="w-full"
        data-print-colour
      >
        <g fontSize="16" fontWeight="600" className="fill-ink">
          <text x={VOTES_X} y="18">
            {votesLabel}
          </text>
          <text x={WIDTH} y="18" textAnchor="end">
            {envelopeLabel}
          </text>
        </g>
        <rect x={VOTES_X} y={TOP} width={BAND} height={items.length * ROW} className="fill-ink" />
        <rect
          x={MONEY_X}
          y={TOP}
          width={BAND}
          height={bottom - TOP}
          strokeWidth="2"
          className="stroke-ink fill-white"
        />
        {rows.map((row) => (
          <FlowRow key={row.item.id} row={row} notFundedLabel={notFundedLabel} />
        ))}
        {leftLabel !== null && bottom - bought > 4 ? (
          <text
            x={MONEY_X + BAND + 12}
            y={Math.min(bottom - 2, (bought + bottom) / 2 + 5)}
            fontSize="15"
            className="fill-ink"
          >
            {leftLabel}
          </text>
        ) : null}
      </svg>
    </figure>
  );
}

interface Row {
  readonly item: FlowItem;
  /** Middle of its row. */
  readonly y: number;
  readonly votesFrom: number;
  readonly votesEnd: number;
  readonly moneyFrom: number;
  readonly moneyEnd: number;
  readonly voteWidth: number;
}

/**
 * Height of a céntimo: the whole envelope fits beside the rows, and what was bought beside the
 * funded ones, so that no band crosses what was not.
 */
function scaleOf(items: readonly FlowItem[], envelopeCents: number): number {
  const funded = items.filter((item) => item.funded);
  const spent = funded.reduce((sum, item) => sum + item.cents, 0);
  const whole = (items.length * ROW) / envelopeCents;
  return spent === 0 ? whole : Math.min(whole, (funded.length * ROW) / spent);
}

function layOut(items: readonly FlowItem[], perCent: number): Row[] {
  const height = items.length * ROW;
  const votes = Math.max(
    1,
    items.reduce((sum, item) => sum + item.votes, 0),
  );
  const most = Math.max(1, ...items.map((item) => item.votes));
  let [votesAt, moneyAt] = [TOP, TOP];
  return items.map((item, index) => {
    const [votesFrom, moneyFrom] = [votesAt, moneyAt];
    votesAt += (item.votes / votes) * height;
    if (item.funded) moneyAt += item.cents * perCent;
    return {
      item,
      y: TOP + index * ROW + ROW / 2,
      votesFrom,
      votesEnd: votesAt,
      moneyFrom,
      moneyEnd: moneyAt,
      voteWidth: (item.votes / most) * WIDEST,
    };
  });
}

function FlowRow({ row, notFundedLabel }: { readonly row: Row; readonly notFundedLabel: string }) {
  const { item, y } = row;
  const fill = DIMENSION_FILL[item.dimension];
  const half = Math.max(0.75, row.voteWidth / 2);
  const money = Math.min(WIDEST, row.moneyEnd - row.moneyFrom) / 2;
  return (
    <g>
      <path
        d={ribbon(
          [VOTES_X + BAND, row.votesFrom, row.votesEnd],
          [NAMES_X - 12, y - half, y + half],
        )}
        className={fill}
        fillOpacity={item.funded ? 0.5 : 0.18}
      />
      <rect x={NAMES_X - 12} y={y - 20} width="6" height="40" className={fill} />
      <text x={NAMES_X} y={y - 3} fontSize="17" fontWeight="600" className="fill-ink">
        {item.label}
      </text>
      <text x={NAMES_X} y={y + 17} fontSize="15" className="fill-ink">
        {item.detail}
      </text>
      {item.funded ? (
        <>
          <path
            d={ribbon([NAMES_END, y - money, y + money], [MONEY_X, row.moneyFrom, row.moneyEnd])}
            className={fill}
            fillOpacity="0.5"
          />
          <rect
            x={MONEY_X}
            y={row.moneyFrom}
            width={BAND}
            height={Math.max(1, row.moneyEnd - row.moneyFrom)}
            strokeWidth="1"
            className={`${fill} stroke-white`}
          />
        </>
      ) : (
        <>
          <line
            x1={NAMES_END}
            x2={NAMES_END + 26}
            y1={y}
            y2={y}
            strokeWidth="2"
            strokeDasharray="5 4"
            className="stroke-ink"
          />
          <text x={NAMES_END + 32} y={y + 5} fontSize="15" className="fill-ink">
            {notFundedLabel}
          </text>
        </>
      )}
    </g>
  );
}

const link = linkHorizontal();

/** A band between two upright edges, each given as x, top and bottom. */
function ribbon(
  [x0, top0, bottom0]: readonly [number, number, number],
  [x1, top1, bottom1]: readonly [number, number, number],
): string {
  const upper = link({ source: [x0, top0], target: [x1, top1] }) ?? '';
  const lower = link({ source: [x1, bottom1], target: [x0, bottom0] }) ?? '';
  // The lower edge continues where the upper one ends, back to the start.
  const path = `${upper}${lower.replace(/^M/, 'L')}Z`;
  return path.replace(/\d+\.\d+/g, (figure) => Number(figure).toFixed(1));
}
