/** Everything that is ever recorded. A new act is added here first. */
export const AUDIT_ACTIONS = [
  'plan.imported',
  'plan.edited',
  'cycle.created',
  'cycle.edited',
  'proposal.registered',
  'proposal.evaluated',
  'proposal.funded',
  'round.drafted',
  'round.edited',
  'round.open-requested',
  'round.opened',
  'round.close-requested',
  'round.closed',
  'round.tally-requested',
  'round.tallied',
  'results.published',
  'round.job-failed',
  'priorities.proposed',
  'priorities.decided',
  'priorities.reopened',
  'priorities.adopted',
  'staff.signed-in',
  'staff.signed-out',
  'staff.ticket-minted',
  'staff.added',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who acted: `staff:<id>`, `operator` (command line), `worker` or `system`. */
export type AuditActor = `staff:${string}` | 'operator' | 'worker' | 'system';
