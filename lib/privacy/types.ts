import type { REQUEST_KINDS, REQUEST_OUTCOMES } from '@/db/registry/schema';

export type RequestKind = (typeof REQUEST_KINDS)[number];
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];
export type ConsentKind = 'verification' | 'agent';

export type RequestRefusal = 'not-allowed' | 'already-open' | 'nothing-held';
export type AnswerRefusal = 'not-allowed' | 'not-found' | 'already-answered' | 'already-extended';
export type IncidentRefusal =
  'not-allowed' | 'not-found' | 'in-the-future' | 'already-told' | 'not-told' | 'already-closed';
