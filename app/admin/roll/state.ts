/** What a form of the roll shows next: sentences, by the field they are about. */
export interface RollFormState {
  readonly errors: Readonly<Record<string, string>>;
  readonly done: boolean;
}

export const NOTHING_WRONG: RollFormState = { errors: {}, done: false };
