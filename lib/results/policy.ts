import type { Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';

/** Publishing is an act of a person who answers for the round. */
export function mayPublishResults(actor: Actor): boolean {
  return may(actor, 'publish-results');
}

/** Whoever will publish a count may look at it before; nobody else. */
export function maySeeUnpublishedTally(actor: Actor): boolean {
  return may(actor, 'see-unpublished-tally');
}
