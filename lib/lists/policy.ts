import type { Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';

/** Taking down and deciding what is said about the list; a decision takes a second person. */
export function mayDecideLists(actor: Actor): boolean {
  return may(actor, 'decide-lists');
}
