import type { ReactNode } from 'react';

/** More for who wants it, closed at first; opens without JavaScript. */
export function Details({
  summary,
  children,
  open = false,
}: {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  readonly open?: boolean;
}) {
  return (
    <details open={open} className="mb-6">
      <summary className="text-accent min-h-12 py-3 font-semibold underline underline-offset-4">
        {summary}
      </summary>
      <div className="border-line mt-1 border-l-4 pl-5">{children}</div>
    </details>
  );
}
