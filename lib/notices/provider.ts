import 'server-only';
import { registry } from '@/db/registry/client';
import { outboxProvider, type SmsProvider } from './sms';

/** Who carries the messages of this installation: the embedded outbox until a gateway is chosen. */
export function smsProvider(): SmsProvider {
  return outboxProvider(registry());
}
