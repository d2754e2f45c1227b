import 'server-only';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { listRounds, type ListRound } from '@/lib/lists/queries';
import { listPhase } from '@/lib/lists/rules';
import type { ListDates } from '@/lib/lists/types';

/** The round whose list takes challenges and requests now, or null. */
export async function openList(): Promise<(ListRound & { readonly dates: ListDates }) | null> {
  const db = registry();
  const [rounds, now] = await Promise.all([listRounds(db), databaseNow(db)]);
  for (const round of rounds) {
    const { dates } = round;
    if (round.state === 'draft' && dates !== null && listPhase(dates, now) === 'open') {
      return { ...round, dates };
    }
  }
  return null;
}
