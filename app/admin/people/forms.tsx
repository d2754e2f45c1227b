'use client';

import { Checkbox, Field, TextArea, TextInput } from '@/components/ui/field';
import { askToReadmit, endAccess, endSessions, invite, inviteAgain, saveRoles } from './actions';
import { PeopleForm } from './people-form';

export interface RoleChoice {
  readonly value: string;
  readonly label: string;
}

type LinkWords = { readonly linkTitle: string; readonly linkHow: string };

function Roles({
  label,
  choices,
  checked,
  error,
}: {
  readonly label: string;
  readonly choices: readonly RoleChoice[];
  readonly checked: readonly string[];
  readonly error: string | undefined;
}) {
  return (
    <fieldset className="mb-6">
      <legend className="font-semibold">{label}</legend>
      {error === undefined ? null : <Field id="roles" label="" error={error} />}
      {choices.map(({ value, label: role }) => (
        <Checkbox
          key={value}
          id={`role-${value}`}
          name="roles"
          value={value}
          label={role}
          defaultChecked={checked.includes(value)}
        />
      ))}
    </fieldset>
  );
}

export function InviteForm({
  choices,
  words,
}: {
  readonly choices: readonly RoleChoice[];
  readonly words: LinkWords &
    Readonly<
      Record<
        'id' | 'idHint' | 'displayName' | 'email' | 'roles' | 'reason' | 'reasonHint' | 'submit',
        string
      >
    >;
}) {
  return (
    <PeopleForm action={invite} hidden={{}} submit={words.submit} words={words}>
      {({ values, errors, roles }) => (
        <>
          <TextInput
            id="displayName"
            name="displayName"
            label={words.displayName}
            defaultValue={values['displayName']}
            error={errors['displayName']}
          />
          <TextInput
            id="email"
            name="email"
            type="email"
            label={words.email}
            defaultValue={values['email']}
            error={errors['email']}
          />
          <TextInput
            id="id"
            name="id"
            label={words.id}
            hint={words.idHint}
            width="half"
            defaultValue={values['id']}
            error={errors['id']}
          />
          <Roles label={words.roles} choices={choices} checked={roles} error={errors['roles']} />
          <TextArea
            id="reason"
            name="reason"
            label={words.reason}
            hint={words.reasonHint}
            rows={2}
            defaultValue={values['reason']}
          />
        </>
      )}
    </PeopleForm>
  );
}

export function InviteAgainForm({
  id,
  words,
}: {
  readonly id: string;
  readonly words: LinkWords & { readonly submit: string };
}) {
  return (
    <PeopleForm
      action={inviteAgain}
      hidden={{ staffId: id }}
      submit={words.submit}
      variant="secondary"
      words={words}
    />
  );
}

export function RolesForm({
  id,
  held,
  choices,
  words,
}: {
  readonly id: string;
  readonly held: readonly string[];
  readonly choices: readonly RoleChoice[];
  readonly words: LinkWords & Readonly<Record<'roles' | 'reason' | 'submit', string>>;
}) {
  return (
    <PeopleForm action={saveRoles} hidden={{ staffId: id }} submit={words.submit} words={words}>
      {({ values, errors, roles }) => (
        <>
          <Roles
            label={words.roles}
            choices={choices}
            checked={roles.length > 0 ? roles : held}
            error={errors['roles']}
          />
          <TextArea
            id="roles-reason"
            name="reason"
            label={words.reason}
            rows={2}
            required
            defaultValue={values['reason']}
          />
        </>
      )}
    </PeopleForm>
  );
}

const ACTS = { sessions: endSessions, access: endAccess, readmit: askToReadmit } as const;

/** An act on a person that asks for a reason, or for nothing but the press of a button. */
export function PersonAct({
  id,
  act,
  words,
}: {
  readonly id: string;
  readonly act: keyof typeof ACTS;
  readonly words: LinkWords & { readonly submit: string; readonly reason?: string };
}) {
  return (
    <PeopleForm
      action={ACTS[act]}
      hidden={{ staffId: id }}
      submit={words.submit}
      variant="danger"
      words={words}
    >
      {() =>
        words.reason === undefined ? null : (
          <TextArea id={`${act}-reason`} name="reason" label={words.reason} rows={2} required />
        )
      }
    </PeopleForm>
  );
}
