import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common.notFound');
  return { title: t('title') };
}

/** Small on purpose: Next sends this page along with every other one. */
export default async function NotFound() {
  const [t, phone] = await Promise.all([
    getTranslations('common.notFound'),
    getTranslations('common.phone'),
  ]);
  return (
    <main id="contenido" className="mx-auto w-full max-w-3xl px-4 py-12">
      <h1 className="text-4xl">{t('title')}</h1>
      <p className="my-5 text-lg">{t('text')}</p>
      <p>
        <a href="/">{t('home')}</a>
      </p>
      <p className="mt-5">
        {phone('ask')}: <strong>{phone('number')}</strong>
      </p>
    </main>
  );
}
