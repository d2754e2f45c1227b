import type { ROUND_STATES } from '@/db/registry/schema';

export type RoundState = (typeof ROUND_STATES)[number];

/** What a resident is told about a round at a moment; states and clock put together. */
export type RoundPhase =
  /** Being prepared: nothing is public. */
  | 'draft'
  /** Its manifest exists, votes can be activated, the box takes no ballot yet. */
  | 'announced'
  | 'voting'
  /** Past closing, the count has not ended. */
  | 'counting'
  /** Counted; a person has not published it yet. */
  | 'tallied'
  | 'published';

/** The fewest people on the roll behind a district group that has no envelope of its own. */
export const FEWEST_IN_GROUP = 40;

export interface PlaceOnRoll {
  readonly code: string;
  readonly name: string;
  /** Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
  readonly eligible: number;
  readonly hasEnvelope: boolean;
}

export interface DistrictGroup {
  /** The district's code, or `zona-<n>` where tiny districts vote together. */
  readonly id: string;
  readonly name: string;
  readonly districts: readonly string[];
  readonly eligible: number;
}

export type RequestRefusal = 'not-allowed' | 'not-found' | 'wrong-state';
export type OpenRefusal =
  | RequestRefusal
  | 'closing-is-past'
  | 'contest-without-proposals'
  | 'envelope-being-voted'
  | 'no-plan-rows'
  | 'empty-roll'
  | 'list-unfinished';
export type CloseRefusal = RequestRefusal | 'reason-needed';
export type DraftRefusal =
  'not-allowed' | 'no-cycle' | 'id-taken' | 'screen-code-taken' | 'no-contest' | 'unknown-envelope';

export interface RoundSummary {
  readonly id: string;
  readonly cycleId: string;
  readonly screenCode: string;
  readonly nameEs: string;
  readonly nameEn: string;
  readonly state: RoundState;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly livePolicy: 'at-close' | 'live';
  readonly jobNote: string | null;
  readonly jobProgress: number;
}

export interface RoundDetail extends RoundSummary {
  readonly minGroup: number;
  readonly manifestHash: string | null;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly publishedAt: Date | null;
}

/** What the last job on a round said; each has one sentence of copy. */
export const JOB_NOTES = [
  'opening-roll',
  'opening-keys',
  'opening-box',
  'closing-box',
  'closing-paper',
  'closing-seal',
  'tally-fetching',
  'tally-verifying',
  'tally-counting',
  'failed-box-away',
  'failed-box-refused',
  'failed-record',
  'failed-unexpected',
] as const;
export type JobNote = (typeof JOB_NOTES)[number];

export function isJobNote(text: string): text is JobNote {
  return (JOB_NOTES as readonly string[]).includes(text);
}
