'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Radios, TextArea, TextInput } from '@/components/ui/field';
import { decide } from './actions';
import { UNSENT } from './state';

export interface DecisionWords {
  readonly problem: string;
  readonly question: string;
  readonly adopt: string;
  /** Null when the proposed figure already fits. */
  readonly scale: string | null;
  readonly amend: string;
  readonly value: string;
  readonly valueHint: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly save: string;
}

/** One dimension: adopt, scale to what is left, or amend; always with a reason. */
export function DecisionForm({
  proposal,
  dimension,
  words,
}: {
  readonly proposal: string;
  readonly dimension: string;
  readonly words: DecisionWords;
}) {
  const [state, action] = useActionState(decide, UNSENT);
  const id = (field: string) => `${dimension}-${field}`;
  const { error } = state;
  const errorOf = (field: typeof state.field) =>
    error !== null && state.field === field ? error : undefined;
  return (
    <form action={action} noValidate>
      {error === null ? null : (
        <ErrorSummary
          title={words.problem}
          errors={[
            { href: `#${id(state.field === 'form' ? 'choice' : state.field)}`, message: error },
          ]}
        />
      )}
      <input type="hidden" name="proposal" value={proposal} />
      <input type="hidden" name="dimension" value={dimension} />
      <Radios
        key={`choice-${state.choice}`}
        id={id('choice')}
        name="choice"
        label={words.question}
        defaultValue={state.choice || (words.scale === null ? 'adopt' : 'scale')}
        choices={[
          { value: 'adopt', label: words.adopt },
          ...(words.scale === null ? [] : [{ value: 'scale', label: words.scale }]),
          { value: 'amend', label: words.amend },
        ]}
      />
      <TextInput
        key={`value-${state.value}`}
        id={id('value')}
        name="value"
        label={words.value}
        hint={words.valueHint}
        error={errorOf('value')}
        defaultValue={state.value}
        inputMode="decimal"
        autoComplete="off"
        width="code"
      />
      <TextArea
        key={`reason-${state.reason}`}
        id={id('reason')}
        name="reason"
        label={words.reason}
        hint={words.reasonHint}
        error={errorOf('reason')}
        defaultValue={state.reason}
        rows={3}
      />
      <Button>{words.save}</Button>
    </form>
  );
}
