import { RoundStatus } from '@/components/round-status';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { publicFigures } from '@/lib/rounds/monitor-checks';
import { roundById } from '@/lib/rounds/queries';

/** The public line about the figures of a vote, while they are watched. */
export async function RoundFigures({ roundId }: { readonly roundId: string }) {
  const round = await roundById(registry(), roundId);
  if (round?.state !== 'open' && round?.state !== 'closing') return null;
  const [figures, now] = await Promise.all([
    publicFigures(registry(), round),
    databaseNow(registry()),
  ]);
  return <RoundStatus figures={figures} now={now} />;
}
