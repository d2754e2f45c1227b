import type { Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';

/** Preparing, opening, closing and counting are one responsibility: the administrator's. */
export function mayManageRounds(actor: Actor): boolean {
  return may(actor, 'manage-rounds');
}

/** The steps that only the worker takes, and the closing that only the clock orders. */
export function mayAdvanceRounds(actor: Actor): boolean {
  return actor.kind === 'worker';
}
