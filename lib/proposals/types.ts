import type { PROPOSAL_STATES } from '@/db/registry/schema';

export type ProposalState = (typeof PROPOSAL_STATES)[number];

export const PAGE_SIZE = 12;

/** What a list of proposals is narrowed to; null means no matter which. */
export interface ProposalFilters {
  readonly cycleId: string | null;
  readonly dimension: string | null;
  readonly envelopeId: string | null;
  readonly state: ProposalState | null;
  /** Words to find in title, place or description. */
  readonly words: string | null;
}

export interface ProposalListItem {
  readonly code: string;
  readonly titleEs: string;
  readonly titleEn: string;
  readonly whereEs: string;
  readonly whereEn: string;
  readonly costCents: number;
  readonly state: ProposalState;
  readonly dimensionCode: string | null;
  readonly scope: 'province' | 'district' | 'dimension';
  readonly districtName: string | null;
}
