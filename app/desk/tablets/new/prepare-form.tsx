'use client';

import { useActionState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextArea, TextInput, type Option } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { prepare } from '../actions';
import { NOTHING_SENT } from '../state';

type Word =
  | 'problem'
  | 'round'
  | 'place'
  | 'placeHint'
  | 'list'
  | 'listHint'
  | 'save'
  | 'doneTitle'
  | 'open'
  | 'reserved'
  | 'notOnRoll'
  | 'taken'
  | 'unreadable';

/** Who will come, pasted as DNIs; afterwards, who could be reserved and who could not. */
export function PrepareForm({
  rounds,
  words,
}: {
  readonly rounds: readonly Option[];
  readonly words: Readonly<Record<Word, string>>;
}) {
  const [{ errors, values, prepared }, action, isPending] = useActionState(prepare, NOTHING_SENT);
  if (prepared !== null) {
    const left = [
      [words.notOnRoll, prepared.notOnRoll],
      [words.taken, prepared.taken],
      [words.unreadable, prepared.unreadable],
    ] as const;
    return (
      <>
        <Notice tone="success" title={words.doneTitle}>
          <p className="text-2xl font-bold">{prepared.id}</p>
          <p>
            {words.reserved}: {prepared.reserved}
          </p>
        </Notice>
        {left.map(([label, dnis]) =>
          dnis.length === 0 ? null : (
            <p key={label} className="mt-4 max-w-(--container-text)">
              <strong>{label}:</strong> {dnis.join(', ')}
            </p>
          ),
        )}
        <p className="mt-6">
          <ButtonLink href={`/desk/tablets/${prepared.id}`}>{words.open}</ButtonLink>
        </p>
      </>
    );
  }
  const summary = Object.entries(errors).map(([field, message]) => ({
    href: `#${field}`,
    message,
  }));
  const field = (name: string) => ({
    id: name,
    name,
    defaultValue: values[name],
    error: errors[name],
  });
  return (
    <form action={action} className="max-w-(--container-text)">
      <ErrorSummary title={words.problem} errors={summary} />
      <Select {...field('round')} label={words.round} options={rounds} />
      <TextInput {...field('place')} label={words.place} hint={words.placeHint} />
      <TextArea {...field('list')} label={words.list} hint={words.listHint} rows={10} />
      <Button disabled={isPending}>{words.save}</Button>
    </form>
  );
}
