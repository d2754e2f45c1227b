'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { openVisit } from '@/lib/credentials/commands/at-the-kiosk';
import { webEnv } from '@/lib/env';
import { kioskCookie, voterCookie } from '@/lib/roll/cookies';
import { codeInput } from '@/lib/roll/input';
import { kioskPage } from './addresses';

/** Opens the booth with the code from the desk. Who votes is known from the visit, not from here. */
export async function openBooth(form: FormData): Promise<never> {
  const jar = await cookies();
  const kioskToken = jar.get(kioskCookie().name)?.value;
  if (kioskToken === undefined) redirect(kioskPage());
  const code = codeInput.safeParse(form.get('code'));
  if (!code.success) redirect(kioskPage(undefined, 'wrong-code'));
  const secret = webEnv().MINKA_SESSION_SECRET;
  const opened = await openVisit(registry(), secret, { kioskToken, code: code.data });
  if (!opened.ok) {
    redirect(kioskPage(undefined, opened.reason === 'wrong-code' ? 'wrong-code' : 'kiosk-closed'));
  }
  const { name, options } = voterCookie();
  // Ends with the browser at the latest: a kiosk remembers nobody.
  const { maxAge: _, ...forNow } = options;
  jar.set(name, opened.value.sessionToken, forNow);
  redirect(kioskPage('cabina'));
}
