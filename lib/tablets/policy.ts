import { hasRole, isAdministrator, type Actor } from '@/lib/auth/actor';

/** Taking a tablet to a hall and bringing it back is an officer's work. */
export function mayHandleTablets(actor: Actor): boolean {
  return hasRole(actor, 'officer') || isAdministrator(actor);
}

/** Giving a tablet up frees residents: not an act of whoever lost it. */
export function mayLoseTablets(actor: Actor): boolean {
  return isAdministrator(actor);
}
