import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { KioskLine } from '@/components/booth/kiosk-line';
import { Wordmark } from '@/components/wordmark';
import { WovenBand } from '@/components/woven-band';

export const metadata: Metadata = { manifest: '/kiosco/manifest.webmanifest' };

/** The frame of a kiosk: nothing leads out of it, and it says when the network is gone. */
export default async function KioskLayout({ children }: { readonly children: ReactNode }) {
  const t = await getTranslations('kiosk.wait');
  return (
    <>
      <header className="print:hidden">
        <div className="mx-auto max-w-3xl px-4 py-3 sm:px-6">
          <Wordmark href="/kiosco" />
        </div>
        <WovenBand />
      </header>
      <main id="contenido" className="mx-auto w-full max-w-3xl flex-1 px-4 py-8 sm:px-6">
        <KioskLine title={t('offline')} why={t('offlineWhy')} />
        {children}
      </main>
    </>
  );
}
