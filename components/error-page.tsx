'use client';

import { useSyncExternalStore } from 'react';
import { ERROR_WORDS } from './error-words';
import { Button, ButtonLink } from './ui/button';

function neverChanges(): () => void {
  return () => undefined;
}

/** What to say when something of ours broke: nothing is lost, try again, a number for the telephone. */
export function ErrorPage({
  reference,
  retry,
}: {
  readonly reference: string | undefined;
  readonly retry: () => void;
}) {
  const language = useSyncExternalStore(
    neverChanges,
    () => (document.documentElement.lang === 'en' ? 'en' : 'es'),
    () => 'es' as const,
  );
  const words = ERROR_WORDS[language];
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-12 sm:px-6">
      <h1 className="text-3xl sm:text-4xl">{words.title}</h1>
      <p className="mt-4 text-lg">{words.text}</p>
      <p className="mt-6 flex flex-wrap gap-3">
        <Button type="button" onClick={retry}>
          {words.retry}
        </Button>
        <ButtonLink href="/" variant="secondary">
          {words.home}
        </ButtonLink>
      </p>
      <p className="mt-8">
        {words.ask}: <strong>{words.phone}</strong>
      </p>
      {reference ? (
        <p className="mt-2">
          {words.reference} <strong>{reference}</strong>
        </p>
      ) : null}
    </div>
  );
}
