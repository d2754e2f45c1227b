/** Made-up elections of any size, the same for the same seed. */

export interface SyntheticShape {
  readonly ballots: number;
  readonly projects: number;
  readonly seed: number;
}

/** mulberry32: small, fast, good enough to shuffle ballots. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const DISTRICTS = 28;
const LONGEST_BALLOT = 8;
const BUDGET_PER_BALLOT = 30;
/** All projects together cost so many budgets. */
const ASKED_PER_BUDGET = 3;

/**
 * A Pabulib file, in pieces: 28 districts of unequal size, popularity by Zipf's law within and across
 * districts, three of four choices from the voter's own district, one to eight choices a ballot,
 * a budget of 30 per ballot, costs spread over two orders of magnitude, three budgets together.
 */
export function* syntheticFile({ ballots, projects, seed }: SyntheticShape): Iterable<Uint8Array> {
  const next = random(seed);
  const encoder = new TextEncoder();
  const budget = BUDGET_PER_BALLOT * ballots;
  const sizes = Array.from({ length: projects }, () => 100 ** next());
  const scale = (ASKED_PER_BUDGET * budget) / sizes.reduce((a, b) => a + b, 0);
  const costs = sizes.map((size) => Math.max(1, Math.round(size * scale)));
  const homes = Array.from({ length: projects }, () => Math.floor(DISTRICTS * next() ** 1.5));
  const meta = {
    description: 'Synthetic',
    country: 'Nowhere',
    unit: 'Bench',
    instance: String(seed),
    num_projects: projects,
    num_votes: ballots,
    budget,
    vote_type: 'approval',
    rule: 'unknown',
    date_begin: '2027',
    date_end: '2027',
    currency: 'PEN',
  };
  const head = ['META', 'key;value', ...Object.entries(meta).map(([k, v]) => `${k};${v}`)];
  head.push('PROJECTS', 'project_id;cost;district');
  costs.forEach((cost, c) => head.push(`P${c};${cost};D${Number(homes[c])}`));
  head.push('VOTES', 'voter_id;vote;district');
  yield encoder.encode(`${head.join('\n')}\n`);

  const everywhere = zipf(costs.map((_, c) => c));
  const local = Array.from({ length: DISTRICTS }, (_, d) =>
    zipf(costs.map((_, c) => c).filter((c) => homes[c] === d)),
  );
  let piece: string[] = [];
  for (let i = 0; i < ballots; i++) {
    const district = Math.floor(DISTRICTS * next() ** 1.5);
    const length = 1 + Math.floor(LONGEST_BALLOT * next() ** 1.3);
    const chosen = new Set<number>();
    for (let tries = 0; tries < 3 * length && chosen.size < length; tries++) {
      const own = local[district];
      const from = own !== undefined && own.length > 0 && next() < 0.75 ? own : everywhere;
      chosen.add(pick(from, next()));
    }
    piece.push(`${i};${Array.from(chosen, (c) => `P${c}`).join(',')};D${district}`);
    if (piece.length === 20_000) {
      yield encoder.encode(`${piece.join('\n')}\n`);
      piece = [];
    }
  }
  if (piece.length > 0) yield encoder.encode(`${piece.join('\n')}\n`);
}

type Wheel = readonly { readonly c: number; readonly upTo: number }[];

/** Popularity falls as 1 ÷ rank. */
function zipf(projects: readonly number[]): Wheel {
  const weights = projects.map((_, rank) => 1 / (rank + 1));
  const total = weights.reduce((a, b) => a + b, 0);
  let sum = 0;
  return projects.map((c, rank) => {
    sum += Number(weights[rank]) / total;
    return { c, upTo: sum };
  });
}

function pick(wheel: Wheel, at: number): number {
  let low = 0;
  let high = wheel.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(wheel[middle]?.upTo) < at) low = middle + 1;
    else high = middle;
  }
  return wheel[low]?.c ?? 0;
}
