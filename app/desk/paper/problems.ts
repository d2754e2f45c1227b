/** What the address may say went wrong; each has one sentence in `paper.problem`. */
export const PAPER_PROBLEMS = [
  'empty',
  'malformed',
  'not-on-roll',
  'not-allowed',
  'no-table',
  'table-closed',
  'round-not-open',
  'not-at-desk',
  'other-group',
  'no-papers-left',
  'taken-phone',
  'taken-desk',
  'taken-paper',
  'taken-tablet',
  'unknown-group',
  'form',
  'already-closed',
  'record-sealed',
  'check-ins-differ',
  'papers-differ',
  'urn-exceeds-check-ins',
  'photo-not-image',
  'photo-too-large',
  'figures',
  'voting-not-over',
  'not-recorded',
  'same-officer',
  'two-already',
  'reconciled',
  'not-your-turn',
  'sums-differ',
  'reason-needed',
] as const;
export type PaperProblem = (typeof PAPER_PROBLEMS)[number];

export function paperProblem(value: unknown): PaperProblem | null {
  return PAPER_PROBLEMS.find((problem) => problem === value) ?? null;
}
