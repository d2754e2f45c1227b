import type { Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';

/** The council decides: adopting and amending priorities is for councillors and nobody else. */
export function mayDecidePriorities(actor: Actor): boolean {
  return may(actor, 'decide-priorities');
}
