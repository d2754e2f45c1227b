import { at } from './at';
import { sha256Hex } from './sha256';
import type { Project, TieCriterion, TieRule } from './types';

const SEPARATES_ALL = (criterion: TieCriterion): boolean =>
  criterion === 'file-order' || criterion === 'project-id' || criterion.startsWith('lot:');

/**
 * Reads "min-cost,max-votes,lot:<seed>", "file-order" or "project-id".
 * Null when a word is unknown or the last one does not separate every pair of projects.
 */
export function parseTieRule(text: string): TieRule | null {
  const lotAt = text.search(/(^|,)lot:/);
  // A seed may hold commas: everything after "lot:" belongs to it.
  const head = lotAt === -1 ? text : text.slice(0, lotAt);
  const lot = lotAt === -1 ? '' : text.slice(lotAt).replace(/^,/, '');
  const words = head === '' ? [] : head.split(',');
  const rule: TieCriterion[] = [];
  for (const word of words) {
    if (
      word !== 'file-order' &&
      word !== 'project-id' &&
      word !== 'min-cost' &&
      word !== 'max-votes'
    ) {
      return null;
    }
    rule.push(word);
  }
  if (lot.length > 'lot:'.length) rule.push(lot as `lot:${string}`);
  else if (lotAt !== -1) return null;
  const last = rule.at(-1);
  return last !== undefined && SEPARATES_ALL(last) ? rule : null;
}

/**
 * The drawn order of a lot: ascending SHA-256 of "minka-lot-v1:<seed>:<id>" in hexadecimal.
 * Drawn once per count from a seed that is published beforehand, so nobody can choose it and
 * everybody can redraw it: `printf 'minka-lot-v1:SEED:ID' | sha256sum`.
 */
export function drawLot(seed: string, ids: readonly string[]): string[] {
  return ids
    .map((id) => ({ id, ticket: sha256Hex(`minka-lot-v1:${seed}:${id}`) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .map(({ id }) => id);
}

/** Code points, not UTF-16 units and not a locale: what Python and SQL "C" do. */
export function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = Number(left[i]?.codePointAt(0)) - Number(right[i]?.codePointAt(0));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Decides between projects (by index) that a rule cannot tell apart. */
export interface TieBreaker {
  /** The project that goes first and the criterion that put it there. */
  readonly choose: (tied: readonly number[]) => {
    readonly chosen: number;
    readonly decidedBy: TieCriterion;
  };
  /** Negative when a goes before b. Never zero for different projects. */
  readonly compare: (a: number, b: number) => number;
}

/** Prepares a tie rule for an election: every lot is drawn here, once. */
export function tieBreaker(
  rule: TieRule,
  projects: readonly Project[],
  votes: ArrayLike<number>,
): TieBreaker {
  const last = rule.at(-1);
  if (last === undefined || !SEPARATES_ALL(last)) {
    throw new RangeError('A tie rule must end with file-order, project-id or a lot.');
  }
  const ids = projects.map((project) => project.id);
  const ranks = rule.map((criterion) => ({ criterion, rank: rankBy(criterion) }));

  function rankBy(criterion: TieCriterion): readonly (number | bigint)[] {
    switch (criterion) {
      case 'file-order':
        return ids.map((_, index) => index);
      case 'project-id':
        return inverse([...ids].sort(compareCodePoints));
      case 'min-cost':
        return projects.map((project) => project.cost);
      case 'max-votes':
        return ids.map((_, index) => -Number(votes[index]));
      default:
        return inverse(drawLot(criterion.slice('lot:'.length), ids));
    }
  }

  function inverse(order: readonly string[]): number[] {
    const rankOf = new Map(order.map((id, rank) => [id, rank]));
    return ids.map((id) => Number(rankOf.get(id)));
  }

  const decide = (a: number, b: number): { order: number; decidedBy: TieCriterion } => {
    for (const { criterion, rank } of ranks) {
      const left = at(rank, a);
      const right = at(rank, b);
      if (left !== right) return { order: left < right ? -1 : 1, decidedBy: criterion };
    }
    return { order: 0, decidedBy: last };
  };

  return {
    compare: (a, b) => decide(a, b).order,
    choose: (tied) => {
      const order = [...tied].sort((a, b) => decide(a, b).order);
      const first = at(order, 0);
      // What separated it from the runner-up is what decided the tie.
      const [, second = first] = order;
      return { chosen: first, decidedBy: decide(first, second).decidedBy };
    },
  };
}
