/**
 * The live snapshot of a round: what the ballot box sends once per tick to every screen. On the
 * wire it is compact (below 1 kB with 28 groups); everyone reads it through `readSnapshot`.
 * Pure and browser-safe.
 */

export interface LiveTurnout {
  /** District group id. */
  readonly group: string;
  /** Voters; null when there are some but fewer may be shown. */
  readonly ballots: number | null;
}

export interface LiveBar {
  readonly id: string;
  /** Ballots that name it; points for a ranking. */
  readonly votes: number;
  /** Above the funded line if the round ended now. */
  readonly funded: boolean;
}

export interface LiveSnapshot {
  readonly round: string;
  readonly state: 'scheduled' | 'open' | 'closed';
  /** ISO, UTC: when these figures were taken. */
  readonly at: string;
  /** Voters whose ballot is in the box. */
  readonly ballots: number;
  readonly turnout: readonly LiveTurnout[];
  /** Best first, at most six; only when the round's policy and the k rules allow. */
  readonly bars?: Readonly<Record<string, readonly LiveBar[]>>;
  readonly closesAt: string;
  readonly manifestHash: string;
}

type WireBar = readonly [id: string, votes: number, funded: 0 | 1];

interface Wire {
  readonly r: string;
  readonly s: LiveSnapshot['state'];
  readonly a: string;
  readonly n: number;
  readonly t: readonly (readonly [group: string, ballots: number | null])[];
  readonly b?: Readonly<Record<string, readonly WireBar[]>>;
  readonly c: string;
  readonly m: string;
}

/** The compact text that travels. */
export function writeSnapshot(snapshot: LiveSnapshot): string {
  const { bars } = snapshot;
  const wire: Wire = {
    r: snapshot.round,
    s: snapshot.state,
    a: snapshot.at,
    n: snapshot.ballots,
    t: snapshot.turnout.map(({ group, ballots }) => [group, ballots] as const),
    ...(bars && {
      b: Object.fromEntries(
        Object.entries(bars).map(([contest, list]) => [
          contest,
          list.map(({ id, votes, funded }): WireBar => [id, votes, funded ? 1 : 0]),
        ]),
      ),
    }),
    c: snapshot.closesAt,
    m: snapshot.manifestHash,
  };
  return JSON.stringify(wire);
}

/** The snapshot, or null when the text is not one (an error page of a proxy, half a message). */
export function readSnapshot(text: string): LiveSnapshot | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isWire(json)) return null;
  const { r, s, a, n, t, b, c, m } = json;
  return {
    round: r,
    state: s,
    at: a,
    ballots: n,
    turnout: t.map(([group, ballots]) => ({ group, ballots })),
    ...(b && {
      bars: Object.fromEntries(
        Object.entries(b).map(([contest, list]) => [
          contest,
          list.map(([id, votes, funded]) => ({ id, votes, funded: funded === 1 })),
        ]),
      ),
    }),
    closesAt: c,
    manifestHash: m,
  };
}

function isWire(json: unknown): json is Wire {
  if (typeof json !== 'object' || json === null) return false;
  const wire = json as Partial<Record<keyof Wire, unknown>>;
  return (
    typeof wire.r === 'string' &&
    (wire.s === 'scheduled' || wire.s === 'open' || wire.s === 'closed') &&
    typeof wire.a === 'string' &&
    typeof wire.n === 'number' &&
    Array.isArray(wire.t) &&
    (wire.b === undefined || (typeof wire.b === 'object' && wire.b !== null)) &&
    typeof wire.c === 'string' &&
    typeof wire.m === 'string'
  );
}
