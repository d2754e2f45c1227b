import { getRequestConfig } from 'next-intl/server';
import { cookies } from 'next/headers';
import { isLocale, LOCALE_COOKIE, localeOf } from './locale';
import { messagesOf } from './messages';

/** What next-intl asks once per request. Dates are shown in Lima's time, wherever the server is. */
export default getRequestConfig(async ({ locale }) => {
  const chosen = isLocale(locale) ? locale : localeOf((await cookies()).get(LOCALE_COOKIE)?.value);
  return { locale: chosen, messages: await messagesOf(chosen), timeZone: 'America/Lima' };
});
