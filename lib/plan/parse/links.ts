import type { PlanRow, PlanWarning } from '../types';
import { contentRoots } from './words';

/** One shared word is chance; two name the same thing. */
const MIN_SHARED_ROOTS = 2;

/**
 * A goal cell that spans two rows comes out empty in the second. The goal stays where the document
 * puts it; when it speaks of the next row's problems more than of its own, the next row links to it.
 */
export function linkMergedGoals(rows: readonly PlanRow[]): {
  readonly rows: PlanRow[];
  readonly warnings: PlanWarning[];
} {
  const warnings: PlanWarning[] = [];
  const linked = rows.map((row, index) => {
    const above = rows[index - 1];
    if (above === undefined || row.goals.length > 0) return row;
    const here = rootsOfProblems(row);
    const there = rootsOfProblems(above);
    const inferredGoalIds = above.goals
      .filter(({ text }) => {
        const roots = [...new Set(contentRoots(text))];
        const shared = roots.filter((root) => here.has(root)).length;
        return (
          shared >= MIN_SHARED_ROOTS && shared > roots.filter((root) => there.has(root)).length
        );
      })
      .map(({ id }) => id);
    if (inferredGoalIds.length > 0) {
      warnings.push({
        kind: 'inferred-goal',
        line: row.sourceLines[0] ?? null,
        ids: [row.id, ...inferredGoalIds],
        text: above.goals.find(({ id }) => id === inferredGoalIds[0])?.text ?? null,
      });
    }
    return { ...row, inferredGoalIds };
  });
  return { rows: linked, warnings };
}

function rootsOfProblems(row: PlanRow): Set<string> {
  return new Set(row.problems.flatMap(({ text }) => contentRoots(text)));
}
