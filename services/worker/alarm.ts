import { z } from 'zod';
import type { RegistryTransaction } from '@/db/registry/client';
import { messagesOf } from '@/lib/i18n/messages';
import { enqueueSms } from '@/lib/notices/queue';
import type { PersonKeys } from '@/lib/roll/person-crypto';

/** Who is told when something does not agree: two people, so that one cannot keep it to themselves. */
export interface AlarmLine {
  readonly keys: PersonKeys;
  /** Nine digits each. */
  readonly phones: readonly string[];
}

const shape = z.object({
  monitor: z.object({
    message: z.object({ alarm: z.string(), away: z.string(), calm: z.string(), chain: z.string() }),
  }),
});
/** An alarm that waited longer than this for a gateway is in the newspaper already. */
const EXPIRES_MINUTES = 720;

/** Queues one message for each phone, in the transaction that records what is wrong. */
export async function tell(
  tx: RegistryTransaction,
  line: AlarmLine,
  what: 'alarm' | 'away' | 'calm' | 'chain',
  round = '',
): Promise<void> {
  const { message } = shape.parse(await messagesOf('es-PE')).monitor;
  const body = message[what].replace('{round}', round);
  for (const phone of line.phones) {
    await enqueueSms(tx, line.keys, { phone, body }, EXPIRES_MINUTES);
  }
}
