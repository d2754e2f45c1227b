import { describe, expect, it } from 'vitest';
import type { Actor } from './actor';
import { may, passes, PERMISSIONS } from './permissions';
import { HOME_OF_ROLE, type Role } from './roles';

const roles = Object.keys(HOME_OF_ROLE) as Role[];
const staff = (...held: Role[]): Actor => ({
  kind: 'staff',
  id: 'x',
  displayName: 'x',
  roles: held,
});

describe('the table of permissions', () => {
  it.each(Object.entries(PERMISSIONS))('lets exactly its roles %s', (permission, allowed) => {
    const those = roles.filter((role) => may(staff(role), permission as keyof typeof PERMISSIONS));
    expect(those.sort()).toEqual([...allowed].sort());
    expect(may(staff(), permission as keyof typeof PERMISSIONS)).toBe(false);
  });

  it('gives the operator what an administrator may, and the system and the worker nothing', () => {
    expect(may({ kind: 'operator' }, 'manage-rounds')).toBe(true);
    expect(may({ kind: 'operator' }, 'decide-priorities')).toBe(false);
    expect(may({ kind: 'worker' }, 'manage-rounds')).toBe(false);
    expect(may({ kind: 'system' }, 'import-plan')).toBe(false);
  });

  it('gives nobody who runs the vote the council’s decision, nor the council the vote', () => {
    expect(may(staff('administrator'), 'decide-priorities')).toBe(false);
    expect(may(staff('councillor'), 'publish-results')).toBe(false);
  });
});

describe('a door', () => {
  it('lets in who may do one of its acts', () => {
    const access = ['keep-shifts', 'sign-shifts'] as const;
    const inside = roles.filter((role) => passes(staff(role), access));
    expect(inside.sort()).toEqual(['administrator', 'facilitator', 'officer']);
    expect(passes(staff(), access)).toBe(false);
    expect(passes(staff('officer'), [])).toBe(false);
  });

  it('of the staff lets in every role, and nobody whose roles were taken away', () => {
    expect(roles.filter((role) => !passes(staff(role), 'staff'))).toEqual([]);
    expect(passes(staff(), 'staff')).toBe(false);
    expect(passes({ kind: 'operator' }, 'staff')).toBe(false);
    expect(passes(staff(), 'everyone')).toBe(true);
  });
});
