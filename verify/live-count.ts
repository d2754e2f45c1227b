import type { LiveFile } from '@/lib/record/format';
import { countedProjects } from '@/lib/rounds/contests';
import type { AllocateContest, Contest, RankContest } from '@/lib/rounds/manifest';
import { buildElection } from '@/lib/tally/election';
import type { Election, Profile } from '@/lib/tally/types';
import type { BallotStore } from './ballot-store';
import { Growing } from './columns';
import { byVotes, fundingOf, provisional, rankingOf } from './count';

/**
 * What the first leaves of a record say, for more and more of them: every leaf is taken up once,
 * and of a contest only what its rule asks for is kept. A round that showed figures five thousand
 * times is one pass over its ballots and five thousand small counts.
 */

/** The screen shows six bars at most. */
const MAX_BARS = 6;

type Bars = LiveFile['contests'][string]['bars'];

interface RunningContest {
  voters: number;
  /** `by` is 1 when a ballot begins to count, −1 when another takes its place. */
  add(picks: Uint16Array, by: 1 | -1): void;
  bars(): Bars;
}

export class LiveCount {
  private readonly contests: readonly RunningContest[];
  private readonly order: ReturnType<BallotStore['byPosition']>;
  /** Number of the ballot that counts now, per credential; 0: none yet. */
  private readonly counting: Uint8Array;
  private size = 0;
  private voters = 0;

  constructor(private readonly store: BallotStore) {
    this.contests = store.manifest.contests.map(running);
    this.order = store.byPosition();
    this.counting = new Uint8Array(store.credentials.count);
  }

  /** Takes up the leaves below `size`; sizes must not fall. */
  advance(size: number): void {
    const { slots, sequences } = this.order;
    const end = Math.min(size, slots.length);
    for (let position = this.size; position < end; position++) {
      const sequence = sequences[position] ?? 0;
      if (sequence === 0) continue;
      const slot = slots[position] ?? 0;
      const before = this.counting[slot] ?? 0;
      if (sequence < before) continue;
      if (before > 0) this.apply(slot, this.store.credentials.positionOf(slot, before), -1);
      else if (this.store.isKnownGroup(slot)) this.voters += 1;
      this.apply(slot, position, 1);
      this.counting[slot] = sequence;
    }
    this.size = Math.max(this.size, size);
  }

  /**
   * What a screen may have shown from the leaves so far: every contest with k voters; one that
   * gained fewer than k since the last time keeps what it showed, unless voting has ended.
   */
  figures(before: LiveFile | null, afterClosing: boolean): LiveFile {
    const { manifest } = this.store;
    const contests: LiveFile['contests'] = {};
    manifest.contests.forEach(({ id }, index) => {
      const contest = this.contests[index];
      if (contest === undefined) return;
      const last = before?.contests[id];
      const { voters } = contest;
      if (last && !afterClosing && voters - last.voters < manifest.minGroup) contests[id] = last;
      else if (voters >= manifest.minGroup) contests[id] = { voters, bars: contest.bars() };
    });
    return { v: 1, round: manifest.round, size: this.size, voters: this.voters, contests };
  }

  private apply(slot: number, position: number, by: 1 | -1): void {
    this.store.picksAt(slot, position, (index, picks) => {
      this.contests[index]?.add(picks, by);
    });
  }
}

function running(contest: Contest): RunningContest {
  if (contest.kind === 'rank') return new RunningRanking(contest);
  const { kind } = contest.rule;
  return kind === 'greedy' || kind === 'max-welfare'
    ? new RunningVotes(contest)
    : new RunningSets(contest);
}

/** A made-up profile: as many ballots of each kind as say the same as the real ones. */
class Columns {
  private readonly counts: number[] = [];
  private readonly starts: number[] = [0];
  private readonly entries: number[] = [];

  add(count: number, entries: ArrayLike<number>): void {
    this.counts.push(count);
    for (let at = 0; at < entries.length; at++) this.entries.push(entries[at] ?? 0);
    this.starts.push(this.entries.length);
  }

  profile(kind: Profile['kind'], voters: number): Profile {
    return {
      kind,
      voters,
      groups: this.counts.length,
      counts: Uint32Array.from(this.counts),
      starts: Uint32Array.from(this.starts),
      entries: Uint32Array.from(this.entries),
      points: null,
      districts: null,
      districtNames: [],
    };
  }
}

/** Rows of a plan have ids; the row that nobody can choose has none. */
const NO_ROW = '';

/**
 * A positional ranking needs to know how often each row stood in each place, and of how long a
 * ballot where that counts. The places before and after are filled with a row that is left out.
 */
class RunningRanking implements RunningContest {
  voters = 0;
  private readonly base: Election;
  private readonly rows: number;
  private readonly counts = new Map<number, number>();

