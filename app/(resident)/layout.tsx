import type { ReactNode } from 'react';
import { DemoBanner } from '@/components/demo-banner';
import { SiteFooter } from '@/components/site-footer';
import { SiteHeader } from '@/components/site-header';

export default function ResidentLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <DemoBanner />
      <SiteHeader />
      <main
        id="contenido"
        className="mx-auto w-full max-w-(--container-page) flex-1 px-4 py-8 sm:px-6"
      >
        {children}
      </main>
      <SiteFooter />
    </>
  );
}
