import type { PlanDimension, PlanObjective, PlanWarning } from '../types';
import { contentRoots, isInfinitive, words } from './words';

/** Shared words as a part of the shorter text, and of both texts together. */
const MIN_OVERLAP = 0.75;
const MIN_JACCARD = 0.3;
/** Words of meaning that two objectives must begin with to be about the same thing. */
const SAME_HEAD_WORDS = 4;

/**
 * Marks objectives that repeat an earlier one of the plan, word for word or nearly. Nothing is
 * dropped: an editor decides. A duplicate is compared with nothing else.
 */
export function markLikeness(dimensions: readonly PlanDimension[]): {
  readonly dimensions: PlanDimension[];
  readonly warnings: PlanWarning[];
} {
  const warnings: PlanWarning[] = [];
  const seen: {
    readonly objective: PlanObjective;
    readonly key: string;
    readonly roots: Set<string>;
  }[] = [];
  const mark = (objective: PlanObjective): PlanObjective => {
    const key = words(objective.text).join(' ');
    const line = objective.lines[0] ?? null;
    const twin = seen.find((earlier) => earlier.key === key)?.objective.id;
    if (twin !== undefined) {
      warnings.push({ kind: 'duplicate', line, ids: [objective.id, twin], text: objective.text });
      return { ...objective, duplicateOf: twin };
    }
    const roots = new Set(contentRoots(objective.text));
    const similarTo = seen
      .filter((earlier) => isNear(objective.text, roots, earlier.objective.text, earlier.roots))
      .map((earlier) => earlier.objective.id);
    if (similarTo.length > 0) {
      warnings.push({
        kind: 'near-duplicate',
        line,
        ids: [objective.id, ...similarTo],
        text: objective.text,
      });
    }
    seen.push({ objective, key, roots });
    return { ...objective, similarTo };
  };
  return {
    dimensions: dimensions.map((dimension) => ({
      ...dimension,
      rows: dimension.rows.map((row) => ({ ...row, objectives: row.objectives.map(mark) })),
    })),
    warnings,
  };
}

function isNear(a: string, rootsA: Set<string>, b: string, rootsB: Set<string>): boolean {
  const shared = [...rootsA].filter((root) => rootsB.has(root)).length;
  const shorter = Math.min(rootsA.size, rootsB.size);
  if (shorter < 3) return false;
  const union = rootsA.size + rootsB.size - shared;
  if (shared / shorter >= MIN_OVERLAP && shared / union >= MIN_JACCARD) return true;
  const headA = head(a);
  return headA !== null && headA === head(b);
}

/** What an objective is about: its first words of meaning after the verbs it opens with. */
function head(text: string): string | null {
  const all = words(text);
  const start = all.findIndex((word) => !isInfinitive(word) && contentRoots(word).length > 0);
  const roots = contentRoots(all.slice(start).join(' '));
  return start < 0 || roots.length < SAME_HEAD_WORDS
    ? null
    : roots.slice(0, SAME_HEAD_WORDS).join(' ');
}
