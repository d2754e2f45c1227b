'use client';

import { ErrorPage } from '@/components/error-page';
import './globals.css';

/** Stands in for the whole document when even the root layout failed. */
export default function GlobalError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <html lang="es-PE">
      <body className="flex min-h-dvh flex-col font-sans antialiased">
        <main id="contenido">
          <ErrorPage reference={error.digest} retry={reset} />
        </main>
      </body>
    </html>
  );
}
