import type { ReactNode } from 'react';
import { DemoBanner } from './demo-banner';
import { PhoneLine } from './phone-line';
import { Wordmark } from './wordmark';
import { WovenBand } from './woven-band';

/** The frame of the booth and the steps to it: no menus, nothing to leave by, help by telephone. */
export function QuietShell({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <DemoBanner />
      <header className="print:hidden">
        <div className="mx-auto max-w-3xl px-4 py-3 sm:px-6">
          <Wordmark />
        </div>
        <WovenBand />
      </header>
      <main id="contenido" className="mx-auto w-full max-w-3xl flex-1 px-4 py-8 sm:px-6">
        {children}
      </main>
      <footer className="border-line bg-surface mt-auto border-t">
        <div className="mx-auto max-w-3xl px-4 py-5 sm:px-6">
          <PhoneLine />
        </div>
      </footer>
    </>
  );
}
