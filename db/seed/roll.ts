import { DISTRICTS } from './districts';
import { drawFrom, shuffled } from './random';

/** A fictitious resident of the demonstration. */
export interface DemoResident {
  /** From 0; the seed of everything invented about this person. */
  readonly index: number;
  /** Eight digits. */
  readonly dni: string;
  /** Nine digits, as a Peruvian mobile number. */
  readonly phone: string;
  readonly districtCode: string;
}

export const DEMO_ROLL_SIZE = 2000;

/**
 * Residents below this index never hold a vote in the open round when the demonstration starts:
 * whoever tries the demo, and the simulator, can use them. The seeded votes come from the rest.
 */
export const FREE_RESIDENTS = 1500;

/** So that even Carhuacallanga, with 389 people, has neighbours who can vote together. */
const FEWEST_PER_DISTRICT = 12;

/**
 * DNIs 99000001 … 99002000. RENIEC has not reached the series 99: a number of the demonstration is
 * nobody's. In a row, so that whoever tries the demo can guess one.
 */
const FIRST_DNI = 99_000_001;
/** Phones 900000001 … 900002000. Never sent to: the demo's provider only writes to its outbox. */
const FIRST_PHONE = 900_000_001;

/** Residents per district: twelve each, the rest by population, largest remainder first. */
function residentsPerDistrict(): Map<string, number> {
  const rest = DEMO_ROLL_SIZE - FEWEST_PER_DISTRICT * DISTRICTS.length;
  const population = DISTRICTS.reduce((sum, district) => sum + district.population, 0);
  const shares = DISTRICTS.map(({ code, population: own }) => ({
    code,
    whole: Math.floor((rest * own) / population),
    remainder: (rest * own) % population,
  }));
  const left = rest - shares.reduce((sum, share) => sum + share.whole, 0);
  const lucky = new Set(
    [...shares]
      .sort((a, b) => b.remainder - a.remainder)
      .slice(0, left)
      .map(({ code }) => code),
  );
  return new Map(
    shares.map(({ code, whole }) => [
      code,
      FEWEST_PER_DISTRICT + whole + (lucky.has(code) ? 1 : 0),
    ]),
  );
}

// Shuffled, so that the first N residents of the roll are a sample of the whole province.
const DISTRICT_OF: readonly string[] = shuffled(
  [...residentsPerDistrict()].flatMap(([code, residents]) =>
    Array.from({ length: residents }, () => code),
  ),
  drawFrom('minka/demo/roll'),
);

/** The resident with this index, 0 … DEMO_ROLL_SIZE − 1; the same one on every machine. */
export function demoResident(index: number): DemoResident {
  const districtCode = DISTRICT_OF[index];
  if (districtCode === undefined) throw new Error(`The demonstration has no resident ${index}`);
  return {
    index,
    dni: (FIRST_DNI + index).toString(),
    phone: (FIRST_PHONE + index).toString(),
    districtCode,
  };
}

/** The whole fictitious roll, by index. */
export function demoRoll(): DemoResident[] {
  return Array.from({ length: DEMO_ROLL_SIZE }, (_, index) => demoResident(index));
}
