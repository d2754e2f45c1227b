'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Radios, Select, TextInput, type Option } from '@/components/ui/field';
import type { Mapping } from '@/lib/roll/import/types';
import { saveMapping } from '../actions';
import { NOTHING_WRONG } from '../state';

type Words = Readonly<
  Record<
    | 'problem'
    | 'dni'
    | 'district'
    | 'districtHint'
    | 'phone'
    | 'phoneHint'
    | 'name1'
    | 'name2'
    | 'name3'
    | 'nameHint'
    | 'birth'
    | 'birthHint'
    | 'dateOrder'
    | 'minAge'
    | 'minAgeHint'
    | 'padDni'
    | 'scope'
    | 'submit',
    string
  >
>;

interface Props {
  readonly importId: string;
  readonly mapping: Mapping;
  readonly columns: readonly Option[];
  readonly dateOrders: readonly Option[];
  readonly padDnis: readonly Option[];
  readonly scopes: readonly Option[];
  readonly words: Words;
}

const chosen = (column: number | null | undefined): string =>
  column === null || column === undefined || column < 0 ? '' : column.toString();

export function MappingForm({ importId, mapping, columns, words, ...choices }: Props) {
  const [state, send, isPending] = useActionState(saveMapping, NOTHING_WRONG);
  const column = (
    name: 'dni' | 'district' | 'phone' | 'name1' | 'name2' | 'name3' | 'birth',
    value: number | null | undefined,
    hint?: string,
  ) => (
    <Select
      id={name}
      name={name}
      label={words[name]}
      hint={hint}
      error={state.errors[name]}
      options={columns}
      defaultValue={chosen(value)}
    />
  );
  const radios = (
    name: 'dateOrder' | 'padDni' | 'scope',
    options: readonly Option[],
    value: string,
  ) => (
    <Radios
      id={name}
      name={name}
      label={words[name]}
      error={state.errors[name]}
      choices={options}
      defaultValue={value}
    />
  );
  return (
    <form action={send}>
      <ErrorSummary
        title={words.problem}
        errors={Object.entries(state.errors).map(([field, message]) => ({
          href: field === 'form' ? '#dni' : `#${field}`,
          message,
        }))}
      />
      <input type="hidden" name="importId" value={importId} />
      <div className="grid gap-x-8 md:grid-cols-2">
        {column('dni', mapping.dni)}
        {column('district', mapping.district, words.districtHint)}
        {column('phone', mapping.phone, words.phoneHint)}
        {column('birth', mapping.birth, words.birthHint)}
        {column('name1', mapping.name[0], words.nameHint)}
        {column('name2', mapping.name[1])}
        {column('name3', mapping.name[2])}
        <TextInput
          id="minAge"
          name="minAge"
          type="number"
          min={0}
          max={99}
          width="code"
          label={words.minAge}
          hint={words.minAgeHint}
          error={state.errors['minAge']}
          defaultValue={mapping.minAge}
        />
      </div>
      <div className="grid gap-x-8 md:grid-cols-2">
        {radios('dateOrder', choices.dateOrders, mapping.dateOrder)}
        {radios('padDni', choices.padDnis, mapping.padDni ? 'yes' : 'no')}
      </div>
      {radios('scope', choices.scopes, mapping.scope)}
      <Button disabled={isPending}>{words.submit}</Button>
    </form>
  );
}
