import { isAdministrator, type Actor } from '@/lib/auth/actor';

/** Preparing, opening, closing and counting are one responsibility: the administrator's. */
export function mayManageRounds(actor: Actor): boolean {
  return isAdministrator(actor);
}

/** The steps that only the worker takes, and the closing that only the clock orders. */
export function mayAdvanceRounds(actor: Actor): boolean {
  return actor.kind === 'worker';
}
