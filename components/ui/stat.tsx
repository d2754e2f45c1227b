import type { ReactNode } from 'react';

/** One figure that matters, large, under its name. Put several inside a `StatGrid`. */
export function Stat({
  label,
  value,
  note,
}: {
  readonly label: ReactNode;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}) {
  return (
    <div className="border-accent border-t-4 pt-3">
      <dt className="text-base leading-snug">{label}</dt>
      <dd className="mt-1 text-3xl leading-tight font-semibold tracking-tight">{value}</dd>
      {note ? <dd className="text-ink-soft mt-1 text-base leading-snug">{note}</dd> : null}
    </div>
  );
}

export function StatGrid({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="mb-8 grid grid-cols-1 gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]">
      {children}
    </dl>
  );
}
