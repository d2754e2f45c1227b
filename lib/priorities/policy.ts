import { hasRole, type Actor } from '@/lib/auth/actor';

/** The council decides: adopting and amending priorities is for councillors and nobody else. */
export function mayDecidePriorities(actor: Actor): boolean {
  return hasRole(actor, 'councillor');
}
