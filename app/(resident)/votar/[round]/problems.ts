/** What the address may say went wrong; each has one sentence. Nothing else is read from it. */
export const DNI_PROBLEMS = ['empty', 'malformed', 'too-many-codes'] as const;
export type DniProblem = (typeof DNI_PROBLEMS)[number];

export const CODE_PROBLEMS = [
  'empty',
  'malformed',
  'wrong-code',
  'too-many-tries',
  'expired',
  'already-used',
] as const;
export type CodeProblem = (typeof CODE_PROBLEMS)[number];

type Query = Record<string, string | string[] | undefined>;

export function problemIn<P extends string>(query: Query, known: readonly P[]): P | null {
  return known.find((problem) => problem === query['problema']) ?? null;
}
