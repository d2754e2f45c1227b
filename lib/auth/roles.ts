import type { STAFF_ROLES } from '@/db/registry/schema';

export type Role = (typeof STAFF_ROLES)[number];

/** The area each role works in, where a person lands after signing in. */
export const HOME_OF_ROLE = {
  administrator: '/admin',
  councillor: '/council',
  officer: '/desk',
  'technical-team': '/studio',
} as const satisfies Record<Role, string>;

/** Everybody who works in Minka. */
export const STAFF: readonly Role[] = ['administrator', 'officer', 'technical-team', 'councillor'];
