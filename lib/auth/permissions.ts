import type { Actor } from './actor';
import type { Role } from './roles';

/**
 * Who may do what, in one table: the doors of pages, actions and handlers read it, the policies of
 * commands, and the page "Quién puede qué". Voting is not in it: no role can see, alter or cast a
 * ballot. The operator at the machine's own terminal may do what an administrator may.
 */
export const PERMISSIONS = {
  'import-plan': ['administrator'],
  'edit-plan': ['administrator'],
  'register-proposals': ['technical-team', 'officer', 'administrator', 'moderator'],
  'evaluate-proposals': ['technical-team', 'administrator'],
  'manage-rounds': ['administrator'],
  'see-overview': ['administrator', 'oversight', 'auditor'],
  'see-unpublished-tally': ['administrator'],
  'publish-results': ['administrator'],
  'serve-at-desk': ['officer'],
  'take-attendance': ['officer', 'facilitator'],
  'keep-shifts': ['officer', 'facilitator'],
  'sign-shifts': ['officer', 'administrator'],
  'close-others-shifts': ['administrator'],
  'work-with-paper': ['officer', 'facilitator'],
  'discard-paper-entries': ['administrator'],
  'handle-tablets': ['officer', 'administrator', 'facilitator'],
  'give-up-tablets': ['administrator'],
  'decide-priorities': ['councillor'],
  'manage-people': ['administrator'],
  'readmit-people': ['administrator'],
  'see-audit': ['administrator', 'oversight', 'auditor'],
  'see-approvals': ['administrator', 'oversight', 'auditor'],
  'decide-approvals': ['administrator'],
  'withdraw-requests': ['officer', 'administrator'],
  'import-roll': ['officer', 'administrator'],
  'approve-roll': ['administrator'],
  'decide-lists': ['officer', 'administrator'],
  'approve-lists': ['administrator'],
  'reject-filings': ['administrator'],
  'accredit-agents': ['officer', 'administrator'],
  'answer-data-requests': ['officer', 'administrator'],
  'record-incidents': ['officer', 'administrator'],
  'print-letters': ['officer', 'administrator'],
  'approve-letters': ['administrator'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof PERMISSIONS;

/**
 * Who passes a door: everybody; everybody who works here; or whoever may do one of these acts.
 * `everyone` includes the doors of a voter, which know the person by a cookie of their own.
 */
export type Access = 'everyone' | 'staff' | readonly Permission[];

/**
 * The roles that take part in acts of two people, asking or deciding. Nobody gives them out alone, or
 * one person would make the other (T22). A test of lib/approvals holds this against every kind.
 */
export const ROLES_OF_TWO: readonly Role[] = ['administrator', 'officer'];

export function may(actor: Actor, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  if (actor.kind === 'staff') return actor.roles.some((role) => roles.includes(role));
  return actor.kind === 'operator' && roles.includes('administrator');
}

/** Whether this person of the staff passes a door. */
export function passes(actor: Actor, access: Access): boolean {
  if (access === 'everyone') return true;
  if (access === 'staff') return actor.kind === 'staff' && actor.roles.length > 0;
  return access.some((permission) => may(actor, permission));
}
