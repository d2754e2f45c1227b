import type { ReactNode } from 'react';
import { Button } from './button';
import { TextArea } from './field';

/**
 * An act that cannot be taken back: a sentence that says what will happen, a written reason, and a
 * button that names the act. Works without JavaScript; `action` is a server action.
 */
export function ConfirmForm({
  action,
  sentence,
  reason,
  submit,
  hidden = {},
  variant = 'danger',
}: {
  readonly action: (form: FormData) => void | Promise<void>;
  readonly sentence: ReactNode;
  /** Leave it out when the act needs no reason. */
  readonly reason?: {
    readonly label: string;
    readonly hint?: string;
    readonly name?: string;
    readonly error?: string | undefined;
  };
  readonly submit: string;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly variant?: 'danger' | 'primary';
}) {
  const name = reason?.name ?? 'reason';
  return (
    <form
      action={action}
      className={`mb-6 border-l-4 pl-5 ${variant === 'danger' ? 'border-danger' : 'border-accent'}`}
    >
      <div className="mb-4 max-w-(--container-text)">{sentence}</div>
      {Object.entries(hidden).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      {reason ? (
        <TextArea
          id={`${name}-field`}
          name={name}
          label={reason.label}
          hint={reason.hint}
          error={reason.error}
          rows={3}
          required
        />
      ) : null}
      <Button variant={variant}>{submit}</Button>
    </form>
  );
}
