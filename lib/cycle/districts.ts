import 'server-only';
import { asc } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { district } from '@/db/registry/schema';

/** Every district by name, for a list to choose from. */
export async function districtChoices(
  db: Registry,
): Promise<{ readonly value: string; readonly label: string }[]> {
  return db
    .select({ value: district.code, label: district.name })
    .from(district)
    .orderBy(asc(district.name));
}
