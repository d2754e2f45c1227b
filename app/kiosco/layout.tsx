import type { ReactNode } from 'react';
import { Wordmark } from '@/components/wordmark';
import { WovenBand } from '@/components/woven-band';

/** The frame of a kiosk: nothing leads out of it. */
export default function KioskLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <header className="print:hidden">
        <div className="mx-auto max-w-3xl px-4 py-3 sm:px-6">
          <Wordmark href="/kiosco" />
        </div>
        <WovenBand />
      </header>
      <main id="contenido" className="mx-auto w-full max-w-3xl flex-1 px-4 py-8 sm:px-6">
        {children}
      </main>
    </>
  );
}