  constructor(private readonly contest: RankContest) {
    this.rows = contest.rows.length;
    const projects = [...contest.rows.map(({ id }) => ({ id })), { id: NO_ROW }];
    this.base = buildElection({ kind: 'ranking', projects, ballots: [] });
  }

  add(picks: Uint16Array, by: 1 | -1): void {
    this.voters += by;
    const byLength = this.contest.rule.slots === 'ballot-length';
    picks.forEach((row, place) => {
      const length = byLength ? picks.length : place + 1;
      const key = (length * (this.rows + 1) + place) * this.rows + row;
      this.counts.set(key, (this.counts.get(key) ?? 0) + by);
    });
  }

  bars(): Bars {
    const columns = new Columns();
    for (const [key, count] of this.counts) {
      if (count === 0) continue;
      const before = Math.floor(key / this.rows);
      const entries = new Uint32Array(Math.floor(before / (this.rows + 1))).fill(this.rows);
      entries[before % (this.rows + 1)] = key % this.rows;
      columns.add(count, entries);
    }
    const election = { ...this.base, profile: columns.profile('ranking', this.voters) };
    const { ranking } = rankingOf(this.contest, election, provisional(this.contest.rule.ties));
    return ranking
      .filter(({ id }) => id !== NO_ROW)
      .slice(0, MAX_BARS)
      .map(({ id, score }) => ({ id, votes: score, funded: false }));
  }
}

function fundBars(contest: AllocateContest, base: Election, profile: Profile): Bars {
  const ties = provisional(contest.rule.ties);
  return byVotes(contest, fundingOf(contest, { ...base, profile }, ties)).slice(0, MAX_BARS);
}

const emptyElection = (contest: AllocateContest): Election =>
  buildElection({
    kind: 'approval',
    projects: countedProjects(contest),
    budget: contest.envelopeCents,
    ballots: [],
  });

/** Rules that look at nothing but how many chose each proposal. */
class RunningVotes implements RunningContest {
  voters = 0;
  private readonly base: Election;
  private readonly votes: number[];

  constructor(private readonly contest: AllocateContest) {
    this.base = emptyElection(contest);
    this.votes = contest.proposals.map(() => 0);
  }

  add(picks: Uint16Array, by: 1 | -1): void {
    this.voters += by;
    for (const pick of picks) this.votes[pick] = (this.votes[pick] ?? 0) + by;
  }

  bars(): Bars {
    const columns = new Columns();
    this.votes.forEach((count, project) => {
      if (count > 0) columns.add(count, [project]);
    });
    return fundBars(this.contest, this.base, columns.profile('approval', this.voters));
  }
}

/** Rules that look at who chose what together: equal sets are one entry with a count. */
class RunningSets implements RunningContest {
  voters = 0;
  private readonly base: Election;
  private readonly groupOf = new Map<string, number>();
  private readonly counts = new Growing(new Uint32Array(64));
  private readonly starts = new Growing(new Uint32Array(64));
  private readonly entries = new Growing(new Uint32Array(256));

  constructor(private readonly contest: AllocateContest) {
    this.base = emptyElection(contest);
    this.starts.push(0);
  }

  add(picks: Uint16Array, by: 1 | -1): void {
    this.voters += by;
    // Approval: the order of a ballot says nothing.
    const sorted = picks.slice().sort();
    const key = String.fromCharCode(...sorted);
    let group = this.groupOf.get(key);
    if (group === undefined) {
      group = this.counts.length;
      this.groupOf.set(key, group);
      this.counts.push(0);
      this.entries.append(sorted);
      this.starts.push(this.entries.length);
    }
    this.counts.set(group, this.counts.at(group) + by);
  }

  bars(): Bars {
    return fundBars(this.contest, this.base, this.profile());
  }

  /** The sets that somebody's ballot still says: a ballot that was replaced may have been the only one. */
  private profile(): Profile {
    const all = this.counts.length;
    const counts = new Uint32Array(all);
    const starts = new Uint32Array(all + 1);
    const entries = new Uint32Array(this.entries.length);
    let groups = 0;
    let end = 0;
    for (let group = 0; group < all; group++) {
      const count = this.counts.at(group);
      if (count === 0) continue;
      const last = this.starts.at(group + 1);
      for (let at = this.starts.at(group); at < last; at++) entries[end++] = this.entries.at(at);
      counts[groups++] = count;
      starts[groups] = end;
    }
    return {
      kind: 'approval',
      voters: this.voters,
      groups,
      counts: counts.subarray(0, groups),
      starts: starts.subarray(0, groups + 1),
      entries: entries.subarray(0, end),
      points: null,
      districts: null,
      districtNames: [],
    };
  }
}
