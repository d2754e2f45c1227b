'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { seeDni } from '../../actions';
import { NOT_SEEN } from '../../state';

/** Opens the whole DNI at the touch of a button: looking is an act, and written down. */
export function SeeDni({
  id,
  words,
}: {
  readonly id: string;
  readonly words: Readonly<Record<'see' | 'gone', string>>;
}) {
  const [{ dni, gone }, send, isPending] = useActionState(seeDni, NOT_SEEN);
  if (dni !== null) {
    return (
      <p className="text-2xl font-semibold tabular-nums" role="status" data-testid="dni">
        {dni}
      </p>
    );
  }
  return (
    <form action={send}>
      {gone ? (
        <Notice tone="warning" role="alert">
          {words.gone}
        </Notice>
      ) : null}
      <input type="hidden" name="id" value={id} />
      <Button variant="secondary" disabled={isPending}>
        {words.see}
      </Button>
    </form>
  );
}
