'use client';

import { decide } from './actions';
import { PeopleForm } from '../people/people-form';

/** The second person's yes or no. */
export function DecideForm({
  id,
  words,
}: {
  readonly id: string;
  readonly words: Readonly<Record<'approve' | 'decline' | 'linkTitle' | 'linkHow', string>>;
}) {
  return (
    <div className="flex flex-wrap gap-3">
      <PeopleForm
        action={decide}
        hidden={{ id, decision: 'approved' }}
        submit={words.approve}
        words={words}
      />
      <PeopleForm
        action={decide}
        hidden={{ id, decision: 'declined' }}
        submit={words.decline}
        variant="secondary"
        words={words}
      />
    </div>
  );
}
