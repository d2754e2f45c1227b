import { isAdministrator, type Actor } from '@/lib/auth/actor';

/** Publishing is an act of a person who answers for the round. */
export function mayPublishResults(actor: Actor): boolean {
  return isAdministrator(actor);
}

/** Whoever will publish a count may look at it before; nobody else. */
export function maySeeUnpublishedTally(actor: Actor): boolean {
  return isAdministrator(actor);
}
