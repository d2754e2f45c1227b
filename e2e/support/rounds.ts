import type { VerificationChannel } from '@/lib/verification/types';
import { runCommand } from './stack';

/** Rounds for tests that need one of their own, and the operator's command for their lives. */

interface Draft {
  /** Its name; a suffix keeps runs on the same stack apart. */
  readonly id: string;
  /** A cycle that only this test needs, instead of the demonstration's current one. */
  readonly ownCycle?: boolean;
  /** `province`, or a district's code: copied from the current cycle into one of its own. */
  readonly allocates?: readonly string[];
  /** It does, unless the test says otherwise. */
  readonly ranksPlan?: boolean;
  readonly minGroup?: number;
  /** When it is announced to open, from now; an hour ago unless a test needs its list. */
  readonly opensInHours?: number;
  /** How voters show who they are; a code to the phone, and the desk, unless it says otherwise. */
  readonly channels?: readonly VerificationChannel[];
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

interface Drafted {
  readonly id: string;
  readonly cycleId: string;
}

/** Drafts a round; `moveRound` opens it. */
export async function draftRound(draft: Draft): Promise<Drafted> {
  const suffix = Date.now().toString(36);
  const { cycle } = await seededRound();
  const allocates = draft.allocates ?? [];
  const wish = {
    id: `${draft.id}-${suffix}`,
    cycleId: draft.ownCycle === true || allocates.length > 0 ? null : cycle,
    copiedFrom: cycle,
    screenCode: suffix.toUpperCase(),
    allocates,
    ranksPlan: draft.ranksPlan ?? true,
    minGroup: draft.minGroup ?? 20,
    channels: draft.channels ?? null,
    opensInHours: draft.opensInHours ?? -1,
  };
  const { cycleId } = await runCommand<{ cycleId: string }>('e2e/support/draft-round.ts', [
    JSON.stringify(wish),
  ]);
  return { id: wish.id, cycleId };
}

/** Asks as the operator and waits until the worker has done it. */
export async function moveRound(
  verb: 'open' | 'close' | 'tally' | 'publish',
  round: string,
): Promise<void> {
  await runCommand(ROUND, [verb, '--round', round, '--json']);
}

export async function openedRound(draft: Draft): Promise<Drafted> {
  const drafted = await draftRound(draft);
  await moveRound('open', drafted.id);
  return drafted;
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
