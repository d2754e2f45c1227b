import { districtByCode } from './districts';
import { CURRENT_PROPOSALS } from './proposals/current';
import type { SeedProposal } from './proposals/types';
import { PREVIOUS_PROPOSALS } from './previous-cycle';
import { drawFrom, type Draw } from './random';
import { demoRoll, type DemoResident } from './roll';

/** What this module needs of a contest; a manifest's contests fit as they are. */
export type PreferenceContest =
  | {
      readonly id: string;
      readonly kind: 'rank';
      readonly maxRanked: number;
      readonly rows: readonly { readonly id: string }[];
    }
  | {
      readonly id: string;
      readonly kind: 'allocate';
      readonly envelopeCents: number;
      readonly maxPicks?: number;
      readonly proposals: readonly {
        readonly id: string;
        readonly costCents: number;
        readonly dimension: string;
      }[];
    };

type Surroundings = 'urban' | 'periurban' | 'rural';

/** What people care about where they live, per plan row, 0–100. Invented, in the valley's spirit. */
const CARE: Readonly<Record<string, Readonly<Record<Surroundings, number>>>> = {
  'SOC-1': { urban: 45, periurban: 55, rural: 75 },
  'SOC-2': { urban: 95, periurban: 80, rural: 30 },
  'SOC-3': { urban: 40, periurban: 35, rural: 25 },
  'ECO-1': { urban: 65, periurban: 55, rural: 40 },
  'ECO-2': { urban: 25, periurban: 50, rural: 95 },
  'ECO-3': { urban: 65, periurban: 45, rural: 30 },
  'AMB-1': { urban: 60, periurban: 65, rural: 90 },
  'AMB-2': { urban: 75, periurban: 70, rural: 35 },
  'AMB-3': { urban: 50, periurban: 30, rural: 12 },
  'INS-1': { urban: 40, periurban: 30, rural: 30 },
  'INS-2': { urban: 35, periurban: 30, rural: 30 },
  'INS-3': { urban: 30, periurban: 20, rural: 10 },
};
/** For a row or dimension that the demonstration does not know. */
const SOME_CARE = 40;

/** Percentages of ballots that leave a contest blank. */
const BLANK = { everything: 2, rank: 4, province: 5, district: 8 } as const;

function surroundings(districtCode: string): Surroundings {
  const { population, ruralTenths } = districtByCode(districtCode);
  if (population > 100_000) return 'urban';
  return ruralTenths >= 250 || population < 3500 ? 'rural' : 'periurban';
}

const KNOWN = new Map(
  [...PREVIOUS_PROPOSALS, ...CURRENT_PROPOSALS].map((each) => [
    `${each.number}|${each.costCents}`,
    each,
  ]),
);

/** The seed proposal behind a code such as 2027-014; its cost tells the two cycles apart. */
function knownProposal(code: string, costCents: number): SeedProposal | undefined {
  return KNOWN.get(`${Number(code.slice(code.lastIndexOf('-') + 1))}|${costCents}`);
}

function careForRow(code: string, where: Surroundings): number {
  return CARE[code]?.[where] ?? SOME_CARE;
}

function careForDimension(dimension: string, where: Surroundings): number {
  const rows = Object.keys(CARE).filter((row) => row.startsWith(dimension));
  if (rows.length === 0) return SOME_CARE;
  return Math.round(rows.reduce((sum, row) => sum + careForRow(row, where), 0) / rows.length);
}

function careForProposal(
  proposal: { id: string; costCents: number; dimension: string },
  home: string,
): number {
  const where = surroundings(home);
  const known = knownProposal(proposal.id, proposal.costCents);
  if (known === undefined) return careForDimension(proposal.dimension, where) * 100;
  const [first, ...others] = known.objectives.map((objective) =>
    careForRow(objective.split('-').slice(0, 2).join('-'), where),
  );
  // The main objective weighs twice, as it does in what people remember of a proposal.
  const care = (2 * (first ?? SOME_CARE) + others.reduce((a, b) => a + b, 0)) / (2 + others.length);
  return Math.round(care * nearness(known.districtCode, home));
}

