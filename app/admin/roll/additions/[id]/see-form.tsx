'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { seePerson } from '../../actions';
import { NOBODY_SEEN } from '../../state';

type Words = Readonly<
  Record<'seeText' | 'see' | 'dni' | 'name' | 'phone' | 'unsaid' | 'gone', string>
>;

/** Opens the person's data once, at the touch of a button: looking is an act, and written down. */
export function SeeForm({ id, words }: { readonly id: string; readonly words: Words }) {
  const [{ person, gone }, send, isPending] = useActionState(seePerson, NOBODY_SEEN);
  if (person !== null) {
    const lines = [
      [words.dni, person.dni],
      [words.name, person.name],
      [words.phone, person.phone],
    ] as const;
    return (
      <dl className="mb-6 grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
        {lines.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="mb-2 font-semibold break-words">
              {value === '' ? words.unsaid : value}
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    <form action={send} className="mb-6 max-w-(--container-text)">
      {gone ? (
        <Notice tone="warning" role="alert">
          {words.gone}
        </Notice>
      ) : null}
      <p className="mb-4">{words.seeText}</p>
      <input type="hidden" name="id" value={id} />
      <Button disabled={isPending}>{words.see}</Button>
    </form>
  );
}
