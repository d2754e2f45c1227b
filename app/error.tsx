'use client';

import { ErrorPage } from '@/components/error-page';

export default function PageError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <main id="contenido">
      <ErrorPage reference={error.digest} retry={reset} />
    </main>
  );
}
