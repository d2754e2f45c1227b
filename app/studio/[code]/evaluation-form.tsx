'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Radios, TextArea, TextInput } from '@/components/ui/field';
import { saveEvaluation } from '../actions';
import { NO_ERRORS } from '../state';

interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface EvaluationLabels {
  readonly problem: string;
  readonly verdict: string;
  readonly verdicts: readonly Choice[];
  readonly competence: string;
  readonly competences: readonly Choice[];
  readonly cost: string;
  readonly costHint: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly save: string;
}

/** The verdict, whose job it is, the cost and the public reason: one form, saved whole. */
export function EvaluationForm({
  code,
  labels,
  start,
}: {
  readonly code: string;
  readonly labels: EvaluationLabels;
  readonly start: Readonly<Record<string, string>>;
}) {
  const [state, action, pending] = useActionState(saveEvaluation, NO_ERRORS);
  const value = (name: string) => state.values[name] ?? start[name];
  const errors = Object.entries(state.errors).map(([field, message]) => ({
    href: `#${field}`,
    message,
  }));
  return (
    <form action={action} id="form" className="max-w-(--container-text)">
      <ErrorSummary title={labels.problem} errors={errors} />
      <input type="hidden" name="code" value={code} />
      <Radios
        id="verdict"
        name="verdict"
        label={labels.verdict}
        choices={labels.verdicts}
        defaultValue={value('verdict')}
        error={state.errors['verdict']}
      />
      <Radios
        id="competence"
        name="competence"
        label={labels.competence}
        choices={labels.competences}
        defaultValue={value('competence')}
        error={state.errors['competence']}
      />
      <TextInput
        id="cost"
        name="cost"
        inputMode="decimal"
        width="short"
        label={labels.cost}
        hint={labels.costHint}
        defaultValue={value('cost')}
        error={state.errors['cost']}
      />
      <TextArea
        id="reasonEs"
        name="reasonEs"
        rows={4}
        label={labels.reason}
        hint={labels.reasonHint}
        defaultValue={value('reasonEs')}
        error={state.errors['reasonEs']}
      />
      <Button disabled={pending}>{labels.save}</Button>
    </form>
  );
}
