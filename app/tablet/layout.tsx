import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { QuietShell } from '@/components/quiet-shell';

export const metadata: Metadata = {
  manifest: '/tablet/manifest.webmanifest',
  robots: { index: false },
};

export default function TabletLayout({ children }: { readonly children: ReactNode }) {
  return <QuietShell>{children}</QuietShell>;
}
