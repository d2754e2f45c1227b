import type { Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';

/** Checking a DNI, handing over to a kiosk, giving out paper: the officers' work, and nobody else's. */
export function mayServeAtDesk(actor: Actor): actor is Extract<Actor, { kind: 'staff' }> {
  return may(actor, 'serve-at-desk');
}
