import 'server-only';
import { cookies } from 'next/headers';
import { registry } from '@/db/registry/client';
import type { Kiosk } from '@/lib/credentials/desk';
import { kioskByToken } from '@/lib/credentials/desk-queries';
import { kioskCookie } from '@/lib/roll/cookies';

/** The kiosk that this browser is, or null. */
export async function kioskHere(): Promise<Kiosk | null> {
  const token = (await cookies()).get(kioskCookie().name)?.value;
  return token === undefined ? null : kioskByToken(registry(), token);
}
