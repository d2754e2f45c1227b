import 'server-only';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { limitsOver } from '@/lib/limits/store';
import { rollKeys } from '@/lib/roll/keys';
import { createLog } from '@/lib/shared/log';
import { deliverDue } from './queue';
import { outboxGateway } from './sms';

/**
 * In the demonstration a message goes to the outbox at once: nothing is ever sent, and nobody waits
 * for the worker. Everywhere else the worker delivers.
 */
export async function deliverInDemo(messageId: string): Promise<void> {
  const { MINKA_DEMO, MINKA_DNI_KEY: secret, MINKA_LIMIT_FACTOR: factor } = webEnv();
  if (!MINKA_DEMO) return;
  const log = createLog('web');
  const db = registry();
  await deliverDue(
    db,
    {
      keys: rollKeys().people,
      gateways: [outboxGateway(db)],
      limits: limitsOver(db, { secret, factor }),
      log,
    },
    messageId,
  ).catch((error: unknown) => {
    log.error({ err: error }, 'sms');
  });
}
