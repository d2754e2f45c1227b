import 'server-only';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { staff, staffRole } from '@/db/registry/schema';
import type { Role } from './roles';

export interface DemoPerson {
  id: string;
  displayName: string;
  role: Role;
}

/** The people of the demonstration, who may be signed in with one click. */
export async function demoPeople(db: Registry): Promise<DemoPerson[]> {
  return db
    .select({ id: staff.id, displayName: staff.displayName, role: staffRole.role })
    .from(staff)
    .innerJoin(staffRole, eq(staffRole.staffId, staff.id))
    .where(and(eq(staff.isDemo, 'yes'), isNull(staff.disabledAt)))
    .orderBy(asc(staff.id));
}
