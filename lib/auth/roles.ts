import { STAFF_ROLES } from '@/db/registry/schema';

export type Role = (typeof STAFF_ROLES)[number];

/** The area each role works in, where a person lands after signing in. */
export const HOME_OF_ROLE = {
  administrator: '/admin',
  councillor: '/council',
  officer: '/desk',
  'technical-team': '/studio',
  moderator: '/studio',
  facilitator: '/desk/tablets',
  oversight: '/admin/audit',
  auditor: '/admin/audit',
} as const satisfies Record<Role, string>;

/** Everybody who works in Minka. */
export const STAFF: readonly Role[] = STAFF_ROLES;
