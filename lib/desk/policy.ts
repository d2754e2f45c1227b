import type { Actor, StaffActor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';

/** Taking the attendance of an assembly, which says nothing about votes. */
export function mayTakeAttendance(actor: Actor): actor is StaffActor {
  return may(actor, 'take-attendance');
}

/** Having a shift of one's own, and writing into its log what went wrong. */
export function mayKeepShifts(actor: Actor): actor is StaffActor {
  return may(actor, 'keep-shifts');
}

/** Closing what an officer left open when she is not there to do it. */
export function mayCloseOthersShifts(actor: Actor): actor is StaffActor {
  return actor.kind === 'staff' && may(actor, 'close-others-shifts');
}

/** Being the second person who signs what a shift counted. */
export function maySignShifts(actor: Actor): actor is StaffActor {
  return may(actor, 'sign-shifts');
}
