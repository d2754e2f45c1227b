import type { Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';

/** Opening, closing and keying a paper table is the officers' work. */
export function mayWorkWithPaper(actor: Actor): actor is Extract<Actor, { kind: 'staff' }> {
  return may(actor, 'work-with-paper');
}

/** An unfinished entry is given up by whoever makes it, or by an administrator when she is gone. */
export function mayDiscardEntry(actor: Actor, enteredBy: string): boolean {
  return may(actor, 'discard-paper-entries') || (mayWorkWithPaper(actor) && actor.id === enteredBy);
}
