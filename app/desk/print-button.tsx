'use client';

import { Button } from '@/components/ui/button';
import { Key } from './key';

/** Prints the page. Without JavaScript the browser's own menu does. */
export function PrintButton({ label }: { readonly label: string }) {
  return (
    <Button
      type="button"
      variant="secondary"
      accessKey="i"
      className="print:hidden [@media(scripting:none)]:hidden"
      onClick={() => {
        window.print();
      }}
    >
      {label}
      <Key letter="I" />
    </Button>
  );
}
