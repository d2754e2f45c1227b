/** The demonstration's two cycles and their money, with every date relative to the `now` given. */

export type DimensionCode = 'SOC' | 'ECO' | 'AMB' | 'INS';

export interface SeedPhase {
  readonly phase: '0' | '1' | '2a' | '2b' | '2c' | '3' | '4' | '5';
  /** ISO dates of Lima's calendar, both inclusive. */
  readonly from: string;
  readonly to: string;
}

export interface SeedEnvelope {
  readonly id: string;
  /** `province`, or a district by its INEI code: what a proposal's `envelope` says. */
  readonly key: string;
  readonly districtCode: string | null;
  readonly amountCents: number;
}

export interface SeedCycle {
  readonly id: string;
  readonly fiscalYear: number;
  readonly name: { readonly es: string; readonly en: string };
  readonly ordinanceNumber: string;
  readonly ordinanceDate: string;
  readonly ceilingCents: number;
  /** The vote is one criterion of the prioritisation matrix: the default of the law's practice. */
  readonly voteEffect: 'criterio';
  readonly calendar: readonly SeedPhase[];
  readonly envelopes: readonly SeedEnvelope[];
  /** Share of the ceiling each dimension starts from, in basis points (sum 10 000). */
  readonly dimensionWeightsBp: Readonly<Record<DimensionCode, number>>;
  readonly round: {
    readonly id: string;
    readonly screenCode: string;
    readonly opensAt: Date;
    readonly closesAt: Date;
    readonly livePolicy: 'at-close' | 'live';
  };
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Peru keeps UTC−5 all year: no daylight saving since 1994. */
const LIMA_OFFSET_MS = 5 * HOUR_MS;

/** First and last day of each phase, counted from the day on which the round opens (2c). */
const PHASES = [
  { phase: '0', from: -63, to: -57 },
  { phase: '1', from: -56, to: -34 },
  { phase: '2a', from: -33, to: -22 },
  { phase: '2b', from: -21, to: -1 },
  { phase: '2c', from: 0, to: 14 },
  { phase: '3', from: 15, to: 21 },
  { phase: '4', from: 22, to: 35 },
  { phase: '5', from: 36, to: 400 },
] as const;

/** Days since the round opened, so that a demo started today is in the middle of the vote. */
const OPEN_FOR_DAYS = 3;
const ONE_YEAR_DAYS = 364;

const CURRENT_MONEY: readonly (readonly [key: string, amountCents: number])[] = [
  ['province', 4_200_000_00],
  ['120101', 1_200_000_00],
  ['120107', 900_000_00],
  ['120114', 1_100_000_00],
  ['120124', 260_000_00],
  ['120125', 450_000_00],
  ['120133', 420_000_00],
];

const PREVIOUS_MONEY: readonly (readonly [key: string, amountCents: number])[] = [
  ['province', 3_800_000_00],
  ['120101', 1_050_000_00],
  ['120107', 780_000_00],
  ['120114', 950_000_00],
  ['120124', 230_000_00],
  ['120125', 400_000_00],
  ['120133', 370_000_00],
];

/** The date in Lima's calendar, `YYYY-MM-DD`. */
export function limaDate(moment: Date): string {
  return new Date(moment.getTime() - LIMA_OFFSET_MS).toISOString().slice(0, 10);
}

/** The first instant of the day in Lima that `moment` falls on, `days` later. */
function limaDay(moment: Date, days: number): Date {
  const local = moment.getTime() - LIMA_OFFSET_MS;
  return new Date(Math.floor(local / DAY_MS) * DAY_MS + days * DAY_MS + LIMA_OFFSET_MS);
}

function cycleOpening(
  opensAt: Date,
  fiscalYear: number,
  money: readonly (readonly [key: string, amountCents: number])[],
  dimensionWeightsBp: SeedCycle['dimensionWeightsBp'],
  livePolicy: SeedCycle['round']['livePolicy'],
): SeedCycle {
  const id = `pp${fiscalYear}`;
  const day = (days: number) => limaDate(limaDay(opensAt, days));
  return {
    id,
    fiscalYear,
    name: {
      es: `Presupuesto participativo ${fiscalYear} (demostración)`,
      en: `Participatory budget ${fiscalYear} (demonstration)`,
    },
    ordinanceNumber: `Ordenanza Municipal N.° 000-DEMO-${fiscalYear - 1}-MPH/CM`,
    ordinanceDate: day(-63),
    ceilingCents: money.reduce((sum, [, amountCents]) => sum + amountCents, 0),
    voteEffect: 'criterio',
    calendar: PHASES.map(({ phase, from, to }) => ({ phase, from: day(from), to: day(to) })),
    envelopes: money.map(([key, amountCents]) => ({
      id: `${id}-${key}`,
      key,
      districtCode: key === 'province' ? null : key,
      amountCents,
    })),
    dimensionWeightsBp,
    round: {
      id: `${id}-votacion`,
      screenCode: `HYO${fiscalYear.toString().slice(-2)}`,
      opensAt,
      // Closing at 18:00 in Lima on the last day of the phase.
      closesAt: new Date(limaDay(opensAt, 14).getTime() + 18 * HOUR_MS),
      livePolicy,
    },
  };
}

/**
 * The current cycle, in the middle of its vote at `now`, and the one of a year before. The current
 * fiscal year is the one after Lima's year, because a budget is decided in the year before it.
 */
export function demoCycles(now: Date): {
  readonly previous: SeedCycle;
  readonly current: SeedCycle;
} {
  const fiscalYear = Number(limaDate(now).slice(0, 4)) + 1;
  return {
    previous: cycleOpening(
      limaDay(now, -OPEN_FOR_DAYS - ONE_YEAR_DAYS),
      fiscalYear - 1,
      PREVIOUS_MONEY,
      { SOC: 2800, ECO: 2900, AMB: 2500, INS: 1800 },
      'at-close',
    ),
    current: cycleOpening(
      limaDay(now, -OPEN_FOR_DAYS),
      fiscalYear,
      CURRENT_MONEY,
      { SOC: 2900, ECO: 2700, AMB: 2900, INS: 1500 },
      'live',
    ),
  };
}
