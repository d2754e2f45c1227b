import type { ParsedPlan, PlanWarning } from './types';

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