/** Percent: what stands at home counts double; the far side of the province, a little less. */
function nearness(site: string | null, home: string): number {
  if (site === null) return 100;
  if (site === home) return 220;
  return surroundings(site) === surroundings(home) ? 120 : 65;
}

/** Best liked first. Ties go to the earlier option, so that the order is the same everywhere. */
function byLiking<T>(options: readonly T[], liking: (option: T) => number): T[] {
  return options
    .map((option, index) => ({ option, index, liking: liking(option) }))
    .sort((a, b) => b.liking - a.liking || a.index - b.index)
    .map(({ option }) => option);
}

function rankRows(
  contest: Extract<PreferenceContest, { kind: 'rank' }>,
  where: Surroundings,
  draw: Draw,
): string[] {
  const length = Math.min(contest.maxRanked, 2 + draw(contest.maxRanked - 1));
  return byLiking(contest.rows, ({ id }) => careForRow(id, where) * (30 + draw(100)))
    .slice(0, length)
    .map(({ id }) => id);
}

function fillEnvelope(
  contest: Extract<PreferenceContest, { kind: 'allocate' }>,
  home: string,
  draw: Draw,
): string[] {
  const wanted = contest.proposals.length > 8 ? 2 + draw(6) : 1 + draw(3);
  const most = Math.min(wanted, contest.maxPicks ?? wanted);
  const liked = byLiking(contest.proposals, (proposal) => {
    // Some proposals are simply better explained than others: the same for every voter.
    const appeal = 85 + drawFrom(`minka/demo/appeal/${proposal.id}`)(30);
    // Squared, because tastes differ more than neighbourhoods do.
    const taste = (20 + draw(120)) ** 2;
    return careForProposal(proposal, home) * appeal * taste;
  });
  const chosen: string[] = [];
  let left = contest.envelopeCents;
  for (const { id, costCents } of liked) {
    if (chosen.length === most) break;
    if (costCents > left) continue;
    chosen.push(id);
    left -= costCents;
  }
  // Order of preference is not part of an allocation: sorted by code point, as a ballot demands.
  return chosen.sort();
}

/**
 * What a demo resident chooses in each of the contests she is entitled to: up to `maxRanked` rows,
 * best first; proposals within the envelope's money and up to `maxPicks`, sorted by id; `[]` is blank. The same resident
 * and contests give the same choices on every machine.
 */
export function choicesFor(
  resident: Pick<DemoResident, 'index' | 'districtCode'>,
  contests: readonly PreferenceContest[],
): Record<string, string[]> {
  const where = surroundings(resident.districtCode);
  const names = contests.map(({ id }) => id).join(',');
  const allBlank = drawFrom(`minka/demo/blank/${resident.index}/${names}`)(100) < BLANK.everything;
  return Object.fromEntries(
    contests.map((contest) => {
      const draw = drawFrom(`minka/demo/choice/${resident.index}/${contest.id}`);
      const chance = draw(100);
      if (contest.kind === 'rank') {
        const blank = allBlank || chance < BLANK.rank;
        return [contest.id, blank ? [] : rankRows(contest, where, draw)];
      }
      const limit = contest.proposals.length > 8 ? BLANK.province : BLANK.district;
      const blank = allBlank || chance < limit;
      return [contest.id, blank ? [] : fillEnvelope(contest, resident.districtCode, draw)];
    }),
  );
}

/** How readily people of a district turn out: small places meet in assembly and come. */
const TURNOUT: Readonly<Record<Surroundings, number>> = { urban: 85, periurban: 110, rural: 150 };

/**
 * `count` residents of the roll, from index `first` on, who vote in the round with this name; by
 * index. Fewer than `count` come back when the roll has no more.
 */
export function votersOf(round: string, count: number, first = 0): DemoResident[] {
  const draw = drawFrom(`minka/demo/turnout/${round}`);
  return demoRoll()
    .map((resident) => ({
      resident,
      key: Math.floor((draw(1_000_000_000) * 100) / TURNOUT[surroundings(resident.districtCode)]),
    }))
    .filter(({ resident }) => resident.index >= first)
    .sort((a, b) => a.key - b.key || a.resident.index - b.resident.index)
    .slice(0, count)
    .map(({ resident }) => resident)
    .sort((a, b) => a.index - b.index);
}
