import type { FundingResult, RankingResult } from '@/lib/tally/types';
import type {
  AllocateOutcome,
  ContestOutcome,
  GroupVoices,
  RankOutcome,
  ResultDocument,
} from './document';
import { byDimension } from './types';

/**
 * The one gate for results. Every output (page, screen, export, API, priorities) reads what comes
 * out of here: no figure stands on fewer than k ballots, none can be had by subtraction, and
 * before publication there is nothing but turnout.
 */

/** `few`: fewer than k ballots. `shield`: enough, but its figure would give a small one away. */
export type Hidden = 'few' | 'shield' | null;

export interface GatedTurnout {
  readonly id: string;
  readonly name: string;
  readonly districts: readonly string[];
  readonly eligible: number;
  /** Null when hidden. */
  readonly issued: number | null;
  readonly ballots: number | null;
  readonly hidden: Hidden;
}

export interface Turnout {
  /** Null when the whole round has fewer than k ballots. */
  readonly ballots: number | null;
  readonly eligible: number;
  readonly groups: readonly GatedTurnout[];
}

export type GatedRank = Omit<RankOutcome, 'voters' | 'blank' | 'result'> & {
  readonly figures: { readonly voters: number; readonly blank: number } | null;
  readonly result: RankingResult | null;
  /** Row ids, best first. */
  readonly order: readonly string[];
};
export type GatedAllocate = Omit<AllocateOutcome, 'voters' | 'blank' | 'result'> & {
  readonly figures: { readonly voters: number; readonly blank: number } | null;
  readonly result: FundingResult | null;
  /** Ids in order of purchase. */
  readonly winners: readonly string[];
};
export type GatedContest = GatedRank | GatedAllocate;

/** What one group, or the hidden ones together, asked for. */
export interface GatedVoice extends GroupVoices {
  /** The groups in it: one, or all that are hidden. */
  readonly members: readonly string[];
  readonly districts: readonly string[];
  readonly names: readonly string[];
}

export type PublicResult = Omit<ResultDocument, 'groups' | 'contests' | 'voices' | 'ballots'> & {
  readonly turnout: Turnout;
  readonly contests: readonly GatedContest[];
  readonly voices: readonly GatedVoice[];
};

/** Id of the hidden groups spoken of together. */
export const POOLED = 'pooled';

/**
 * The groups whose figures stay hidden: those with 1 to k − 1 ballots, and as many of the next
 * smallest as it takes for the hidden ones to be at least two and at least k ballots together.
 * Otherwise the total minus the shown ones would give a hidden figure away. No ballot hides nobody:
 * a group with none is shown as 0.
 */
export function hiddenGroups(
  groups: readonly { readonly id: string; readonly ballots: number }[],
  k: number,
): Set<string> {
  const voted = groups
    .filter((group) => group.ballots > 0)
    .sort((a, b) => a.ballots - b.ballots || (a.id < b.id ? -1 : 1));
  const hidden = voted.filter((group) => group.ballots < k);
  if (hidden.length === 0) return new Set();
  const together = (): number => hidden.reduce((sum, group) => sum + group.ballots, 0);
  for (const next of voted.slice(hidden.length)) {
    if (hidden.length >= 2 && together() >= k) break;
    hidden.push(next);
  }
  return new Set(hidden.map((group) => group.id));
}

/** Turnout by group: all that may be said before publication. */
export function turnoutThroughGate(document: ResultDocument): Turnout {
  const { groups, minGroup: k } = document;
  const hidden = hiddenGroups(groups, k);
  return {
    ballots: document.ballots > 0 && document.ballots < k ? null : document.ballots,
    eligible: groups.reduce((sum, group) => sum + group.eligible, 0),
    groups: groups.map(({ id, name, districts, eligible, issued, ballots }) => {
      const isHidden = hidden.has(id);
      return {
        id,
        name,
        districts,
        eligible,
        issued: isHidden ? null : issued,
        ballots: isHidden ? null : ballots,
        hidden: !isHidden ? null : ballots < k ? 'few' : 'shield',
      };
    }),
  };
}

/** A published result as anyone may see it. */
export function throughGate(document: ResultDocument): PublicResult {
  const { groups, contests, voices, ballots: _ballots, ...open } = document;
  const hidden = hiddenGroups(groups, document.minGroup);
  return {
    ...open,
    turnout: turnoutThroughGate(document),
    contests: contests.map((contest) => gateContest(contest, hidden, document.minGroup)),
    voices: poolVoices(groups, voices, hidden, document.minGroup),
  };
}

function gateContest(contest: ContestOutcome, hidden: Set<string>, k: number): GatedContest {
  const { voters, blank } = contest;
  // The voters of a contest of some hidden groups but not all would narrow the others down.
  const own = contest.groups;
  const inside = own === 'all' ? hidden.size : own.filter((id) => hidden.has(id)).length;
  const shown = voters >= k && (inside === 0 || inside === hidden.size);
  const figures = shown ? { voters, blank } : null;
  if (contest.kind === 'rank') {
    const { voters: _voters, blank: _blank, result, ...open } = contest;
    const order = result.ranking.map((place) => place.id);
    return { ...open, figures, result: shown ? result : null, order };
  }
  const { voters: _voters, blank: _blank, result, ...open } = contest;
  return { ...open, figures, result: shown ? result : null, winners: result.winners };
}

/** Hidden groups speak together, so that every published sum can be done again by hand. */
function poolVoices(
  groups: ResultDocument['groups'],
  voices: readonly GroupVoices[],
  hidden: Set<string>,
  k: number,
): GatedVoice[] {
  const group = new Map(groups.map((each) => [each.id, each]));
  const together = groups.reduce((sum, each) => sum + (hidden.has(each.id) ? each.ballots : 0), 0);
  if (hidden.size > 0 && together < k) return [];
  const shown = voices
    .filter((voice) => !hidden.has(voice.group))
    .map((voice) => ({
      ...voice,
      members: [voice.group],
      districts: group.get(voice.group)?.districts ?? [],
      names: [group.get(voice.group)?.name ?? voice.group],
    }));
  const pooled = voices.filter((voice) => hidden.has(voice.group));
  if (pooled.length === 0) return shown;
  return [
    ...shown,
    { ...sumOf(pooled), ...membersOf(pooled.map((voice) => group.get(voice.group))) },
  ];
}

function membersOf(
  groups: readonly (ResultDocument['groups'][number] | undefined)[],
): Pick<GatedVoice, 'members' | 'districts' | 'names'> {
  const all = groups.filter((each) => each !== undefined);
  return {
    members: all.map((each) => each.id),
    districts: all.flatMap((each) => each.districts),
    names: all.map((each) => each.name),
  };
}

function sumOf(voices: readonly GroupVoices[]): GroupVoices {
  const add = (pick: (voice: GroupVoices) => GroupVoices['ranked']): GroupVoices['ranked'] => ({
    ballots: voices.reduce((sum, voice) => sum + pick(voice).ballots, 0),
    votes: byDimension((code) => voices.reduce((sum, voice) => sum + pick(voice).votes[code], 0)),
  });
  return {
    group: POOLED,
    ranked: add((voice) => voice.ranked),
    assigned: add((voice) => voice.assigned),
  };
}
