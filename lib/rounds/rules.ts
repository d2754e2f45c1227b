import {
  FEWEST_IN_GROUP,
  type DistrictGroup,
  type PlaceOnRoll,
  type RoundPhase,
  type RoundState,
} from './types';
import { limaDay } from '@/lib/shared/lima';

/** From which state each act may be asked for. */
export const MAY_BE_ASKED = {
  open: ['draft'],
  close: ['open'],
  /** Asking again after a failed count is harmless: the count is the same. */
  tally: ['closed', 'tallying'],
  publish: ['tallied'],
} as const satisfies Record<string, readonly RoundState[]>;

export type Act = keyof typeof MAY_BE_ASKED;

export function mayBeAsked(act: Act, state: RoundState): boolean {
  return (MAY_BE_ASKED[act] as readonly RoundState[]).includes(state);
}

/** States in which the worker still owes a step, whatever the clock says. */
export const STATES_WITH_WORK = ['opening', 'closing', 'closed', 'tallying'] as const;

/** `now` is the database's clock. */
export function phaseAt(
  round: { state: RoundState; opensAt: Date; closesAt: Date },
  now: Date,
): RoundPhase {
  switch (round.state) {
    case 'draft':
    case 'opening':
      return 'draft';
    case 'open':
      if (now >= round.closesAt) return 'counting';
      return now < round.opensAt ? 'announced' : 'voting';
    case 'closing':
    case 'closed':
    case 'tallying':
      return 'counting';
    case 'tallied':
    case 'published':
      return round.state;
  }
}

/** Closing before the announced time takes the vote away from somebody: it needs a reason. */
export function closingNeedsReason(round: { closesAt: Date }, now: Date): boolean {
  return now < round.closesAt;
}

export function groupOfDistrict<G extends { readonly districts: readonly string[] }>(
  groups: readonly G[],
  districtCode: string,
): G | undefined {
  return groups.find((group) => group.districts.includes(districtCode));
}

/**
 * Who votes under one key. A district with its own envelope, or with enough people on the roll, is
 * its own group; the others are joined to their nearest neighbours until every group has enough,
 * because a key used by three people tells who they are. Same input, same groups, in any order.
 */
export function formGroups(
  places: readonly PlaceOnRoll[],
  fewest = FEWEST_IN_GROUP,
): DistrictGroup[] {
  const sorted = [...places].sort(byCode);
  const alone = sorted.filter((place) => place.hasEnvelope || place.eligible >= fewest);
  let clusters = sorted.filter((place) => !alone.includes(place)).map((place) => [place]);

  for (;;) {
    const [smallest] = clusters
      .filter((cluster) => eligibleIn(cluster) < fewest)
      .sort((a, b) => eligibleIn(a) - eligibleIn(b) || compareFirst(a, b));
    if (smallest === undefined) break;
    // With no other cluster left, a large neighbour without an envelope takes it in.
    const others = clusters.filter((cluster) => cluster !== smallest);
    const hosts = others.length > 0 ? others : alone.filter((p) => !p.hasEnvelope).map((p) => [p]);
    const nearest = nearestTo(smallest, hosts);
    if (nearest === undefined) break;
    const joined = [...smallest, ...nearest].sort(byCode);
    for (const place of nearest) {
      const at = alone.indexOf(place);
      if (at >= 0) alone.splice(at, 1);
    }
    clusters = [...others.filter((cluster) => cluster !== nearest), joined];
  }

  const zones = clusters.sort(compareFirst).map((cluster, index) => ({
    id: `zona-${index + 1}`,
    name: cluster.map((place) => place.name).join(', '),
    districts: cluster.map((place) => place.code),
    eligible: eligibleIn(cluster),
  }));
  const singles = alone.map((place) => ({
    id: place.code,
    name: place.name,
    districts: [place.code],
    eligible: place.eligible,
  }));
  return [...singles, ...zones];
}

function byCode(a: PlaceOnRoll, b: PlaceOnRoll): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}

function compareFirst(a: readonly PlaceOnRoll[], b: readonly PlaceOnRoll[]): number {
  return (a[0]?.code ?? '') < (b[0]?.code ?? '') ? -1 : 1;
}

function eligibleIn(cluster: readonly PlaceOnRoll[]): number {
  return cluster.reduce((sum, place) => sum + place.eligible, 0);
}

function nearestTo(
  from: readonly PlaceOnRoll[],
  hosts: readonly PlaceOnRoll[][],
): PlaceOnRoll[] | undefined {
  return hosts
    .map((host) => ({ host, km: Math.min(...host.map((b) => distanceFrom(from, b))) }))
    .sort((a, b) => a.km - b.km || compareFirst(a.host, b.host))[0]?.host;
}

function distanceFrom(cluster: readonly PlaceOnRoll[], to: PlaceOnRoll): number {
  return Math.min(...cluster.map((place) => kilometres(place, to)));
}

/** Flat-earth distance: within a province the error is below one part in a thousand. */
function kilometres(a: PlaceOnRoll, b: PlaceOnRoll): number {
  const kmPerDegree = 111.2;
  const middle = ((a.latitude + b.latitude) / 2) * (Math.PI / 180);
  return Math.hypot(
    (a.latitude - b.latitude) * kmPerDegree,
    (a.longitude - b.longitude) * kmPerDegree * Math.cos(middle),
  );
}

const DAY_MS = 24 * 60 * 60 * 1000;
const USUAL_DAYS = 14;

/** What a form for a new round begins with: free ids, tomorrow at eight, two weeks until six. */
export function proposedDraft(
  cycle: { readonly id: string; readonly fiscalYear: number },
  taken: readonly { readonly id: string; readonly screenCode: string }[],
  now: Date,
): Record<'cycleId' | 'id' | 'screenCode' | 'opensAt' | 'closesAt', string> {
  const ids = new Set(taken.map((round) => round.id));
  const codes = new Set(taken.map((round) => round.screenCode));
  const dayAfter = (days: number) => limaDay(new Date(now.getTime() + days * DAY_MS));
  return {
    cycleId: cycle.id,
    id: firstFree(`${cycle.id}-votacion`, (base, n) => `${base}-${n}`, ids),
    screenCode: firstFree(
      `HYO${String(cycle.fiscalYear).slice(-2)}`,
      (base, n) => `${base}${String.fromCharCode(63 + n)}`,
      codes,
    ),
    opensAt: `${dayAfter(1)}T08:00`,
    closesAt: `${dayAfter(1 + USUAL_DAYS)}T18:00`,
  };
}

function firstFree(
  base: string,
  other: (base: string, n: number) => string,
  taken: ReadonlySet<string>,
): string {
  let free = base;
  for (let n = 2; taken.has(free); n += 1) free = other(base, n);
  return free;
}
