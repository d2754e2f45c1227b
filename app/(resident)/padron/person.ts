import 'server-only';
import { cookies } from 'next/headers';
import { registry } from '@/db/registry/client';
import { personBySession, type Person } from '@/lib/lists/person';
import { voterCookie } from '@/lib/roll/cookies';

/** Who is verified in this browser, or null. */
export async function currentPerson(): Promise<Person | null> {
  const token = (await cookies()).get(voterCookie().name)?.value;
  return token === undefined ? null : personBySession(registry(), token);
}
