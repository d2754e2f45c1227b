import { hasRole, type Actor } from '@/lib/auth/actor';

/** Checking a DNI, handing over to a kiosk, giving out paper: the officers' work, and nobody else's. */
export function mayServeAtDesk(actor: Actor): actor is Extract<Actor, { kind: 'staff' }> {
  return hasRole(actor, 'officer');
}
