/** What the address may say went wrong at the desk; each has one sentence in `desk.problem`. */
export const DESK_PROBLEMS = [
  'empty',
  'malformed',
  'not-on-roll',
  'not-allowed',
  'not-checked',
  'helper-malformed',
  'helper-is-voter',
  'helper-has-three',
  'helped-by-another',
  'no-kiosk',
  'kiosk-busy',
  'round-not-open',
  'taken-phone',
  'taken-desk',
  'taken-paper',
  'taken-tablet',
  'visit-over',
  'reason-needed',
  'name-taken',
  'name',
] as const;
export type DeskProblem = (typeof DESK_PROBLEMS)[number];

export function deskProblem(value: unknown): DeskProblem | null {
  return DESK_PROBLEMS.find((problem) => problem === value) ?? null;
}
