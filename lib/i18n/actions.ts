'use server';

import type { Route } from 'next';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { LOCALE_COOKIE, localeOf } from './locale';
import { pathToReturnTo } from './return-path';

const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers the reader's language and brings her back to the page she was reading. */
export async function chooseLocale(form: FormData): Promise<void> {
  const chosen = form.get('locale');
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  jar.set(LOCALE_COOKIE, localeOf(typeof chosen === 'string' ? chosen : undefined), {
    path: '/',
    maxAge: ONE_YEAR_SECONDS,
    sameSite: 'lax',
    httpOnly: true,
  });
  // A path of our own, taken apart and put together again: no route that types could know.
  redirect(pathToReturnTo(sent.get('referer'), sent.get('host')) as Route);
}
