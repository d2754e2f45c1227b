import { shuffled, type Draw } from '@/db/seed/random';
import type { ChaosHome } from './home';

/** What is struck down, and how. All parts but the databases are killed with -9. */
export const VICTIMS = [
  'ballot-box',
  'ballot-box-database',
  'worker',
  'registry-database',
  'witness',
  'both-databases',
  'ballot-box-database-immediate',
  'web',
] as const;
export type Victim = (typeof VICTIMS)[number];

/** One blow after the other, every victim in every turn, in an order that the seed decides. */
export function planOfBlows(count: number, victims: readonly Victim[], draw: Draw): Victim[] {
  const plan: Victim[] = [];
  while (plan.length < count) plan.push(...shuffled(victims, draw));
  return plan.slice(0, count);
}

/** Strikes; databases are started again after a moment, the other parts by their supervisor. */
export async function strike(victim: Victim, of: ChaosHome, downMs: number): Promise<void> {
  const { registry, ballotBox } = of.clusters;
  const fallen = {
    'ballot-box-database': [ballotBox],
    'ballot-box-database-immediate': [ballotBox],
    'registry-database': [registry],
    'both-databases': [registry, ballotBox],
    'ballot-box': [],
    worker: [],
    witness: [],
    web: [],
  }[victim];
  if (fallen.length > 0) {
    const signal = victim === 'ballot-box-database-immediate' ? 'SIGQUIT' : 'SIGKILL';
    await Promise.all(fallen.map((cluster) => cluster.fall(signal)));
    await new Promise((done) => setTimeout(done, downMs));
    await Promise.all(fallen.map((cluster) => cluster.rise()));
    return;
  }
  const pid = of.parts.get(victim as 'web')?.pid;
  // Between a fall and the next start there is nothing to kill.
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}
