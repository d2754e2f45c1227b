import type { Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';
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

/** Evaluating is the technical team's work, in public and with reasons. */
export function mayEvaluateProposals(actor: Actor): boolean {
  return may(actor, 'evaluate-proposals');
}

/** Who writes a proposal down for residents: the technical team, the desk, the administrator. */
export function mayRegisterProposals(actor: Actor): boolean {
  return may(actor, 'register-proposals');
}
