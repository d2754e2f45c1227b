import { registry } from '@/db/registry/client';
import { syncTablet } from '@/lib/tablets/commands/return-tablet';
import { syncInput } from '@/lib/tablets/input';
import type { SyncRefusal } from '@/lib/tablets/types';
import { answer, officerRequest } from '../../officer-request';

const STATUS: Record<SyncRefusal, number> = {
  'not-allowed': 403,
  'not-found': 404,
  'wrong-state': 409,
  'other-device': 409,
  'sums-differ': 422,
  'unknown-entry': 422,
  'check-ins-differ': 409,
};

/** Who voted on a tablet; the others are free again. Safe to send again. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const asked = await officerRequest(request, syncInput);
  if (!asked.ok) return asked.response;
  const tabletId = (await params).id;
  const synced = await syncTablet(registry(), asked.actor, { tabletId, ...asked.input });
  return synced.ok
    ? answer(200, synced.value)
    : answer(STATUS[synced.reason], { reason: synced.reason });
}
