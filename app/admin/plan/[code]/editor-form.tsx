'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextArea, TextInput } from '@/components/ui/field';
import { saveIndicator, saveWords } from './actions';
import type { EditorField, EditorState } from './state';

const UNTOUCHED: EditorState = { values: {}, errors: [] };

/** The fields of one text of the plan, with all that is wrong beside where it is wrong. */
export function EditorForm({
  save,
  code,
  fields,
  button,
  problem,
}: {
  readonly save: 'words' | 'indicator';
  readonly code: string;
  readonly fields: readonly EditorField[];
  readonly button: string;
  readonly problem: string;
}) {
  const [state, action, pending] = useActionState(
    save === 'words' ? saveWords : saveIndicator,
    UNTOUCHED,
  );
  return (
    <form action={action} className="max-w-(--container-text)" noValidate>
      <ErrorSummary
        title={problem}
        errors={state.errors.map(({ field, message }) => ({ href: `#${field}`, message }))}
      />
      <input type="hidden" name="code" value={code} />
      {fields.map(({ name, label, hint, value, long }) => {
        const Control = long === true ? TextArea : TextInput;
        return (
          <Control
            key={name}
            id={name}
            name={name}
            label={label}
            hint={hint}
            defaultValue={state.values[name] ?? value}
            error={state.errors.find(({ field }) => field === name)?.message}
            {...(long === true ? { rows: 3 } : {})}
          />
        );
      })}
      <Button disabled={pending}>{button}</Button>
    </form>
  );
}
