import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '@/components/ui/button';

/** Travels with every page that may be refused: kept small, and it asks nobody anything. */
export default async function Forbidden() {
  const t = await getTranslations('staff.forbidden');
  return (
    <main id="contenido" className="mx-auto w-full max-w-3xl flex-1 px-4 py-12 sm:px-6">
      <h1 className="text-3xl">{t('title')}</h1>
      <p className="mt-4 mb-6">{t('lead')}</p>
      <ButtonLink href="/ingresar">{t('signIn')}</ButtonLink>
    </main>
  );
}
