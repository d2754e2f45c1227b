import type { Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';

/** Taking a tablet to a hall and bringing it back is an officer's work. */
export function mayHandleTablets(actor: Actor): boolean {
  return may(actor, 'handle-tablets');
}

/** Giving a tablet up frees residents: not an act of whoever lost it. */
export function mayLoseTablets(actor: Actor): boolean {
  return may(actor, 'give-up-tablets');
}
