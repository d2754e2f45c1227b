import { splitByLargestRemainder, type Cents } from '@/lib/shared/money';

/** Step 3, Porto Alegre style: how one theme's money is parted among districts. */
export interface ThemeRule {
  /** Weights of the three grades; editable and shown. */
  readonly priority: number;
  readonly need: number;
  readonly population: number;
}

export const DEFAULT_THEME_RULE: ThemeRule = { priority: 5, need: 4, population: 2 };

/** Grades of a district for one theme: priority 0–4 (0: not among its four best), others 1–4. */
export interface ThemeGrades {
  readonly district: string;
  readonly priority: number;
  readonly need: number;
  readonly population: number;
}

export interface ThemeShare extends ThemeGrades {
  /** a·priority + b·need + c·population, or 0 where the priority is 0. */
  readonly points: number;
  readonly cents: Cents;
}

/**
 * Parts a theme's money: every district's points are `a·priority + b·need + c·population`, none
 * where it did not prioritise the theme, and money follows the points in whole céntimos by largest
 * remainder, the parts adding up to the whole. Refuses grades out of range with a RangeError; when
 * no district prioritised the theme every part is 0 and the money stays unparted.
 * Source: design/priorities.md, step 3; Porto Alegre's regimento interno of the orçamento
 * participativo.
 */
export function partTheme(
  amountCents: Cents,
  grades: readonly ThemeGrades[],
  rule: ThemeRule = DEFAULT_THEME_RULE,
): ThemeShare[] {
  for (const grade of grades) assertGrades(grade);
  const points = grades.map((grade) =>
    grade.priority === 0
      ? 0
      : rule.priority * grade.priority +
        rule.need * grade.need +
        rule.population * grade.population,
  );
  const all = points.reduce((a, b) => a + b, 0);
  const cents =
    all === 0
      ? points
      : splitByLargestRemainder(
          amountCents,
          points.map((each) => BigInt(each)),
        );
  return grades.map((grade, at) => ({ ...grade, points: points[at] ?? 0, cents: cents[at] ?? 0 }));
}

function assertGrades({ district, priority, need, population }: ThemeGrades): void {
  const within = (value: number, from: number): boolean =>
    Number.isInteger(value) && value >= from && value <= 4;
  if (!within(priority, 0) || !within(need, 1) || !within(population, 1)) {
    throw new RangeError(
      `Grades of ${district} must be whole: priority 0–4, need and population 1–4.`,
    );
  }
}

/**
 * The 4-3-2-1 of a district: its four best rows by points, the best with 4. Rows without a point
 * get nothing. `ranking` best first, ties already broken by the contest's declared rule.
 */
export function priorityGrades(
  ranking: readonly { readonly row: string; readonly points: number }[],
): Map<string, number> {
  return new Map(
    ranking
      .filter(({ points }) => points > 0)
      .slice(0, 4)
      .map(({ row }, at) => [row, 4 - at]),
  );
}

/**
 * The grade 1–4 of a figure by ascending band limits: below the first limit 1, from the first 2,
 * from the second 3, from the third 4.
 */
export function gradeByBands(value: number, limits: readonly [number, number, number]): number {
  return 1 + limits.filter((limit) => value >= limit).length;
}
