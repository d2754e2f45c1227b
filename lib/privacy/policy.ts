import type { Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';

export function mayAnswerRequests(actor: Actor): boolean {
  return may(actor, 'answer-data-requests');
}

export function mayRecordIncidents(actor: Actor): boolean {
  return may(actor, 'record-incidents');
}
