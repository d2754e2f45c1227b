import type { INCIDENT_KINDS, ShiftFigures, TURN_STATES } from '@/db/registry/schema';
import type { Channel } from '@/lib/credentials/right';
import type { ShiftCount, TurnOutcome } from '@/lib/credentials/types';

export type TurnState = (typeof TURN_STATES)[number];
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export interface Turn {
  readonly id: string;
  readonly roundId: string;
  readonly number: number;
  readonly state: TurnState;
  readonly isPreferential: boolean;
  readonly timesCalled: number;
  /** Null once it is over: the queue forgets whom it attended. */
  readonly residentId: string | null;
  readonly dniLastTwo: string | null;
  readonly calledBy: string | null;
  readonly calledByName: string | null;
  readonly outcome: TurnOutcome | null;
}

export interface ShiftLine {
  readonly id: string;
  readonly officerId: string;
  readonly officerName: string;
  readonly placeName: string;
  readonly device: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly signedByName: string | null;
  readonly aloneReason: string | null;
}

export interface ShiftDetail extends ShiftLine {
  readonly placeId: string;
  readonly openingFigures: ShiftFigures;
  readonly openingPapers: number;
  readonly closingFigures: ShiftFigures | null;
  readonly closingPapers: number | null;
  readonly spoiledPapers: number | null;
  readonly handoverNote: string | null;
  /** Who closed it when its officer had left it open. */
  readonly closedBy: string | null;
  readonly closedByName: string | null;
  readonly signedBy: string | null;
  readonly signedAt: Date | null;
  readonly counts: Readonly<Record<ShiftCount, number>>;
}

export type TakenReason = `taken-${Channel}`;
