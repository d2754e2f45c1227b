'use client';

import { PeopleForm } from '../people/people-form';
import { decideApproval, withdrawApproval } from './actions';

type Words<Name extends string> = Readonly<Record<Name | 'linkTitle' | 'linkHow', string>>;

/** The second person's yes or no. */
export function DecideForm({
  id,
  words,
}: {
  readonly id: string;
  readonly words: Words<'approve' | 'decline'>;
}) {
  return (
    <div className="flex flex-wrap gap-3">
      <PeopleForm
        action={decideApproval}
        hidden={{ id, decision: 'approved' }}
        submit={words.approve}
        words={words}
      />
      <PeopleForm
        action={decideApproval}
        hidden={{ id, decision: 'declined' }}
        submit={words.decline}
        variant="secondary"
        words={words}
      />
    </div>
  );
}

/** The first person thinks better of it. */
export function WithdrawForm({
  id,
  words,
}: {
  readonly id: string;
  readonly words: Words<'withdraw'>;
}) {
  return (
    <PeopleForm
      action={withdrawApproval}
      hidden={{ id }}
      submit={words.withdraw}
      variant="secondary"
      words={words}
    />
  );
}
