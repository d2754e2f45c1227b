'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextArea, TextInput, type Option } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { addPerson } from '../actions';
import { NOTHING_WRONG } from '../state';

type Words = Readonly<
  Record<
    | 'problem'
    | 'dni'
    | 'dniHint'
    | 'district'
    | 'name'
    | 'phone'
    | 'phoneHint'
    | 'reason'
    | 'reasonHint'
    | 'submit'
    | 'done'
    | 'doneText',
    string
  >
>;

export function AddForm({
  districts,
  words,
}: {
  readonly districts: readonly Option[];
  readonly words: Words;
}) {
  const [{ errors, done }, send, isPending] = useActionState(addPerson, NOTHING_WRONG);
  return (
    <form action={send} className="max-w-(--container-text)">
      {done ? (
        <Notice tone="success" role="status" title={words.done}>
          {words.doneText}
        </Notice>
      ) : null}
      <ErrorSummary
        title={words.problem}
        errors={Object.entries(errors).map(([field, message]) => ({
          href: field === 'form' ? '#dni' : `#${field}`,
          message,
        }))}
      />
      <TextInput
        id="dni"
        name="dni"
        inputMode="numeric"
        autoComplete="off"
        width="short"
        label={words.dni}
        hint={words.dniHint}
        error={errors['dni']}
      />
      <Select
        id="districtCode"
        name="districtCode"
        label={words.district}
        error={errors['districtCode']}
        options={districts}
      />
      <TextInput
        id="name"
        name="name"
        autoComplete="off"
        maxLength={200}
        label={words.name}
        error={errors['name']}
      />
      <TextInput
        id="phone"
        name="phone"
        inputMode="tel"
        autoComplete="off"
        width="short"
        label={words.phone}
        hint={words.phoneHint}
        error={errors['phone']}
      />
      <TextArea
        id="reason"
        name="reason"
        rows={3}
        maxLength={500}
        label={words.reason}
        hint={words.reasonHint}
        error={errors['reason']}
      />
      <Button disabled={isPending}>{words.submit}</Button>
    </form>
  );
}
