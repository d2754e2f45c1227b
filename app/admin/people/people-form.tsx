'use client';

import { useActionState, type ReactNode } from 'react';
import { Button, type ButtonVariant } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { NOTHING_DONE, type PeopleState } from './state';

/** A form about a person: what it did, the link it made, or what is wrong. */
export function PeopleForm({
  action,
  hidden,
  submit,
  variant = 'primary',
  words,
  children,
}: {
  readonly action: (state: PeopleState, form: FormData) => Promise<PeopleState>;
  readonly hidden: Readonly<Record<string, string>>;
  readonly submit: string;
  readonly variant?: ButtonVariant;
  readonly words: { readonly linkTitle: string; readonly linkHow: string };
  readonly children?: (state: PeopleState) => ReactNode;
}) {
  const [state, send, isPending] = useActionState(action, NOTHING_DONE);
  return (
    <form action={send} className="max-w-(--container-text)">
      {state.done === null ? null : (
        <Notice tone="success" role="status">
          {state.done}
        </Notice>
      )}
      {state.errors['form'] === undefined ? null : (
        <Notice tone="danger" role="alert">
          {state.errors['form']}
        </Notice>
      )}
      {state.link === null ? null : (
        <Notice tone="success" title={words.linkTitle} role="status">
          <p className="my-2 font-bold break-all" data-testid="link">
            {state.link}
          </p>
          <p>{words.linkHow}</p>
        </Notice>
      )}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children?.(state)}
      <Button variant={variant} disabled={isPending}>
        {submit}
      </Button>
    </form>
  );
}
