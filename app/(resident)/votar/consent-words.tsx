import { getLocale } from 'next-intl/server';
import { pickText } from '@/lib/i18n/text';
import { currentConsent } from '@/lib/privacy/consents';

/** Beside whatever verifies somebody. Its words are evidence: lib/privacy keeps that they were shown. */
export async function ConsentWords() {
  const locale = await getLocale();
  return (
    <p className="text-ink-soft max-w-(--container-text)">
      {pickText(locale, currentConsent('verification'))}
    </p>
  );
}
