import type { Actor, StaffActor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';

/** Taking the attendance of an assembly, which says nothing about votes; and having a shift at all. */
export function mayTakeAttendance(actor: Actor): actor is StaffActor {
  return may(actor, 'take-attendance');
}

/** Being the second person who signs what a shift counted. */
export function maySignShifts(actor: Actor): actor is StaffActor {
  return may(actor, 'sign-shifts');
}
