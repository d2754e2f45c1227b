import type {
  InputHTMLAttributes,
  ReactNode,
  SelectHTMLAttributes,
  TextareaHTMLAttributes,
} from 'react';

interface FieldFrame {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What to do about it, in the reader's words. */
  readonly error?: ReactNode;
}

/** The ids that describe a field: what its control puts in aria-describedby. */
function describedBy({ id, hint, error }: FieldFrame): string | undefined {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return ids === '' ? undefined : ids;
}

const CONTROL =
  'block w-full rounded-sm border-2 bg-white px-3 py-2 text-ink disabled:bg-surface disabled:text-ink-soft';

function controlLook(error: ReactNode, more: string | undefined): string {
  return [CONTROL, error ? 'border-danger' : 'border-ink', more].filter(Boolean).join(' ');
}

function Hint({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <p id={`${id}-hint`} className="text-ink-soft mt-1">
      {children}
    </p>
  );
}

function FieldError({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <p id={`${id}-error`} className="text-danger mt-1 font-semibold">
      {/* The same word in Spanish and English. */}
      <span className="sr-only">Error: </span>
      {children}
    </p>
  );
}

function frameLook(error: ReactNode): string {
  return error ? 'mb-6 border-l-4 border-danger pl-4' : 'mb-6';
}

/** Label, hint and error around any control; the control is named by `id`. */
export function Field({ children, ...frame }: FieldFrame & { readonly children?: ReactNode }) {
  return (
    <div className={frameLook(frame.error)}>
      <label htmlFor={frame.id} className="block font-semibold">
        {frame.label}
      </label>
      {frame.hint ? <Hint id={frame.id}>{frame.hint}</Hint> : null}
      {frame.error ? <FieldError id={frame.id}>{frame.error}</FieldError> : null}
      {children ? <div className="mt-2">{children}</div> : null}
    </div>
  );
}

/** `width` in characters that are expected: a short box says that little is asked. */
export function TextInput({
  id,
  label,
  hint,
  error,
  width,
  className,
  type = 'text',
  ...rest
}: FieldFrame &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'width'> & {
    readonly name: string;
    readonly width?: 'code' | 'short' | 'half' | 'full';
  }) {
  const widths = { code: 'max-w-32', short: 'max-w-56', half: 'max-w-96', full: '' };
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        type={type}
        aria-describedby={describedBy({ id, label, hint, error })}
        aria-invalid={error ? true : undefined}
        className={controlLook(error, `min-h-12 ${widths[width ?? 'full']} ${className ?? ''}`)}
        {...rest}
      />
    </Field>
  );
}

export function TextArea({
  id,
  label,
  hint,
  error,
  rows = 5,
  className,
  ...rest
}: FieldFrame &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'> & { readonly name: string }) {
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        rows={rows}
        aria-describedby={describedBy({ id, label, hint, error })}
        aria-invalid={error ? true : undefined}
        className={controlLook(error, className)}
        {...rest}
      />
    </Field>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function Select({
  id,
  label,
  hint,
  error,
  options,
  className,
  ...rest
}: FieldFrame &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'children'> & {
    readonly name: string;
    readonly options: readonly Option[];
  }) {
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <select
        id={id}
        aria-describedby={describedBy({ id, label, hint, error })}
        aria-invalid={error ? true : undefined}
        className={controlLook(error, `min-h-12 ${className ?? ''}`)}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface Choice {
  readonly value: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

const TICK = 'mt-1 size-6 shrink-0 accent-accent';

/** One of several. The first radio carries the plain `id`, so that an error summary can link to it. */
export function Radios({
  id,
  name,
  label,
  hint,
  error,
  choices,
  defaultValue,
}: FieldFrame & {
  readonly name: string;
  readonly choices: readonly Choice[];
  readonly defaultValue?: string | undefined;
}) {
  return (
    <fieldset
      className={frameLook(error)}
      aria-describedby={describedBy({ id, label, hint, error })}
    >
      <legend className="font-semibold">{label}</legend>
      {hint ? <Hint id={id}>{hint}</Hint> : null}
      {error ? <FieldError id={id}>{error}</FieldError> : null}
      <div className="mt-2 space-y-1">
        {choices.map((choice, index) => (
          <label key={choice.value} className="flex min-h-12 items-start gap-3 py-2">
            <input
              type="radio"
              id={index === 0 ? id : `${id}-${index}`}
              name={name}
              value={choice.value}
              defaultChecked={choice.value === defaultValue}
              className={TICK}
            />
            <span>
              {choice.label}
              {choice.hint ? <span className="text-ink-soft block">{choice.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A single yes. */
export function Checkbox({
  id,
  label,
  hint,
  error,
  ...rest
}: FieldFrame &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'type'> & { readonly name: string }) {
  return (
    <div className={frameLook(error)}>
      {error ? <FieldError id={id}>{error}</FieldError> : null}
      <label className="flex min-h-12 items-start gap-3 py-2">
        <input
          id={id}
          type="checkbox"
          aria-describedby={describedBy({ id, label, hint, error })}
          aria-invalid={error ? true : undefined}
          className={TICK}
          {...rest}
        />
        <span>{label}</span>
      </label>
      {hint ? <Hint id={id}>{hint}</Hint> : null}
    </div>
  );
}
