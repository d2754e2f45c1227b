/** Words of the plan: what the importer yields and what the pages show. */

export const DIMENSION_IDS = ['SOC', 'ECO', 'AMB', 'INS'] as const;
export type DimensionId = (typeof DIMENSION_IDS)[number];

export function isDimensionId(value: string): value is DimensionId {
  return (DIMENSION_IDS as readonly string[]).includes(value);
}

/** Names as the national format writes them; pages translate by id. */
export const DIMENSION_NAMES: Readonly<Record<DimensionId, string>> = {
  SOC: 'Social',
  ECO: 'Económica',
  AMB: 'Ambiental',
  INS: 'Institucional',
};

export const COLUMNS = ['problem', 'objective', 'goal'] as const;
export type Column = (typeof COLUMNS)[number];

/** How a text stood in its cell: after a bullet, in a paragraph tag, or bare. */
export type Markup = 'bullet' | 'p' | 'plain';

/** One problem, objective or goal, verbatim, with the lines of the document it stands on. */
export interface PlanText {
  /** Stable code: `SOC-1-P1`, `SOC-1-O2`, `INS-2-M1`. */
  readonly id: string;
  readonly text: string;
  readonly lines: readonly number[];
  readonly markup: Markup;
  /** The sentence is cut in the document (it ends in a comma or in a word that asks for more). */
  readonly truncated: boolean;
  /** The halves, as they stand, when a page break cut the sentence; empty otherwise. */
  readonly fragments: readonly string[];
}

export interface PlanObjective extends PlanText {
  readonly heading: string | null;
  /** The heading stands on an earlier page of the same row. */
  readonly headingCarriedOver: boolean;
  /** The document runs several actions together; this is one of them. */
  readonly splitFromUnit: boolean;
  readonly duplicateOf: string | null;
  readonly similarTo: readonly string[];
}

export interface PlanHeading {
  readonly kind: 'subheading' | 'lead-in';
  readonly column: Column;
  readonly text: string;
  readonly line: number;
  /** It shares its paragraph with the first text that follows it. */
  readonly inline: boolean;
}

export interface PlanRow {
  readonly id: string;
  readonly sourceLines: readonly number[];
  readonly problems: readonly PlanText[];
  readonly objectives: readonly PlanObjective[];
  readonly goals: readonly PlanText[];
  readonly headings: readonly PlanHeading[];
  /** Goals of the row before that answer this row's problems: its own goal cell is empty. */
  readonly inferredGoalIds: readonly string[];
}

export interface PlanDimension {
  readonly id: DimensionId;
  readonly name: string;
  /** As the document writes it. */
  readonly heading: string;
  readonly headingLine: number;
  readonly introduction: readonly string[];
  readonly columnHeaders: readonly string[];
  readonly rows: readonly PlanRow[];
}

export interface Horizon {
  readonly year: number;
  readonly line: number;
}

export const WARNING_KINDS = [
  'unplaced-line',
  'unplaced-table-line',
  'unknown-dimension',
  'missing-dimension',
  'empty-dimension',
  'no-column-headers',
  'truncated-text',
  'duplicate',
  'near-duplicate',
  'joined-text',
  'carried-heading',
  'heading-without-objective',
  'empty-problem-cell',
  'empty-objective-cell',
  'empty-goal-cell',
  'inferred-goal',
  'damaged-characters',
] as const;
export type WarningKind = (typeof WARNING_KINDS)[number];

export function isWarningKind(value: string): value is WarningKind {
  return (WARNING_KINDS as readonly string[]).includes(value);
}

/** What an editor should look at. `text` is verbatim; `ids` are the codes it speaks of, the subject first. */
export interface PlanWarning {
  readonly kind: WarningKind;
  readonly line: number | null;
  readonly ids: readonly string[];
  readonly text: string | null;
}

export interface ParsedPlan {
  readonly title: string | null;
  readonly introduction: readonly string[];
  readonly vision: {
    readonly heading: string;
    readonly paragraphs: readonly string[];
    readonly line: number;
  } | null;
  readonly citation: string | null;
  readonly horizons: { readonly vision: Horizon | null; readonly goals: Horizon | null };
  readonly dimensions: readonly PlanDimension[];
  readonly ignoredLines: {
    readonly blank: readonly number[];
    readonly separators: readonly number[];
  };
  readonly warnings: readonly PlanWarning[];
}

/** Why a file is no plan. Each has one sentence in `messages/<locale>/plan.json`, `refusal.<reason>`. */
export const PLAN_REFUSALS = [
  'empty',
  'pdf',
  'word',
  'binary',
  'too-large',
  'no-dimensions',
  'no-table',
] as const;
export type PlanRefusal = (typeof PLAN_REFUSALS)[number];

export function isPlanRefusal(value: string): value is PlanRefusal {
  return (PLAN_REFUSALS as readonly string[]).includes(value);
}

/** Whose decision an objective is, before the technical team looks at it. */
export const COMPETENCES = ['municipal', 'shared', 'national'] as const;
export type Competence = (typeof COMPETENCES)[number];

/** What a text of the institutional dimension does with the tallies (see the feedback loop). */
export const FEEDBACK_ROLES = ['primary', 'evidence', 'revenue', 'capacity'] as const;
export type FeedbackRole = (typeof FEEDBACK_ROLES)[number];
