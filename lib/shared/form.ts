import type { z } from 'zod';

/** What a form shows after it was sent: what was typed, so that nothing is typed twice, and what is wrong. */
export interface FormState {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

export const UNTOUCHED: FormState = { values: {}, errors: [] };

/** One field of a form that is written by its list of fields. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind?: 'text' | 'area' | 'select' | 'tick' | 'datetime-local' | 'date' | 'digits';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly value?: string;
  readonly width?: 'short' | 'half';
}

/** The form's own fields; those that carry the framework's names are not ours. */
export function valuesOf(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) =>
      typeof value === 'string' && !name.startsWith('$ACTION') ? [[name, value]] : [],
    ),
  );
}

/** Which fields are wrong and why, as literals; of one field the first reason. */
function problemsOf(error: z.ZodError): { field: string; reason: string }[] {
  const seen = new Set<string>();
  return error.issues.flatMap(({ path, message }) => {
    const field = String(path[0] ?? '');
    if (seen.has(field)) return [];
    seen.add(field);
    return [{ field, reason: message }];
  });
}

/** A form whose fields cannot be taken as they are: for each the sentence that `say` has for it. */
export function wrongFields(
  values: Readonly<Record<string, string>>,
  error: z.ZodError,
  say: (problem: { readonly field: string; readonly reason: string }) => string,
): FormState {
  const errors = problemsOf(error).map((problem) => ({
    field: problem.field,
    message: say(problem),
  }));
  return { values, errors };
}

/** A form that was refused as a whole, or for one of its fields. */
export function refusedForm(
  values: Readonly<Record<string, string>>,
  message: string,
  field = '',
): FormState {
  return { values, errors: [{ field, message }] };
}

/** What was typed, without what must not be sent back to a phone that others use. */
export function without(
  values: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
