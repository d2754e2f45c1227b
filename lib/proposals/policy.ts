import type { ProposalState } from './types';

/** What anybody may read: everything that was not taken back by who proposed it. */
export const PUBLIC_STATES = [
  'submitted',
  'under-evaluation',
  'eligible',
  'rejected',
  'merged',
  'funded',
  'not-funded',
] as const satisfies readonly ProposalState[];

export type PublicState = (typeof PUBLIC_STATES)[number];

export function isPublicState(state: string): state is PublicState {
  return PUBLIC_STATES.some((each) => each === state);
}
