'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const EVERY_MS = 1500;

/** Asks the server for the page again while something is going on. Without JavaScript, a link does. */
export function RefreshWhile({ active }: { readonly active: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      router.refresh();
    }, EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, [active, router]);
  return null;
}
