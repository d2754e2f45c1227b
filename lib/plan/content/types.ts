import type { Competence, FeedbackRole } from '../types';

/** The project's own words, never the plan's sentences: they may be read before any document is imported. */
export interface Words {
  readonly es: string;
  readonly en: string;
}

export interface RowWords {
  /** At most 28 characters: a bar on the assembly's wall. */
  readonly label: Words;
  /** At most 60 characters. */
  readonly title: Words;
  readonly summary: Words;
}

export interface ObjectiveWords {
  /** At most 60 characters. */
  readonly title: Words;
  readonly summary: Words;
  /** A first hint; the technical team gives the verdict. */
  readonly competence: Competence;
}

/** A dimension's content under the stable codes. */
export interface DimensionWords {
  readonly name: Words;
  readonly rows: Readonly<Record<string, RowWords>>;
  readonly objectives: Readonly<Record<string, ObjectiveWords>>;
  /** Short titles of problems and goals. */
  readonly titles: Readonly<Record<string, Words>>;
  readonly feedback?: Readonly<Record<string, FeedbackRole>>;
}
