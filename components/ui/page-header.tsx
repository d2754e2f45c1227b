import type { ReactNode } from 'react';

/** The top of a page: way back, what it belongs to, its one h1, and a lead of one or two sentences. */
export function PageHeader({
  title,
  lead,
  back,
  eyebrow,
  children,
}: {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly back?: { readonly href: string; readonly label: string } | undefined;
  readonly eyebrow?: ReactNode;
  /** Actions or tags under the lead. */
  readonly children?: ReactNode;
}) {
  return (
    <header className="mb-8">
      {back ? (
        <p className="mb-2 print:hidden">
          <a href={back.href} className="inline-flex min-h-12 items-center py-2">
            <span aria-hidden="true">←&nbsp;</span>
            {back.label}
          </a>
        </p>
      ) : null}
      {eyebrow ? <div className="text-accent mb-2 font-semibold">{eyebrow}</div> : null}
      <h1 className="max-w-(--container-text) text-3xl sm:text-4xl">{title}</h1>
      {lead ? (
        <div className="mt-4 max-w-(--container-text) text-lg leading-normal">{lead}</div>
      ) : null}
      {children ? <div className="mt-5">{children}</div> : null}
    </header>
  );
}
