'use client';

import { useActionState } from 'react';
import { UNTOUCHED, type FormField, type FormState } from '@/lib/shared/form';
import { Button, type ButtonVariant } from './ui/button';
import { ErrorSummary } from './ui/error-summary';
import { Checkbox, Select, TextArea, TextInput } from './ui/field';

/** A form of plain fields, with all that is wrong beside where it is wrong; works without script. */
export function FieldsForm({
  action,
  fields,
  hidden = {},
  idPrefix = '',
  button,
  problem,
  variant = 'primary',
}: {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly fields: readonly FormField[];
  readonly hidden?: Readonly<Record<string, string>>;
  /** Where a page has two forms with fields of the same name. */
  readonly idPrefix?: string;
  readonly button: string;
  readonly problem: string;
  readonly variant?: ButtonVariant;
}) {
  const [state, send, isPending] = useActionState(action, UNTOUCHED);
  const first = fields[0]?.name ?? '';
  const known = new Set(fields.map(({ name }) => name));
  const errorOf = (name: string) => state.errors.find(({ field }) => field === name)?.message;
  return (
    <form action={send} className="max-w-(--container-text)" noValidate>
      <ErrorSummary
        title={problem}
        errors={state.errors.map(({ field, message }) => ({
          href: `#${idPrefix}${known.has(field) ? field : first}`,
          message,
        }))}
      />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map((field) => (
        <OneField
          key={field.name}
          id={`${idPrefix}${field.name}`}
          field={field}
          typed={state.values[field.name]}
          error={errorOf(field.name)}
        />
      ))}
      <Button variant={variant} disabled={isPending}>
        {button}
      </Button>
    </form>
  );
}

function OneField({
  id,
  field,
  typed,
  error,
}: {
  readonly id: string;
  readonly field: FormField;
  readonly typed: string | undefined;
  readonly error: string | undefined;
}) {
  const { name, label, hint, kind = 'text', options = [], width } = field;
  const frame = { id, name, label, hint, error };
  const value = typed ?? field.value ?? '';
  switch (kind) {
    case 'area':
      return <TextArea {...frame} defaultValue={value} rows={4} maxLength={2000} />;
    case 'select':
      // A new key: React keeps the choice of an untouched select otherwise.
      return <Select key={value} {...frame} options={options} defaultValue={value} />;
    case 'tick':
      return <Checkbox {...frame} value="yes" defaultChecked={value === 'yes'} />;
    case 'digits':
      return (
        <TextInput
          {...frame}
          width="short"
          inputMode="numeric"
          autoComplete="off"
          maxLength={40}
          defaultValue={value}
        />
      );
    case 'text':
    case 'date':
    case 'datetime-local':
      return (
        <TextInput
          {...frame}
          type={kind}
          width={width ?? (kind === 'text' ? 'full' : 'half')}
          maxLength={200}
          defaultValue={value}
        />
      );
  }
}
