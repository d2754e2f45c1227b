/** What a form of the studio shows after it was sent: the errors by field, and what was typed. */
export interface FormState {
  readonly errors: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}

export const NO_ERRORS: FormState = { errors: {}, values: {} };
