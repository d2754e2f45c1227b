'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Radios, Select, TextArea, TextInput } from '@/components/ui/field';
import { saveRegistration } from '../actions';
import { NO_ERRORS } from '../state';

interface Choice {
  readonly value: string;
  readonly label: string;
}

type Word =
  | 'problem'
  | 'objective'
  | 'envelope'
  | 'name'
  | 'nameHint'
  | 'label'
  | 'labelHint'
  | 'what'
  | 'where'
  | 'why'
  | 'cost'
  | 'costHint'
  | 'kind'
  | 'proposer'
  | 'proposerHint'
  | 'save';

/** A proposal in its authors' words. What was typed survives a mistake. */
export function RegistrationForm({
  words,
  objectives,
  envelopes,
  kinds,
}: {
  readonly words: Readonly<Record<Word, string>>;
  readonly objectives: readonly Choice[];
  readonly envelopes: readonly Choice[];
  readonly kinds: readonly Choice[];
}) {
  const [{ values, errors }, action, pending] = useActionState(saveRegistration, NO_ERRORS);
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
    <form action={action} id="form" className="max-w-(--container-text)">
      <ErrorSummary title={words.problem} errors={summary} />
      <Select {...field('objectiveCode')} label={words.objective} options={objectives} />
      <Select {...field('envelopeId')} label={words.envelope} options={envelopes} />
      <TextInput {...field('title')} label={words.name} hint={words.nameHint} />
      <TextInput {...field('label')} label={words.label} hint={words.labelHint} width="half" />
      <TextArea {...field('what')} label={words.what} rows={4} />
      <TextInput {...field('where')} label={words.where} />
      <TextArea {...field('why')} label={words.why} rows={4} />
      <TextInput
        {...field('cost')}
        label={words.cost}
        hint={words.costHint}
        width="short"
        inputMode="decimal"
      />
      <Radios
        id="proposerKind"
        name="proposerKind"
        label={words.kind}
        choices={kinds}
        defaultValue={values['proposerKind'] ?? 'resident'}
        error={errors['proposerKind']}
      />
      <TextInput {...field('proposerName')} label={words.proposer} hint={words.proposerHint} />
      <Button disabled={pending}>{words.save}</Button>
    </form>
  );
}
