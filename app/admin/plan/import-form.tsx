'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { previewPlan } from './actions';
import { type PreviewLabels, Preview } from './preview';
import type { ImportState } from './state';

export interface ImportLabels extends PreviewLabels {
  readonly problem: string;
  readonly choose: string;
  readonly chooseHint: string;
  readonly look: string;
}

const START: ImportState = { step: 'choose', error: null };

/** Upload, then look at what changes, then confirm. Each step is a form that works without JavaScript. */
export function ImportForm({ labels }: { readonly labels: ImportLabels }) {
  const [state, action, pending] = useActionState(previewPlan, START);
  if (state.step === 'preview') return <Preview preview={state} labels={labels} />;
  const error = state.error;
  return (
    <form action={action} className="max-w-(--container-text)">
      {error === null ? null : (
        <ErrorSummary title={labels.problem} errors={[{ href: '#file', message: error }]} />
      )}
      <TextInput
        id="file"
        name="file"
        type="file"
        accept=".txt,text/plain"
        required
        label={labels.choose}
        hint={labels.chooseHint}
        error={error ?? undefined}
      />
      <Button disabled={pending}>{labels.look}</Button>
    </form>
  );
}
