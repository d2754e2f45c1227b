/** What a form about people shows after it was sent. */
export interface PeopleState {
  readonly errors: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  readonly roles: readonly string[];
  /** A link to hand over in person or by a way that is trusted; shown once. */
  readonly link: string | null;
  readonly done: string | null;
}

export const NOTHING_DONE: PeopleState = {
  errors: {},
  values: {},
  roles: [],
  link: null,
  done: null,
};
