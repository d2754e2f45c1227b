import { useEffect, useRef, type ReactNode } from 'react';

/**
 * The top of a step: way back, what it belongs to, its h1. A new step takes the focus and the
 * document's title, so that everybody notices that the page is another one.
 */
export function StepHeading({
  title,
  windowTitle,
  eyebrow,
  back,
  lead,
}: {
  readonly title: string;
  /** What the window is called: the title, with "Error: " before it when something is wrong. */
  readonly windowTitle: string;
  readonly eyebrow?: string | undefined;
  readonly back?: { readonly href: string; readonly label: string } | undefined;
  readonly lead?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus();
  }, []);
  useEffect(() => {
    document.title = windowTitle;
  }, [windowTitle]);
  return (
    <header className="mb-6">
      {back ? (
        <p className="mb-2">
          <a href={back.href} className="inline-flex min-h-12 items-center py-2">
            <span aria-hidden="true">←&nbsp;</span>
            {back.label}
          </a>
        </p>
      ) : null}
      {eyebrow ? <p className="text-accent mb-2 font-semibold">{eyebrow}</p> : null}
      <h1 ref={heading} tabIndex={-1} className="max-w-(--container-text) text-3xl sm:text-4xl">
        {title}
      </h1>
      {lead ? (
        <div className="mt-4 max-w-(--container-text) text-lg leading-normal">{lead}</div>
      ) : null}
    </header>
  );
}
