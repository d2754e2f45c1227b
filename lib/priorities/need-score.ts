import { over, ratio, toExact, total, type Exact, type Ratio } from './ratio';

/** Money that reached a district group, and the need of its people. */
export interface GroupMoney {
  readonly id: string;
  readonly population: number;
  /** Population × poverty, people × tenths of a per cent. */
  readonly need: number;
  readonly cents: number;
}

export interface NeedScore {
  /** Share of soles weighted by poverty ÷ share of population weighted by poverty, per group. */
  readonly groups: readonly { readonly id: string; readonly score: Exact }[];
  /** How much poorer than the average person the average sol's district is; 1 meets the goal. */
  readonly province: Exact;
  readonly meetsGoal: boolean;
}

/**
 * The score of goal INS-2-M1 ("que priorice los sectores más necesitados").
 *
 * With poverty p, people N and soles M of each group: a group's score is its need-weighted share
 * of the money, `M·p ÷ Σ M·p`, over its need-weighted share of the people, `N·p ÷ Σ N·p`. From 1 up,
 * the group received at least what its need asks for. The province's score compares the poverty
 * where the average sol goes, `Σ M·p ÷ Σ M`, with that of the average person, `Σ N·p ÷ Σ N`: from 1
 * up, money leans towards need and the goal is met.
 *
 * Groups without people are left out; one without need counts in the province's score and has none
 * of its own. Null when there is no money or no need. Source: design/priorities.md, step 5.
 */
export function needScore(all: readonly GroupMoney[]): NeedScore | null {
  const groups = all.filter((group) => group.population > 0);
  const sum = (value: (group: GroupMoney) => number): bigint =>
    groups.reduce((so, group) => so + BigInt(value(group)), 0n);
  const money = sum((group) => group.cents);
  const need = sum((group) => group.need);
  const people = sum((group) => group.population);
  if (money === 0n || need === 0n) return null;
  // Poverty itself is need ÷ population, so that M·p stays exact.
  const weighted = (group: GroupMoney): Ratio =>
    ratio(BigInt(group.cents) * BigInt(group.need), group.population);
  const weightedMoney = total(groups.map(weighted));
  const province = over(over(weightedMoney, ratio(money)), ratio(need, people));
  return {
    groups:
      weightedMoney.num === 0n
        ? []
        : groups
            .filter((group) => group.need > 0)
            .map((group) => ({
              id: group.id,
              score: toExact(over(over(weighted(group), weightedMoney), ratio(group.need, need))),
            })),
    province: toExact(province),
    meetsGoal: province.num >= province.den,
  };
}
