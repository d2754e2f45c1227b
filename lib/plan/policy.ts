import type { Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';

/** The system loads the shipped words when a database is new. */
export function mayImportPlan(actor: Actor): boolean {
  return may(actor, 'import-plan') || actor.kind === 'system';
}

export function mayEditPlan(actor: Actor): boolean {
  return may(actor, 'edit-plan');
}
