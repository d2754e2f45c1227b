import { PriorityTrail } from '@/components/priority-trail';

/** The way from the votes to the next envelopes, on the two texts of the plan where it lands. */
export function Trail({ code }: { readonly code: string }) {
  return code === 'INS-2-M1' || code === 'INS-2-O1' ? <PriorityTrail row={code} /> : null;
}
