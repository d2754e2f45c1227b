import 'server-only';
import { z } from 'zod';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { workerHealth } from '@/lib/credentials/socket-signer';
import { webEnv } from '@/lib/env';

export interface PartHealth {
  readonly name: 'web' | 'worker' | 'ballotBox';
  readonly state: 'well' | 'late' | 'away';
  readonly version: string | null;
}

const PATIENCE_MS = 2000;
/** The worker looks for work every second: silent for this long, something holds it up. */
const LATE_AFTER_MS = 15_000;

const boxShape = z.object({ ok: z.boolean(), version: z.string().optional() });

/** The three processes, as this one sees them. */
export async function processesHealth(): Promise<PartHealth[]> {
  const { MINKA_VERSION, MINKA_ISSUER_SOCKET } = webEnv();
  const [box, worker, now] = await Promise.all([
    ballotBoxHealth(),
    workerHealth(MINKA_ISSUER_SOCKET),
    databaseNow(registry()),
  ]);
  const ticked = worker?.lastTickAt == null ? null : new Date(worker.lastTickAt);
  const isLate = ticked === null || now.getTime() - ticked.getTime() > LATE_AFTER_MS;
  return [
    { name: 'web', state: 'well', version: MINKA_VERSION },
    {
      name: 'worker',
      state: worker === null ? 'away' : isLate ? 'late' : 'well',
      version: worker?.version ?? null,
    },
    {
      name: 'ballotBox',
      state: box === null ? 'away' : box.ok ? 'well' : 'late',
      version: box?.version ?? null,
    },
  ];
}

async function ballotBoxHealth(): Promise<z.infer<typeof boxShape> | null> {
  try {
    const response = await fetch(new URL('/health', webEnv().MINKA_BALLOT_BOX_URL), {
      signal: AbortSignal.timeout(PATIENCE_MS),
      cache: 'no-store',
    });
    return boxShape.parse(await response.json());
  } catch {
    return null;
  }
}
