import { getTranslations } from 'next-intl/server';

/** Installed from the browser's menu, the kiosk fills the screen, and stays so between two people. */
export async function GET(): Promise<Response> {
  const t = await getTranslations('kiosk.wait');
  const manifest = {
    name: t('appName'),
    short_name: t('app'),
    start_url: '/kiosco',
    scope: '/kiosco',
    display: 'fullscreen',
    background_color: '#fbfaf6',
    theme_color: '#fbfaf6',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json' },
  });
}
