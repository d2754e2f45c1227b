import { cut } from './content';
import type { ParsedPlan, PlanWarning } from './types';

/** Long enough to recognise a sentence in the document. */
const MAX_QUOTE = 110;

/** The arguments of a warning's sentence, `warning.<kind>` in the plan's messages. */
export function warningArguments(warning: PlanWarning): {
  line: number;
  id: string;
  others: string;
  text: string;
} {
  const [id = '', ...others] = warning.ids;
  return {
    line: warning.line ?? 0,
    id,
    others: others.join(', '),
    text: warning.text === null ? '' : quote(warning.text),
  };
}

function quote(text: string): string {
  return text.length > MAX_QUOTE ? cut(text, MAX_QUOTE) : text;
}

export interface PlanCounts {
  readonly dimensions: number;
  readonly rows: number;
  readonly problems: number;
  readonly objectives: number;
  readonly goals: number;
}

/** How much of everything the dimensions hold. */
export function countPlan(dimensions: ParsedPlan['dimensions']): PlanCounts {
  const rows = dimensions.flatMap((dimension) => dimension.rows);
  const sum = (column: 'problems' | 'objectives' | 'goals') =>
    rows.reduce((total, row) => total + row[column].length, 0);
  return {
    dimensions: dimensions.length,
    rows: rows.length,
    problems: sum('problems'),
    objectives: sum('objectives'),
    goals: sum('goals'),
  };
}

/** The shape `plan:import --json` prints; `sentence` puts a warning into words. */
export function planAsJson(plan: ParsedPlan, sentence: (warning: PlanWarning) => string) {
  const short = ({ id, text }: { id: string; text: string }) => ({ id, text });
  return {
    dimensions: plan.dimensions.map(({ id, name, rows }) => ({
      id,
      name,
      rows: rows.map((row) => ({
        id: row.id,
        problems: row.problems.map(short),
        objectives: row.objectives.map(({ id, text, heading }) => ({ id, text, heading })),
        goals: row.goals.map(short),
      })),
    })),
    warnings: plan.warnings.map((warning) => ({ ...warning, message: sentence(warning) })),
  };
}
