import { type Actor, isAdministrator } from '@/lib/auth/actor';

/** The system loads the shipped words when a database is new. */
export function mayImportPlan(actor: Actor): boolean {
  return isAdministrator(actor) || actor.kind === 'system';
}

export function mayEditPlan(actor: Actor): boolean {
  return isAdministrator(actor);
}
