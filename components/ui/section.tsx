import type { ReactNode } from 'react';

/** A part of a page under its h2. `id` makes it a place to link to. */
export function Section({
  title,
  id,
  lead,
  children,
}: {
  readonly title: ReactNode;
  readonly id?: string | undefined;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section id={id} className="mb-14">
      <h2 className="mb-5 text-2xl sm:text-3xl">{title}</h2>
      {lead ? <p className="mb-5 max-w-(--container-text)">{lead}</p> : null}
      {children}
    </section>
  );
}
