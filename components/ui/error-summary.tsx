'use client';

import { useEffect, useRef } from 'react';

export interface FormError {
  /** "#field-id" */
  readonly href: string;
  readonly message: string;
}

/** Everything that is wrong, at the top, with links to each field. It takes the focus. */
export function ErrorSummary({
  title,
  errors,
}: {
  readonly title: string;
  readonly errors: readonly FormError[];
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      aria-labelledby="error-summary-title"
      className="border-danger mb-8 border-4 bg-white p-5"
    >
      <h2 id="error-summary-title" className="text-xl">
        {title}
      </h2>
      <ul className="mt-2 space-y-1">
        {errors.map((error) => (
          <li key={`${error.href} ${error.message}`}>
            <a href={error.href} className="text-danger font-semibold">
              {error.message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
