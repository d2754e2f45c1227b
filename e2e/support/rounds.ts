import { runCommand } from './stack';

/** Rounds for tests that need one of their own, and the operator's command for their lives. */

interface Draft {
  readonly id: string;
  readonly screenCode: string;
  /** The demonstration's current cycle, unless the test brings a year of its own. */
  readonly newFiscalYear?: number;
  /** `province`, or a district's code. */
  readonly allocates?: readonly string[];
  readonly minGroup?: number;
}

export interface ListedRound {
  readonly id: string;
  readonly cycle: string;
  readonly state: string;
  readonly screenCode: string;
}

const ROUND = 'services/cli/round.ts';

export async function listRounds(): Promise<readonly ListedRound[]> {
  const { rounds } = await runCommand<{ rounds: ListedRound[] }>(ROUND, ['list', '--json']);
  return rounds;
}

/** The round of the demonstration's current cycle, as the seed drafted it. */
export async function seededRound(): Promise<ListedRound> {
  const rounds = await listRounds();
  const current = rounds
    .filter(({ id, cycle }) => id === `${cycle}-votacion`)
    .sort((a, b) => (a.cycle < b.cycle ? 1 : -1))[0];
  if (current === undefined) throw new Error('The seed left no round');
  return current;
}

/** Drafts a round and returns its id; `openRound` opens it. */
export async function draftRound(draft: Draft): Promise<string> {
  const cycleId =
    draft.newFiscalYear === undefined
      ? (await seededRound()).cycle
      : `pp${String(draft.newFiscalYear)}`;
  const wish = {
    ...draft,
    cycleId,
    allocates: (draft.allocates ?? []).map((key) => `${cycleId}-${key}`),
    minGroup: draft.minGroup ?? 20,
  };
  await runCommand('e2e/support/draft-round.ts', [JSON.stringify(wish)]);
  return draft.id;
}

/** Asks as the operator and waits until the worker has done it. */
export async function moveRound(
  verb: 'open' | 'close' | 'tally' | 'publish',
  round: string,
): Promise<void> {
  await runCommand(ROUND, [verb, '--round', round, '--json']);
}

export async function openedRound(draft: Draft): Promise<string> {
  const id = await draftRound(draft);
  await moveRound('open', id);
  return id;
}

interface Simulated {
  readonly ok: number;
  readonly failed: number;
  readonly failures: Readonly<Record<string, number>>;
}

/** Residents 0 … of the roll vote, so that figures are not suppressed for being too few. */
export function simulate(round: string, residents: number, offset = 0): Promise<Simulated> {
  return runCommand<Simulated>('services/cli/simulate.ts', [
    '--round',
    round,
    '--residents',
    String(residents),
    '--offset',
    String(offset),
    '--concurrency',
    '4',
    '--json',
  ]);
}
