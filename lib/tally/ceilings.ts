import { at } from './at';
import type { Ceilings, Election, NotFundedReason, Project } from './types';

/** Limits beside the budget that a walk has to keep: categories, districts, exclusions. */
export interface WalkCeilings {
  /** Why c may not be funded now, or null. */
  readonly refuses: (c: number) => NotFundedReason | null;
  readonly take: (c: number) => void;
}

/**
 * Ceilings are upper bounds on the cost of what is funded in a category or district (Amsterdam,
 * Budapest; spec 9); a project in several categories counts fully in each. Of a set of mutually
 * exclusive projects the first one funded shuts the others out (Warsaw, par. 46(5)).
 */
export function walkCeilings(
  { projects }: Election,
  {
    ceilings = {},
    conflicts = [],
  }: { readonly ceilings?: Ceilings; readonly conflicts?: readonly (readonly string[])[] },
  taken: ReadonlySet<number>,
): WalkCeilings {
  const categories = amounts(ceilings.categories);
  const districts = amounts(ceilings.districts);
  const shutOutBy = new Map<string, string>();

  const districtOf = ({ district }: Project): string[] => (district === null ? [] : [district]);
  const take = (c: number): void => {
    const project = at(projects, c);
    for (const name of project.categories) spend(categories, name, project.cost);
    for (const name of districtOf(project)) spend(districts, name, project.cost);
    for (const set of conflicts) {
      if (!set.includes(project.id)) continue;
      for (const id of set)
        if (id !== project.id && !shutOutBy.has(id)) shutOutBy.set(id, project.id);
    }
  };
  for (const c of taken) take(c);

  return {
    take,
    refuses: (c) => {
      const project = at(projects, c);
      const rival = shutOutBy.get(project.id);
      if (rival !== undefined) return { reason: 'conflict', with: rival };
      for (const category of project.categories) {
        const left = categories.get(category);
        if (left !== undefined && project.cost > left) {
          return { reason: 'category-full', category, left: left.toString() };
        }
      }
      for (const district of districtOf(project)) {
        const left = districts.get(district);
        if (left !== undefined && project.cost > left) {
          return { reason: 'district-full', district, left: left.toString() };
        }
      }
      return null;
    },
  };
}

const amounts = (limits: Readonly<Record<string, string>> = {}): Map<string, bigint> =>
  new Map(Object.entries(limits).map(([name, amount]) => [name, BigInt(amount)]));

function spend(left: Map<string, bigint>, name: string, cost: bigint): void {
  const before = left.get(name);
  if (before !== undefined) left.set(name, before - cost);
}
