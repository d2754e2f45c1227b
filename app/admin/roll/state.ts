import type { PersonToAdd } from '@/lib/roll/additions';

/** What a form of the roll shows next: sentences, by the field they are about. */
export interface RollFormState {
  readonly errors: Readonly<Record<string, string>>;
  readonly done: boolean;
}

export const NOTHING_WRONG: RollFormState = { errors: {}, done: false };

/** Whom the second person opened; `gone`: there is nobody to see any more. */
export interface SeenState {
  readonly person: PersonToAdd | null;
  readonly gone: boolean;
}

export const NOBODY_SEEN: SeenState = { person: null, gone: false };
