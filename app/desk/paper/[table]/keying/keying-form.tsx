'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { savePaper } from './actions';
import { NOTHING_KEYED } from './state';

export interface KeyedContest {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly options: readonly string[];
  /** What was keyed before, when a paper is being corrected. */
  readonly start: string;
}

/** One paper, contest by contest: numbers, Enter, next. Works without script, a page at a time. */
export function KeyingForm({
  tableId,
  number,
  replaces,
  contests,
  words,
}: {
  readonly tableId: string;
  readonly number: number;
  readonly replaces: boolean;
  readonly contests: readonly KeyedContest[];
  readonly words: Readonly<Record<'paper' | 'summary' | 'save' | 'void' | 'options', string>>;
}) {
  const save = savePaper.bind(null, tableId);
  const [{ errors, typed }, action, pending] = useActionState(save, NOTHING_KEYED);
  const summary = Object.entries(errors).map(([field, message]) => ({
    href: field === 'form' ? '#cedula' : `#${field}`,
    message,
  }));
  return (
    <form action={action} id="cedula" aria-label={words.paper} className="mb-10">
      <ErrorSummary title={words.summary} errors={summary} />
      <input type="hidden" name="number" value={number} />
      {replaces ? <input type="hidden" name="replaces" value="yes" /> : null}
      {contests.map((contest, index) => (
        <div key={contest.id} className="grid gap-x-10 lg:grid-cols-2">
          <TextInput
            id={contest.id}
            name={contest.id}
            label={contest.title}
            hint={contest.hint}
            error={errors[contest.id]}
            defaultValue={typed[contest.id] ?? contest.start}
            className="text-xl tabular-nums"
            inputMode="numeric"
            autoComplete="off"
            maxLength={200}
            autoFocus={index === 0}
          />
          <details className="mb-6" open={contest.options.length <= 12}>
            <summary className="min-h-9 cursor-pointer py-1 text-base font-semibold">
              {words.options}
            </summary>
            <ol className="mt-1 list-decimal pl-10 text-base leading-snug">
              {contest.options.map((option) => (
                <li key={option}>{option}</li>
              ))}
            </ol>
          </details>
        </div>
      ))}
      <div className="flex flex-wrap gap-4">
        <Button disabled={pending}>{words.save}</Button>
        <Button name="void" value="yes" variant="danger" disabled={pending}>
          {words.void}
        </Button>
      </div>
    </form>
  );
}
