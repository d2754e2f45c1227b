import { getTranslations } from 'next-intl/server';

/** Lets a tablet keep the page on its home screen, to be opened without a network. */
export async function GET(): Promise<Response> {
  const t = await getTranslations('tablet.app');
  const manifest = {
    name: t('name'),
    short_name: t('shortName'),
    start_url: '/tablet/',
    scope: '/tablet/',
    display: 'standalone',
    background_color: '#fbfaf6',
    theme_color: '#fbfaf6',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json' },
  });
}
