/** What a form of the council shows after it was sent: what to correct, and what was typed. */
export interface FormState {
  readonly error: string | null;
  readonly field: 'value' | 'reason' | 'form';
  readonly choice: string;
  readonly value: string;
  readonly reason: string;
}

export const UNSENT: FormState = { error: null, field: 'form', choice: '', value: '', reason: '' };
