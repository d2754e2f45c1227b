import type { AGENT_STATES, ORGANISATION_KINDS } from '@/db/registry/schema';

export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];
export type AgentState = (typeof AGENT_STATES)[number];

export type SubmitRefusal =
  'not-allowed' | 'no-cycle' | 'already-registered' | 'unknown-district' | 'consent-needed';
export type AccreditRefusal = 'not-allowed' | 'not-found' | 'own-filing' | 'already-decided';
