import type { ReactNode } from 'react';
import { QuietShell } from '@/components/quiet-shell';

export default function BoothLayout({ children }: { readonly children: ReactNode }) {
  return <QuietShell>{children}</QuietShell>;
}
