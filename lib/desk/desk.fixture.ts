import { randomUUID } from 'node:crypto';
import type { RegistryDatabase } from '@/db/registry/client';
import type { StaffActor } from '@/lib/auth/actor';
import { openShift } from './commands/shifts';

/** What database tests of the desk add to lib/credentials' fixture: officers at work. */

export async function seedShift(
  db: RegistryDatabase,
  officer: StaffActor,
  place = 'Palacio municipal',
  papers = 0,
): Promise<string> {
  const opened = await openShift(db, officer, {
    requestKey: randomUUID(),
    place,
    device: 'PC 1',
    papers,
  });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.value.shiftId;
}

/** Budgets that never end. */
export const endless = () => Promise.resolve({ ok: true as const });
